// The pages of signing in for a client: a single-page app of oidc-client-ts, and a
// browser without script.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { test } from 'node:test';
import { launch, owned, seen, visit } from './harness.js';

const resolved = dirname(createRequire(import.meta.url).resolve('oidc-client-ts/package.json'));
const library = readFileSync(join(resolved, 'dist/browser/oidc-client-ts.min.js'));

/** The app: what it knows of whom stands in its output. */
const app = (authority, client) => `<!doctype html><html lang="en"><title>Bookkeeping</title><script src="/oidc-client-ts.js"></script>
<button id="in">Sign in</button><button id="silent">Sign in silently</button><button id="renew">Renew</button><button id="out">Sign out</button><output></output>
<script>
const manager = new oidc.UserManager({
  authority: ${JSON.stringify(authority)}, client_id: ${JSON.stringify(client)}, redirect_uri: location.origin + '/', post_logout_redirect_uri: location.origin + '/bye',
  scope: 'openid profile email', loadUserInfo: true, automaticSilentRenew: false, silentRequestTimeoutInSeconds: 10,
});
const tell = (user) => { document.querySelector('output').textContent = user ? JSON.stringify(user) : 'nobody'; };
const press = (id, verb) => document.getElementById(id).addEventListener('click', () => verb().then(tell, (err) => { document.querySelector('output').textContent = String(err.error ?? err); }));
press('in', () => manager.signinRedirect());
press('silent', () => manager.removeUser().then(() => manager.signinSilent()));
press('renew', () => manager.signinSilent());
press('out', () => manager.signoutRedirect());
if (new URLSearchParams(location.search).has('state')) {
  (location.pathname === '/bye' ? manager.signoutCallback().then(() => manager.getUser()) : manager.signinCallback()).then((user) => {
    if (window === top) { history.replaceState(null, '', '/'); tell(user); }
  }, (err) => { document.querySelector('output').textContent = String(err); });
} else manager.getUser().then(tell);
</script></html>`;

/** A Stormkeep that has Ann, and another server on which a client lives. */
async function site(t) {
  const { server, application, call, enrol } = await owned(t);
  await enrol();

  const got = [];
  let page = '';
  const there = createServer(async (request, response) => {
    const chunks = await request.toArray();
    if (request.url === '/oidc-client-ts.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(library);
    if (request.url === '/favicon.ico') return response.writeHead(204).end();
    got.push({ url: request.url, body: Buffer.concat(chunks).toString() });
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page || '<!doctype html><html lang="en"><title>Bookkeeping</title><h1>Signed in</h1></html>');
  }).listen(0, '127.0.0.1');
  t.after(() => {
    there.closeAllConnections();
    there.close();
  });
  await once(there, 'listening');
  const home = `http://localhost:${there.address().port}`;
  const client = (more) => call(`${application.href}/clients`, { name: 'Larkspur Bookkeeping', redirectUris: [`${home}/`], postLogoutRedirectUris: [`${home}/bye`], ...more });
  return { server, home, got, client, serve: (text) => { page = text; } };
}

async function login(page, password = 'a long enough sentence') {
  await page.getByLabel('Username or Email').fill('ann@example.com');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a single-page app of oidc-client-ts', { timeout: 120_000 }, async (t) => {
  const { server, home, client, serve } = await site(t);
  const { clientId } = await client({ kind: 'SPA', allowedOrigins: [home] });
  serve(app(server.base, clientId));
  const page = await visit(t, await launch(t));
  const told = async (what) => {
    const output = page.locator('output', { hasText: what });
    await output.waitFor();
    return JSON.parse(await output.textContent());
  };

  await page.goto(home);
  await page.getByText('nobody').waitFor();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await seen(page, 'login');
  await login(page, 'another password');
  await page.getByRole('alert').waitFor();
  await seen(page, 'login-wrong');
  await login(page);
  await page.getByRole('button', { name: 'Allow' }).waitFor();
  await seen(page, 'consent');
  await page.getByRole('button', { name: 'Allow' }).click();
  const first = await told('access_token');
  assert.deepEqual([first.profile.name, first.profile.email, new URL(page.url()).search], ['Ann Lee', 'ann@example.com', '']);

  await page.getByRole('button', { name: 'Renew' }).click();
  await page.locator('output', { hasNotText: first.access_token }).waitFor();
  const renewed = await told('access_token');
  assert.equal(renewed.profile.sub, first.profile.sub);
  assert.ok(renewed.refresh_token && renewed.refresh_token !== first.refresh_token);

  // Without its tokens the app asks in a frame, which shows nothing to anybody.
  await page.getByRole('button', { name: 'Sign in silently' }).click();
  await page.locator('output', { hasNotText: renewed.access_token }).waitFor();
  const silent = await told('access_token');
  assert.deepEqual([silent.profile.sub, silent.profile.sid], [first.profile.sub, first.profile.sid]);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('nobody').waitFor();
  await page.getByRole('button', { name: 'Sign in silently' }).click();
  await page.getByText('login_required').waitFor();
  assert.deepEqual(page.wrongs, []);
  await server.stop();
});

