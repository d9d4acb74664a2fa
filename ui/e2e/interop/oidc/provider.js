// A Stormkeep with one application, clients of several kinds and Ann, and a browser
// made of fetch: it keeps cookies, follows redirects and answers the forms of the pages.

import assert from 'node:assert/strict';
import { Server } from '../harness.js';

export const limit = { timeout: 60_000 };
export const ann = { login: 'ann@example.com', password: 'a long enough sentence' };

/** Provider is a Stormkeep that signs people in. */
export class Provider {
  static async open() {
    const p = new Provider();
    p.server = await Server.fresh();
    p.issuer = `http://localhost:${p.server.port}`;
    const { id } = p.server.init.applications.find(({ name }) => name !== 'Stormpath');
    p.app = await p.server.read(`${p.issuer}/v1/applications/${id}`);
    p.ann = await p.make(p.app.accounts.href, { email: ann.login, password: ann.password, givenName: 'Ann', surname: 'Lee' });
    return p;
  }

  async make(href, body) {
    const answer = await this.server.raw('POST', href, { body });
    assert.equal(answer.status, 201, `${href}: ${answer.text}`);
    return answer.body;
  }

  /** Makes a client, a website's unless it is said to be another kind. */
  client(more = {}) {
    const web = more.kind === 'MACHINE' ? {} : { redirectUris: ['https://web.example/cb'], postLogoutRedirectUris: ['https://web.example/bye'] };
    return this.make(`${this.app.href}/clients`, { name: 'Bookkeeping', ...web, ...more });
  }

  resource(identifier, more = {}) {
    return this.make(`${this.app.href}/resources`, { name: 'Ledger', identifier, scopes: [{ name: 'ledger:read', description: 'Read the ledger' }], ...more });
  }
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"' };
const plain = (text) => text.replace(/&(#x?[\da-f]+|\w+);/gi, (_, name) => (
  name[0] === '#' ? String.fromCodePoint(Number(name.slice(1).replace(/^x/i, '0x'))) : entities[name]));
const attributes = (tag) => Object.fromEntries([...tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value = '']) => [name, plain(value)]));

/** Browser is a person's, who does what she is told. */
export class Browser {
  #cookies = new Map();

  /**
   * Opens an address, and follows redirects of its host. What it ends with is a page, or
   * the address of another host that it was sent to and does not ask.
   */
  async open(url, init = {}) {
    const origin = new URL(url).origin;
    for (let at = String(url), ask = init; ;) {
      const answer = await fetch(at, {
        ...ask, redirect: 'manual',
        headers: { ...ask.headers, cookie: [...this.#cookies].map((c) => c.join('=')).join('; ') },
      });
      for (const set of answer.headers.getSetCookie()) {
        const [, name, value] = set.match(/^([^=]+)=([^;]*)/);
        if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(set) || value === '') this.#cookies.delete(name); else this.#cookies.set(name, value);
      }
      const text = await answer.text();
      if (answer.status < 300 || answer.status > 399) return { url: at, status: answer.status, text, form: form(text) };
      at = new URL(answer.headers.get('location'), at).href;
      ask = {};
      if (new URL(at).origin !== origin) return { left: new URL(at) };
    }
  }

  /** Answers the form of a page. */
  async answer(page, values) {
    assert.ok(page.form, `there is no form on ${page.url}: ${page.status} ${page.text}`);
    const action = new URL(page.form.action, page.url).href;
    const body = new URLSearchParams({ ...page.form.hidden, ...values });
    if (new URL(action).origin !== new URL(page.url).origin) return { left: new URL(action), body };
    return this.open(action, { method: 'POST', body, headers: { origin: new URL(page.url).origin } });
  }

  /** Goes through an authorization as Ann, who agrees to all, up to the address of the client. */
  async authorize(url, { agree = true, who = ann } = {}) {
    let page = await this.open(url);
    this.seen = [];
    while (!page.left) {
      assert.equal(page.status, 200, page.text);
      this.seen.push(page.form?.action);
      if (page.form?.action === '/login') page = await this.answer(page, who);
      else if (page.form?.action === '/consent') page = await this.answer(page, { answer: agree ? 'allow' : 'deny' });
      else page = await this.answer(page, {});
    }
    return page;
  }
}

function form(text) {
  const [, head, inside] = text.match(/<form([^>]*)>([\s\S]*?)<\/form>/) ?? [];
  if (head === undefined) return null;
  const hidden = [...inside.matchAll(/<input([^>]*)>/g)].map(([, tag]) => attributes(tag)).filter(({ type }) => type === 'hidden');
  return { action: attributes(head).action, hidden: Object.fromEntries(hidden.map(({ name, value }) => [name, value])) };
}
