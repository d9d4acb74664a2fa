// The harness owns one Stormkeep on a fresh data folder and one Chromium. What a
// page may never do fails its test: an error on the console, a report of the content
// security policy, a request to another host.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const binary = process.env.INTEROP_BIN ?? fileURLToPath(new URL('../../../stormkeep', import.meta.url));
const browser = process.env.CHROMIUM_BIN ?? '/usr/bin/chromium';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const name of Object.keys(process.env)) {
  if (/^STORMKEEP_/.test(name)) delete process.env[name];
}

/** Where pictures are put for a person to look at, if it is named. */
const pictures = process.env.PICTURES;

/** Server is a data folder and the process that serves it. */
export class Server {
  /** Serves a folder, a fresh one unless it is named, by a program, ours unless it is named, with more flags; and reads what it says to people. */
  static async start({ folder = mkdtempSync(join(tmpdir(), 'browser-data-')), program = binary, more = [] } = {}) {
    assert.ok(existsSync(program), `${program} is missing: build it, or set INTEROP_BIN`);
    const server = new Server();
    server.folder = folder;
    server.process = spawn(program, ['serve', '--data', join(folder, 'data'), '--http', '127.0.0.1:0', ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
    process.on('exit', () => server.process.kill('SIGKILL'));
    server.said = '';
    server.closed = once(server.process, 'close');
    const ready = new Promise((resolve, reject) => {
      server.process.stderr.setEncoding('utf8').on('data', (text) => {
        server.said += text;
        if (/\/tenants\/current\n/.test(server.said)) resolve();
      });
      server.process.once('exit', () => reject(new Error(`the server ended:\n${server.said}`)));
    });
    await ready;
    [, server.base] = server.said.match(/serves (http:\/\/localhost:\d+)/);
    server.link = server.said.match(/http\S+\/setup#\S+/)?.[0];
    return server;
  }

  /** Runs a command beside it, and gives what that prints. */
  async run(...args) {
    const { input = '' } = typeof args.at(-1) === 'object' ? args.pop() : {};
    return new Promise((resolve, reject) => {
      const child = execFile(binary, [...args, '--data', join(this.folder, 'data')], (err, out, said) => (err ? reject(new Error(said)) : resolve(out)));
      child.stdin.end(input);
    });
  }

  /** Asks it to end, which it must do by itself. */
  async stop() {
    this.process.kill('SIGTERM');
    assert.deepEqual(await this.closed, [0, null], this.said);
  }

  /** Serves the folder of one that has ended. */
  again() {
    return Server.start({ folder: this.folder });
  }

  remove() {
    this.process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A server with an owner's key, by which call asks its API, and the application that it came with, which gets Ann by enrol. */
export async function owned(t, options) {
  const server = await Server.start(options);
  t.after(() => server.remove());
  await server.run('admin', 'create', '--email', 'hannah@example.com', '--role', 'owner', '--password-stdin', { input: 'correct horse battery\n' });
  const file = await server.run('keys', 'create');
  const [id, secret] = ['id', 'secret'].map((name) => file.match(new RegExp(`apiKey\\.${name} = (\\S+)`))[1]);
  const call = async (href, body) => {
    const answer = await fetch(href, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.status < 300, `${href}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  const tenant = await call(`${server.base}/v1/tenants/current`);
  const application = (await call(`${tenant.applications.href}?name=My%20Application`)).items[0];
  const enrol = () => call(application.accounts.href, { email: 'ann@example.com', password: 'a long enough sentence', givenName: 'Ann', surname: 'Lee' });
  return { server, application, call, enrol };
}

/** Launches Chromium, or says how to get it. */
export async function launch(t) {
  assert.ok(existsSync(browser), `${browser} is missing: apt-get install chromium, or name another Chromium in CHROMIUM_BIN`);
  const it = await chromium.launch({
    executablePath: browser,
    headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  t.after(() => it.close());
  return it;
}

/** A page of a browser without a past, whose wrongs are gathered in page.wrongs. */
export async function visit(t, it, options = {}) {
  const context = await it.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  page.wrongs = [];
  page.on('console', (m) => {
    // Chromium tells of each answer from 400 on; which ones there are, the tests say.
    if (['error', 'warning'].includes(m.type()) && !/^Failed to load resource: the server responded with a status of 4\d\d/.test(m.text())) page.wrongs.push(m.text());
  });
  page.on('pageerror', (err) => page.wrongs.push(String(err)));
  page.on('request', (r) => {
    if (new URL(r.url()).hostname !== 'localhost') page.wrongs.push(`a request to ${r.url()}`);
  });
  page.on('response', (r) => {
    if (r.status() >= 500 || (r.status() >= 400 && !r.request().isNavigationRequest())) page.wrongs.push(`${r.status()} of ${r.url()}`);
  });
  return page;
}

/** Asserts that the page is accessible in both themes, and takes its pictures. */
export async function seen(page, name) {
  await page.evaluate('Promise.allSettled(document.getAnimations().map((a) => a.finished)).then(() => {})'); // what fades in has no contrast yet
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      const sideways = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      assert.equal(sideways, 0, `${name} scrolls sideways at ${width} px`);
      if (pictures) {
        mkdirSync(pictures, { recursive: true });
        await page.screenshot({ path: join(pictures, `${name}-${theme}-${width}.png`), fullPage: true });
      }
      await page.evaluate(axe);
      const { violations } = await page.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })");
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`), [], `${name}, ${theme}, ${width} px`);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Signs the owner in, on the server's own page. */
export async function signIn(page) {
  await page.getByLabel('Username or Email').fill('hannah@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A Stormkeep with Ann and some others, and a page on which its owner is signed in to the console. */
export async function operated(t, options) {
  const { server, application, call, enrol } = await owned(t, options);
  const ann = await enrol();
  const others = ['Ben', 'Cleo', 'Dag', 'Eve', 'Fay', 'Gus'];
  for (const name of others) {
    await call(application.accounts.href, { email: `${name.toLowerCase()}@example.com`, password: 'a long enough sentence', givenName: name, surname: 'Moss' });
  }
  const page = await visit(t, await launch(t));
  page.setDefaultTimeout(15_000);
  const login = (at = page) => signIn(at);
  await page.goto(`${server.base}/console/accounts`);
  await login();
  await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
  fine(page, 401); // by which the console learns that nobody is signed in
  const id = ann.href.split('/').at(-1);
  const open = async (path) => {
    await page.goto(`${server.base}/console/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  return { server, application, call, page, ann, id, open, login };
}

/** Asserts that nothing went wrong on a page but answers of these statuses. */
export function fine(page, ...expected) {
  assert.deepEqual(page.wrongs.filter((w) => !expected.some((status) => w.startsWith(`${status} of `))), []);
  page.wrongs.length = 0;
}
