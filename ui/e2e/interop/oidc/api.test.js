// A resource server verifies tokens by the JWK Set alone, across a change of keys, and
// is never started anew.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import * as jose from 'jose';
import * as oidc from 'openid-client';
import { Browser, Provider, limit } from './provider.js';

const audience = 'https://ledger.example/api';

describe('a resource server', () => {
  let p, api, base, robot, web, ledger;
  const discover = (made) => oidc.discovery(new URL(p.issuer), made.clientId, {}, oidc.ClientSecretBasic(made.clientSecret), { execute: [oidc.allowInsecureRequests] });
  before(async () => {
    p = await Provider.open();
    ledger = await p.resource(audience);
    robot = await discover(await p.client({ kind: 'MACHINE', name: 'Robot' }));
    web = await discover(await p.client({ firstParty: true }));
    api = spawn(process.execPath, [new URL('api.js', import.meta.url).pathname, p.issuer, audience], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = await once(api.stdout, 'data');
    base = `http://127.0.0.1:${Number(port)}`;
  }, limit);
  after(() => {
    api?.kill();
    return p?.server.remove();
  });

  const call = async (token) => {
    const answer = await fetch(base, { headers: token && { authorization: `Bearer ${token}` } });
    return { status: answer.status, text: await answer.text() };
  };
  const ask = async () => (await oidc.clientCredentialsGrant(robot, { resource: audience, scope: 'ledger:read' })).access_token;

  test('takes a token of a service, and of a person', limit, async () => {
    const service = await call(await ask());
    assert.deepEqual([service.status, JSON.parse(service.text)], [200, { sub: robot.clientMetadata().client_id, scope: 'ledger:read' }]);
    const verifier = oidc.randomPKCECodeVerifier();
    const { left } = await new Browser().authorize(oidc.buildAuthorizationUrl(web, {
      redirect_uri: 'https://web.example/cb', scope: 'openid ledger:read', resource: audience,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    }));
    const tokens = await oidc.authorizationCodeGrant(web, left, { pkceCodeVerifier: verifier });
    const person = await call(tokens.access_token);
    assert.deepEqual([person.status, JSON.parse(person.text).sub], [200, p.ann.href.split('/').at(-1)], person.text);
    assert.equal((await call(tokens.id_token)).status, 401, 'an ID token is no access token');
  });

  test('takes no other token', limit, async () => {
    await p.resource('https://other.example/api', { scopes: [] });
    const other = await oidc.clientCredentialsGrant(robot, { resource: 'https://other.example/api' });
    const own = await oidc.clientCredentialsGrant(robot);
    const [head, body, signature] = (await ask()).split('.');
    const tokens = {
      none: undefined, text: 'text', 'of another audience': other.access_token, 'of the provider itself': own.access_token,
      'of another signature': [head, body, signature.split('').reverse().join('')].join('.'),
    };
    for (const [name, token] of Object.entries(tokens)) assert.equal((await call(token)).status, 401, name);
  });

  for (const alg of ['ES256', 'RS256', 'EdDSA']) {
    test(`goes on while keys of ${alg} change`, limit, async () => {
      const { status, text } = await p.server.raw('POST', ledger.href, { body: { accessTokenSigningAlg: alg } });
      assert.equal(status, 200, text);
      const old = await ask();
      assert.equal((await call(old)).status, 200);

      const next = await p.make(`${p.issuer}/v1/signingKeys`, { alg });
      const meanwhile = await ask();
      const { kid } = jose.decodeProtectedHeader(old);
      assert.equal(jose.decodeProtectedHeader(meanwhile).kid, kid, 'the next key is published before it signs');
      assert.equal((await call(meanwhile)).status, 200);

      const all = await p.server.read(`${p.issuer}/v1/signingKeys?limit=100`);
      const former = all.items.find((key) => key.kid === kid);
      assert.ok(former && next.kid !== kid, JSON.stringify(all.items));
      assert.equal((await p.server.raw('POST', `${former.href}/revoke`, { body: {} })).status, 200);
      const fresh = await ask();
      assert.deepEqual(jose.decodeProtectedHeader(fresh), { alg, kid: next.kid, typ: 'at+jwt' });
      assert.equal((await call(fresh)).status, 200);
      assert.equal((await call(old)).status, 401, 'a key that was revoked is not in the set any more');
    });
  }

  test('the server ends cleanly', limit, () => p.server.stop());
});
