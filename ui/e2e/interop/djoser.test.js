// Clients of djoser, the REST views of Django's accounts, against mounts that are
// made while the server runs.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Server, idOf } from './harness.js';

/** Makes a mount, and returns where it is. */
async function mount(server, at, version, settings = {}) {
  const { apiKey, applications } = server.init;
  const app = idOf(applications.find((one) => one.name === 'My Application').href);
  const root = `http://127.0.0.1:${server.port}`;
  const answer = await fetch(`${root}/v1/applications/${app}/djoserMounts`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${apiKey.id}:${apiKey.secret}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ path: at, version, settings }),
  });
  const text = await answer.text();
  assert.equal(answer.status, 201, text);
  return root + at;
}

/** Posts JSON, and returns the status and what the body holds. */
async function post(url, body, headers = {}) {
  const answer = await fetch(url, {
    method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body),
  });
  const text = await answer.text();
  return [answer.status, text && JSON.parse(text)];
}

test('djoser', async (t) => {
  const server = await Server.fresh();
  t.after(async () => {
    await server.stop();
    await server.remove();
  });

  await t.test('0.1: the session of its README, by a client in Python', async () => {
    const base = await mount(server, '/auth', '0.1');
    const script = fileURLToPath(new URL('djoser.py', import.meta.url));
    const { stdout } = await promisify(execFile)('python3', [script, base], { timeout: 60_000 });
    assert.match(stdout, /the session of the README/);
  });

  await t.test('2: users, tokens and JWTs, with a slash at the end and without', async () => {
    const base = await mount(server, '/api/auth', '2');
    const who = { username: 'ann', password: 'a right password' };
    for (const [slash, name] of [['', 'ann'], ['/', 'bob']]) {
      const [status, user] = await post(`${base}/users${slash}`, { ...who, username: name });
      assert.deepEqual([status, user.username, typeof user.id], [201, name, 'number']);
    }
    const [, { auth_token: token }] = await post(`${base}/token/login`, who);
    assert.match(token, /^[0-9a-f]{40}$/);
    const [, { access, refresh }] = await post(`${base}/jwt/create/`, who);
    for (const credential of [`Token ${token}`, `JWT ${access}`, `Bearer ${access}`]) {
      const me = await fetch(`${base}/users/me/`, { headers: { authorization: credential } });
      assert.deepEqual([me.status, await me.json()], [200, { email: '', id: 1, username: 'ann' }]);
    }
    assert.deepEqual(await post(`${base}/jwt/verify`, { token: refresh }), [200, {}]);
    assert.deepEqual(await post(`${base}/token/login`, who, { authorization: 'Token 0' }), [401, { detail: 'Invalid token.' }]);
    const gone = await fetch(`${base}/users/me`, {
      method: 'DELETE', headers: { authorization: `JWT ${access}` }, body: new URLSearchParams({ current_password: who.password }),
    });
    assert.deepEqual([gone.status, await gone.text()], [204, '']);
  });
});
