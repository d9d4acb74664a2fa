// The harness owns one Stormkeep per test file: a fresh data folder, the real
// executable, a free port, and a close that must be clean. No test reaches
// into the server; everything goes through its door.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const binary = process.env.INTEROP_BIN ?? fileURLToPath(new URL('../../../stormkeep', import.meta.url));

// The SDK reads ~/.stormpath and STORMPATH_* before the arguments of its
// constructor, so nothing of the person who runs the tests may reach it.
export const home = mkdtempSync(join(tmpdir(), 'interop-home-'));
for (const name of Object.keys(process.env)) {
  if (/^(STORMPATH|STORMKEEP)_/.test(name) && name !== 'INTEROP_BIN') delete process.env[name];
}
process.env.HOME = home;
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

/** The last path segment of a link, by which resources are one under any host name. */
export const idOf = (href) => href.split('/').at(-1);

/** Server is one data folder and the process that serves it. */
export class Server {
  /** Makes a fresh data folder, and serves it. */
  static async fresh() {
    assert.ok(existsSync(binary), `${binary} is missing: build it, or set INTEROP_BIN`);
    const server = new Server();
    server.folder = mkdtempSync(join(tmpdir(), 'interop-data-'));
    server.data = join(server.folder, 'data');
    const { stdout } = await promisify(execFile)(binary, ['init', '--data', server.data, '--json'], { timeout: 60_000 });
    server.init = JSON.parse(stdout);
    for (const field of ['id', 'secret']) {
      assert.match(server.init.apiKey[field], /^[^\s:]{20,}$/, `init prints apiKey.${field}`);
    }
    await server.start();
    process.on('exit', () => server.process.kill('SIGKILL'));
    return server;
  }

  /** Serves the folder; a port that someone took in between is chosen anew. */
  async start() {
    for (let left = 3; ; left--) {
      this.port = await freePort();
      this.log = '';
      this.process = spawn(binary, ['serve', '--data', this.data, '--http', `127.0.0.1:${this.port}`], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.closed = once(this.process, 'close');
      for (const stream of [this.process.stdout, this.process.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => { this.log += text; });
      }
      if (await this.#ready()) return;
      const taken = /address already in use/i.test(this.log);
      assert.ok(taken && left > 0, `the server ended before it was ready:\n${this.log}`);
    }
  }

  async #ready() {
    for (let tries = 0; tries < 600; tries++) {
      if (this.process.exitCode !== null || this.process.signalCode !== null) return false;
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => null);
      await answer?.arrayBuffer();
      if (answer?.status === 200) return true;
      await sleep(50);
    }
    this.process.kill('SIGKILL');
    return assert.fail(`/readyz was not 200 within 30 s:\n${this.log}`);
  }

  /** Asks the server to end; it must do so by itself, with code 0 and no word of a fault. */
  async stop() {
    this.process.kill('SIGTERM');
    const late = sleep(15_000, 'late', { ref: false });
    const end = await Promise.race([this.closed, late]);
    if (end === 'late') {
      this.process.kill('SIGKILL');
      assert.fail(`the server did not end within 15 s of SIGTERM:\n${this.log}`);
    }
    assert.deepEqual(end, [0, null], `exit code and signal after SIGTERM; the log:\n${this.log}`);
    assert.doesNotMatch(this.log, /panic|DATA RACE|goroutine \d+ \[/, 'the log of a healthy server');
  }

  /** Removes the folder, and ends a server that still runs. */
  remove() {
    this.process.kill('SIGKILL');
    return rm(this.folder, { recursive: true, force: true });
  }

  /** The base URL under a host name. */
  base(host) {
    return `http://${host}:${this.port}/v1`;
  }

  /**
   * One request without the SDK: the witness of what the server keeps. key
   * defaults to the key of init; null sends none.
   */
  async raw(method, url, { body, key = this.init.apiKey } = {}) {
    const headers = { accept: 'application/json' };
    if (key) headers.authorization = `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const answer = await fetch(url, {
      method, headers, redirect: 'manual', body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: text ? JSON.parse(text) : null };
  }

  /** What the server keeps under href. */
  async read(href) {
    const answer = await this.raw('GET', href);
    assert.equal(answer.status, 200, `GET ${href}: ${answer.text}`);
    return answer.body;
  }

  /** Asserts that there is nothing under href. */
  async gone(href) {
    const answer = await this.raw('GET', href);
    assert.equal(answer.status, 404, `GET ${href} after its end: ${answer.text}`);
    assert.deepEqual([answer.body.status, answer.body.code], [404, 404]);
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