for (const javaScriptEnabled of [true, false]) {
  test(`signing in and out, ${javaScriptEnabled ? 'with' : 'without'} script`, { timeout: 120_000 }, async (t) => {
    const { server, home, got, client } = await site(t);
    const { clientId, clientSecret } = await client({ frontchannelLogoutUri: `${home}/front`, frontchannelLogoutSessionRequired: true });
    const page = await visit(t, await launch(t), { javaScriptEnabled });
    const authorize = (more = {}) => `${server.base}/oauth2/authorize?${new URLSearchParams({
      client_id: clientId, redirect_uri: `${home}/`, response_type: 'code', scope: 'openid profile email offline_access', state: 'st4te', nonce: 'n0nce',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', ...more,
    })}`;
    const answer = () => got.filter(({ url }) => url.startsWith('/?') || url === '/').at(-1);

    await page.goto(authorize());
    await login(page, 'another password');
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByLabel('Username or Email').inputValue(), 'ann@example.com');
    await login(page);
    await page.getByText('Larkspur Bookkeeping').first().waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Signed in').waitFor();
    assert.match(answer().url, /error=access_denied.*state=st4te/);

    await page.goto(authorize());
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('Signed in').waitFor();
    assert.match(answer().url, /^\/\?code=.+&state=st4te$/);

    // What was agreed to is not asked again; an answer by form goes by itself or by a button.
    await page.goto(authorize({ response_mode: 'form_post' }));
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Signed in').waitFor();
    assert.match(answer().body, /code=.+&state=st4te/);

    await page.goto(`${server.base}/oauth2/logout`);
    if (javaScriptEnabled) await seen(page, 'logout');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'signed out' }).waitFor();
    const told = async (n) => {
      const all = () => got.filter(({ url }) => url.startsWith('/front?'));
      while (all().length < n) await page.waitForTimeout(50);
      return new URL(all()[n - 1].url, home).searchParams;
    };
    const front = await told(1);
    assert.equal(front.get('iss'), server.base, 'the client is told in a frame');
    assert.ok(front.get('sid'));
    if (javaScriptEnabled) await seen(page, 'left');
    await page.goto(authorize());
    await login(page);
    await page.getByText('Signed in').waitFor();

    // With a hint nobody is asked. The way back comes after the clients were told, by
    // itself or by a link.
    const exchange = await fetch(`${server.base}/oauth2/token`, {
      method: 'POST', headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` }, body: new URLSearchParams({
        grant_type: 'authorization_code', code: new URL(answer().url, home).searchParams.get('code'), redirect_uri: `${home}/`,
        code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      }),
    });
    const { id_token: hint } = await exchange.json();
    await page.goto(`${server.base}/oauth2/logout?${new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: `${home}/bye`, state: 'st4te' })}`);
    if (!javaScriptEnabled) await page.getByRole('link', { name: 'Continue' }).click();
    await page.waitForURL(`${home}/bye?state=st4te`);
    assert.notEqual((await told(2)).get('sid'), front.get('sid'));
    await page.goto(authorize());
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await page.goto(authorize({ redirect_uri: `${home}/other` }));
    await page.getByText('redirect_uri').waitFor();
    if (javaScriptEnabled) await seen(page, 'authorize-stop');
    assert.deepEqual(page.wrongs, []);
    await server.stop();
  });
}
