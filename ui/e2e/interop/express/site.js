// A site: the process of serve.cjs, and a visitor that reads its pages.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { home } from '../harness.js';

const program = fileURLToPath(new URL('serve.cjs', import.meta.url));

/** A person whom nobody else registers on this server; the password satisfies the default policy. */
export const person = (login, more = {}) => ({
  givenName: 'Jean-Luc', surname: 'Picard', email: `${login}@example.com`, password: 'Sëcret:Passw0rd', ...more,
});

/** Site is one site that is open to visitors, or that refused to open. */
export class Site {
  /**
   * Starts a site: the server and its key come from the environment, as sites
   * are told; application is { href }, { name } or nothing; options go to init.
   */
  static async open(base, key, application, options = {}) {
    const site = new Site();
    const env = {
      PATH: process.env.PATH, HOME: home, NODE_ENV: 'production',
      STORMPATH_CLIENT_BASEURL: base, STORMPATH_CLIENT_APIKEY_ID: key.id, STORMPATH_CLIENT_APIKEY_SECRET: key.secret,
    };
    for (const [name, value] of Object.entries(application)) env[`STORMPATH_APPLICATION_${name.toUpperCase()}`] = value;
    const child = spawn(process.execPath, [program, JSON.stringify(options)], { env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
    process.on('exit', () => child.kill('SIGKILL'));
    Object.assign(site, { child, closed: once(child, 'close'), log: '' });
    const news = new Promise((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text) => {
        site.log += text;
        const told = /^\{.*\}$/m.exec(site.log);
        if (told) resolve(JSON.parse(told[0]));
      });
    });
    child.stderr.setEncoding('utf8').on('data', (text) => { site.log += text; });
    const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
    const told = await Promise.race([news, site.closed.then(() => ({}))]);
    clearTimeout(late);
    return Object.assign(site, { url: told.port && `http://127.0.0.1:${told.port}`, refused: told.refused });
  }

  /** A site that must open. */
  static async ready(...args) {
    const site = await Site.open(...args);
    assert.ok(site.url, `the site did not open:\n${site.log}`);
    return site;
  }

  /** Ends the site; it must not have met an error of its own. */
  async close() {
    this.child.kill('SIGTERM');
    await this.closed;
    assert.doesNotMatch(this.log, /error|unhandled/i, 'the log of a healthy site');
  }

  /** One request of a browser ("html") or of a script ("json"), which are not sent on by redirects. */
  async visit(method, path, { as = 'html', send } = {}) {
    const headers = { accept: as === 'json' ? 'application/json' : 'text/html,application/xhtml+xml' };
    let body;
    if (send) {
      headers['content-type'] = as === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
      body = as === 'json' ? JSON.stringify(send) : new URLSearchParams(send).toString();
    }
    const answer = await fetch(this.url + path, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(20_000) });
    const text = await answer.text();
    const type = answer.headers.get('content-type');
    const page = { status: answer.status, type, location: answer.headers.get('location'), text };
    if (/^application\/json/.test(type)) page.body = JSON.parse(text);
    return page;
  }
}

const decode = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]);

/** The fields of the forms on a page: what each input's tag says. */
export function fields(html) {
  return [...html.matchAll(/<input\b([^>]*)>/g)].map(([, tag]) => (
    Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, decode(value)]))
  ));
}

/** The messages in the box for errors of a page. */
export function messages(html) {
  const box = /<div class="alert alert-danger[^"]*">(.*?)<\/div>/s.exec(html);
  return box ? [...box[1].matchAll(/<p[^>]*>(.*?)<\/p>/gs)].map(([, text]) => decode(text)) : [];
}

/** What the site must refuse to register, in a page for the browser and as JSON for the script. */
export async function refuses(site, send, status, message) {
  const json = await site.visit('POST', '/register', { as: 'json', send });
  assert.deepEqual([json.status, json.body], [status, { status, message }]);
  const html = await site.visit('POST', '/register', { send });
  assert.deepEqual([html.status, messages(html.text)], [200, [message]]);
  for (const { name, value } of fields(html.text)) {
    if (/password/i.test(name)) assert.equal(value ?? '', '', 'no password is shown again');
    else if (name in send) assert.equal(value ?? '', send[name], `what was typed as ${name} is kept`);
  }
}
