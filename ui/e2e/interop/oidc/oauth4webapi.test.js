// oauth4webapi holds each message to its specification: metadata by both documents,
// answers, JWT access tokens (RFC 9068), introspection and revocation.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { Browser, Provider, limit } from './provider.js';

const insecure = { [oauth.allowInsecureRequests]: true };
const redirect = 'https://web.example/cb';

describe('oauth4webapi', () => {
  let p, as;
  before(async () => {
    p = await Provider.open();
    await p.resource('https://ledger.example/api');
    const issuer = new URL(p.issuer);
    as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
  }, limit);
  after(() => p?.server.remove());

  test('both documents say the same', limit, async () => {
    const issuer = new URL(p.issuer);
    const other = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }));
    assert.deepEqual(other, as);
  });

  const authorize = async (client, more = {}, browser = new Browser()) => {
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const url = new URL(as.authorization_endpoint);
    url.search = new URLSearchParams({
      client_id: client.client_id, redirect_uri: redirect, response_type: 'code', scope: 'openid email', state, nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more,
    });
    const { left, body } = await browser.authorize(url);
    return { answer: body ?? left, verifier, state, nonce };
  };
  const redeem = async (client, how, { answer, verifier, state, nonce }) => {
    const params = oauth.validateAuthResponse(as, client, answer, state);
    const response = await oauth.authorizationCodeGrantRequest(as, client, how, params, redirect, verifier, insecure);
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: nonce, requireIdToken: true });
    await oauth.validateApplicationLevelSignature(as, response, insecure);
    return tokens;
  };
  const api = (token) => new Request('https://ledger.example/api', { headers: { authorization: `Bearer ${token}` } });

  for (const [name, prepare] of Object.entries({
    'a secret in the header': async () => {
      const made = await p.client();
      return [{ client_id: made.clientId }, oauth.ClientSecretBasic(made.clientSecret)];
    },
    'a secret in the body': async () => {
      const made = await p.client({ tokenEndpointAuthMethod: 'client_secret_post' });
      return [{ client_id: made.clientId }, oauth.ClientSecretPost(made.clientSecret)];
    },
    'a key': async () => {
      const { privateKey, publicKey } = await oauth.generateKeyPair('ES256');
      const jwks = { keys: [{ ...await crypto.subtle.exportKey('jwk', publicKey), key_ops: undefined, ext: undefined, kid: 'k' }] };
      const made = await p.client({ tokenEndpointAuthMethod: 'private_key_jwt', jwks });
      return [{ client_id: made.clientId }, oauth.PrivateKeyJwt({ key: privateKey, kid: 'k' })];
    },
    nothing: async () => [{ client_id: (await p.client({ kind: 'NATIVE' })).clientId }, oauth.None()],
  })) {
    test(`all the way, for a client of ${name}`, limit, async () => {
      const [client, how] = await prepare();
      const tokens = await redeem(client, how, await authorize(client, { resource: 'https://ledger.example/api', scope: 'openid email ledger:read' }));
      const { sub } = oauth.getValidatedIdTokenClaims(tokens);
      assert.equal(tokens.scope, 'openid email ledger:read');

      const claims = await oauth.validateJwtAccessToken(as, api(tokens.access_token), 'https://ledger.example/api', insecure);
      assert.deepEqual([claims.sub, claims.client_id, claims.scope], [sub, client.client_id, tokens.scope]);
      await assert.rejects(oauth.validateJwtAccessToken(as, api(tokens.access_token), 'https://other.example/api', insecure));

      const again = await oauth.processRefreshTokenResponse(as, client,
        await oauth.refreshTokenGrantRequest(as, client, how, tokens.refresh_token, insecure));
      assert.notEqual(again.refresh_token, tokens.refresh_token);
      if (name !== 'nothing') {
        const told = await oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, how, again.access_token, insecure));
        assert.deepEqual([told.active, told.sub, told.aud, told.token_type], [true, sub, 'https://ledger.example/api', 'Bearer']);
      }
      await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, how, again.refresh_token, insecure));
      const response = await oauth.refreshTokenGrantRequest(as, client, how, again.refresh_token, insecure);
      await assert.rejects(oauth.processRefreshTokenResponse(as, client, response), { error: 'invalid_grant' });
    });
  }

  test('userinfo is of who signed in', limit, async () => {
    const made = await p.client();
    const [client, how] = [{ client_id: made.clientId }, oauth.ClientSecretBasic(made.clientSecret)];
    const tokens = await redeem(client, how, await authorize(client));
    const { sub } = oauth.getValidatedIdTokenClaims(tokens);
    const who = await oauth.processUserInfoResponse(as, client, sub, await oauth.userInfoRequest(as, client, tokens.access_token, insecure));
    assert.deepEqual([who.sub, who.email, who.email_verified], [sub, 'ann@example.com', false]);
    await assert.rejects(async () => oauth.processUserInfoResponse(as, client, sub, await oauth.userInfoRequest(as, client, `${tokens.access_token}x`, insecure)),
      (err) => {
        assert.deepEqual([err.status, err.cause?.[0]?.scheme, err.cause?.[0]?.parameters.error], [401, 'bearer', 'invalid_token']);
        return true;
      });
  });

  test('client_credentials for a resource', limit, async () => {
    const made = await p.client({ kind: 'MACHINE' });
    const [client, how] = [{ client_id: made.clientId }, oauth.ClientSecretBasic(made.clientSecret)];
    const get = async (params) => oauth.processClientCredentialsResponse(as, client, await oauth.clientCredentialsGrantRequest(as, client, how, params, insecure));
    const tokens = await get({ resource: 'https://ledger.example/api' });
    const claims = await oauth.validateJwtAccessToken(as, api(tokens.access_token), 'https://ledger.example/api', insecure);
    assert.deepEqual([claims.sub, claims.scope], [made.clientId, 'ledger:read']);
    await assert.rejects(get({ resource: 'https://unknown.example' }), { error: 'invalid_target' });
    await assert.rejects(get({ resource: 'https://ledger.example/api', scope: 'ledger:write' }), { error: 'invalid_scope' });
  });

  for (const mode of ['query', 'form_post']) {
    test(`errors go to the client, by ${mode}, and say whose they are`, limit, async () => {
      const client = { client_id: (await p.client()).clientId };
      const cases = {
        login_required: { prompt: 'none' }, unsupported_response_type: { response_type: 'token' }, invalid_scope: { scope: 'nothing' },
        invalid_request: { code_challenge_method: 'plain' }, invalid_target: { resource: 'https://unknown.example' }, request_not_supported: { request: 'x' },
        request_uri_not_supported: { request_uri: 'https://web.example/request' },
      };
      for (const [error, more] of Object.entries(cases)) {
        const { answer, state } = await authorize(client, { ...more, response_mode: mode });
        assert.throws(() => oauth.validateAuthResponse(as, client, answer, state), (err) => {
          assert.deepEqual([err.error, err.cause?.get('iss')], [error, p.issuer], String(err));
          return true;
        });
      }
    });
  }

  test('the server ends cleanly', limit, () => p.server.stop());
});
