// openid-client signs people in, and uses everything that discovery names.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as jose from 'jose';
import * as oidc from 'openid-client';
import { Browser, Provider, limit } from './provider.js';

/** What a client keeps between asking and the answer. */
async function asked(config, more = {}) {
  const checks = { pkceCodeVerifier: oidc.randomPKCECodeVerifier(), expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce(), idTokenExpected: true };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: 'https://web.example/cb', scope: 'openid profile email offline_access', state: checks.expectedState, nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier), code_challenge_method: 'S256', ...more,
  });
  return { url, checks };
}

/** The address of an answer with another value of a parameter. */
function with_(url, name, value) {
  const other = new URL(url);
  other.searchParams.set(name, value);
  return other;
}

describe('openid-client', () => {
  let p;
  before(async () => { p = await Provider.open(); }, limit);
  after(() => p?.server.remove());

  const discover = (made, how, metadata = {}) => oidc.discovery(new URL(p.issuer), made.clientId, metadata, how ?? oidc.ClientSecretBasic(made.clientSecret),
    { execute: [oidc.allowInsecureRequests] });
  const signIn = async (config, browser = new Browser(), more = {}) => {
    const { url, checks } = await asked(config, more);
    const { left } = await browser.authorize(url);
    return oidc.authorizationCodeGrant(config, left, checks);
  };
  const refused = (error, status = 400) => (err) => {
    assert.deepEqual([err.error, err.status], [error, status], String(err.cause ?? err));
    return true;
  };

  const about = (what) => (err) => {
    assert.match(String(err.cause?.message ?? err), what);
    return true;
  };

  for (const alg of ['RS256', 'ES256', 'EdDSA']) {
    test(`a sign-in whose ID token is of ${alg}`, limit, async () => {
      const made = await p.client({ idTokenSignedResponseAlg: alg });
      const config = await discover(made, undefined, { id_token_signed_response_alg: alg });
      assert.equal(config.serverMetadata().issuer, p.issuer);
      oidc.enableNonRepudiationChecks(config); // has the signature proved by the keys of the JWK Set
      const browser = new Browser();
      const tokens = await signIn(config, browser);
      assert.deepEqual(browser.seen, ['/login', '/consent']);
      const claims = tokens.claims();
      assert.deepEqual([claims.sub, claims.email, claims.name, claims.aud], [p.ann.href.split('/').at(-1), 'ann@example.com', 'Ann Lee', made.clientId]);
      const header = jose.decodeProtectedHeader(tokens.id_token);
      assert.equal(header.alg, alg);
      const who = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
      assert.deepEqual([who.email, who.given_name, who.family_name], ['ann@example.com', 'Ann', 'Lee']);
      await assert.rejects(oidc.fetchUserInfo(config, tokens.access_token, 'somebody else'), /unexpected "?JSON attribute value|sub/i);
    });
  }

  test('a second sign-in of the same browser asks nothing, unless the client wants it', limit, async () => {
    const config = await discover(await p.client());
    const browser = new Browser();
    const first = (await signIn(config, browser)).claims();
    const again = (await signIn(config, browser, { prompt: 'none' })).claims();
    assert.deepEqual([again.sid, again.auth_time, browser.seen], [first.sid, first.auth_time, []]);
    await signIn(config, browser, { prompt: 'login' });
    assert.deepEqual(browser.seen, ['/login']);
    await signIn(config, browser, { prompt: 'consent' });
    assert.deepEqual(browser.seen, ['/consent']);
  });

  test('max_age is met by a sign-in of the request', limit, async () => {
    const config = await discover(await p.client({ firstParty: true }));
    const { url, checks } = await asked(config, { max_age: '0' });
    const browser = new Browser();
    await signIn(config, browser);
    const { left } = await browser.authorize(url);
    assert.deepEqual(browser.seen, ['/login']);
    const tokens = await oidc.authorizationCodeGrant(config, left, { ...checks, maxAge: 60 });
    assert.equal(typeof tokens.claims().auth_time, 'number');
  });

  test('an answer by form_post', limit, async () => {
    const config = await discover(await p.client({ firstParty: true }));
    const { url, checks } = await asked(config, { response_mode: 'form_post' });
    const { left, body } = await new Browser().authorize(url);
    assert.equal(left.href, 'https://web.example/cb');
    const tokens = await oidc.authorizationCodeGrant(config, new Request(left, { method: 'POST', body }), checks);
    assert.equal(tokens.claims().email, 'ann@example.com');
  });

  test('refresh tokens follow one another, and one that was followed ends them all', limit, async () => {
    const config = await discover(await p.client());
    const tokens = await signIn(config);
    const second = await oidc.refreshTokenGrant(config, tokens.refresh_token);
    assert.notEqual(second.refresh_token, tokens.refresh_token);
    assert.equal(second.claims().sub, tokens.claims().sub);
    const narrow = await oidc.refreshTokenGrant(config, second.refresh_token, { scope: 'openid' });
    assert.equal(narrow.scope, 'openid');
    await assert.rejects(oidc.refreshTokenGrant(config, tokens.refresh_token), refused('invalid_grant'));
    await assert.rejects(oidc.refreshTokenGrant(config, narrow.refresh_token), refused('invalid_grant'));
    await assert.rejects(oidc.fetchUserInfo(config, narrow.access_token, tokens.claims().sub), /401|challenge/i);
  });

  test('introspection and revocation', limit, async () => {
    const made = await p.client();
    const config = await discover(made);
    const tokens = await signIn(config);
    for (const name of ['access_token', 'refresh_token']) {
      const told = await oidc.tokenIntrospection(config, tokens[name]);
      assert.deepEqual([told.active, told.client_id, told.sub], [true, made.clientId, tokens.claims().sub], name);
    }
    const stranger = await discover(await p.client());
    assert.deepEqual(await oidc.tokenIntrospection(stranger, tokens.access_token), { active: false });
    await oidc.tokenRevocation(stranger, tokens.access_token).catch(() => {});
    assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, true, 'a stranger revokes nothing');
    await oidc.tokenRevocation(config, tokens.access_token);
    assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, false);
    await oidc.tokenRevocation(config, tokens.refresh_token, { token_type_hint: 'refresh_token' });
    await assert.rejects(oidc.refreshTokenGrant(config, tokens.refresh_token), refused('invalid_grant'));
    await oidc.tokenRevocation(config, 'no token at all');
  });

  
  for (const [name, prepare] of Object.entries({
    client_secret_basic: async (kind) => {
      const made = await p.client({ ...kind });
      return [made, oidc.ClientSecretBasic(made.clientSecret)];
    },
    client_secret_post: async (kind) => {
      const made = await p.client({ ...kind, tokenEndpointAuthMethod: 'client_secret_post' });
      return [made, oidc.ClientSecretPost(made.clientSecret)];
    },
    ...Object.fromEntries(['ES256', 'RS256', 'EdDSA', 'PS256'].map((alg) => [`private_key_jwt, ${alg}`, async (kind) => {
      const { privateKey, publicKey } = await jose.generateKeyPair(alg, { extractable: true });
      const jwks = { keys: [{ ...await jose.exportJWK(publicKey), kid: 'one', alg, use: 'sig' }] };
      const made = await p.client({ ...kind, tokenEndpointAuthMethod: 'private_key_jwt', jwks });
      return [made, oidc.PrivateKeyJwt({ key: privateKey, kid: 'one' })];
    }])),
  })) {
    test(`client_credentials by ${name}`, limit, async () => {
      const [made, how] = await prepare({ kind: 'MACHINE', name: 'Robot' });
      const config = await discover(made, how);
      const tokens = await oidc.clientCredentialsGrant(config);
      assert.deepEqual([tokens.token_type, tokens.refresh_token, tokens.id_token], ['bearer', undefined, undefined]);
      const told = await oidc.tokenIntrospection(config, tokens.access_token);
      assert.deepEqual([told.active, told.sub, told.client_id], [true, made.clientId, made.clientId]);
      await oidc.tokenRevocation(config, tokens.access_token);
      assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, false);
    });
    test(`a sign-in by ${name}`, limit, async () => {
      const [made, how] = await prepare({ firstParty: true });
      assert.equal((await signIn(await discover(made, how))).claims().email, 'ann@example.com');
    });
  }

  test('a public client has its code and verifier', limit, async () => {
    const config = await discover(await p.client({ kind: 'SPA', firstParty: true }), oidc.None());
    const tokens = await signIn(config);
    const second = await oidc.refreshTokenGrant(config, tokens.refresh_token);
    assert.notEqual(second.refresh_token, tokens.refresh_token);
    await oidc.tokenRevocation(config, second.refresh_token);
    await assert.rejects(oidc.refreshTokenGrant(config, second.refresh_token), refused('invalid_grant'));
  });

  test('end_session signs out, and leads back', limit, async () => {
    const config = await discover(await p.client());
    const browser = new Browser();
    const tokens = await signIn(config, browser);
    const out = oidc.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: 'https://web.example/bye', state: 'st4te' });
    assert.equal((await browser.open(out)).left?.href, 'https://web.example/bye?state=st4te');
    const { url, checks } = await asked(config, { prompt: 'none' });
    const { left } = await browser.authorize(url);
    await assert.rejects(oidc.authorizationCodeGrant(config, left, checks), { error: 'login_required' });
  });

  test('end_session without a hint asks first, and leads nowhere', limit, async () => {
    const config = await discover(await p.client());
    const browser = new Browser();
    await signIn(config, browser);
    const page = await browser.open(oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: 'https://web.example/bye' }));
    assert.equal(page.form?.action, '/oauth2/logout');
    const { url, checks } = await asked(config, { prompt: 'none' });
    await oidc.authorizationCodeGrant(config, (await browser.authorize(url)).left, checks);
    assert.equal((await browser.answer(page, {})).status, 200);
    const after = await asked(config, { prompt: 'none' });
    await assert.rejects(oidc.authorizationCodeGrant(config, (await browser.authorize(after.url)).left, after.checks), { error: 'login_required' });
  });

  describe('what is wrong is refused', () => {
    let config, answer, secret;
    before(async () => {
      const made = await p.client({ name: 'Wrong', firstParty: true });
      secret = made.clientSecret;
      config = await discover(made);
      const browser = new Browser();
      answer = async (more) => {
        const { url, checks } = await asked(config, more);
        return { checks, ...await browser.authorize(url) };
      };
    }, limit);

    test('the state of another request', limit, async () => {
      const { left, checks } = await answer();
      await assert.rejects(oidc.authorizationCodeGrant(config, with_(left, 'state', 'other'), checks), about(/"state"/));
    });
    test('an answer of another issuer', limit, async () => {
      const { left, checks } = await answer();
      await assert.rejects(oidc.authorizationCodeGrant(config, with_(left, 'iss', 'https://evil.example'), checks), about(/"iss"/));
    });
    test('the nonce of another request', limit, async () => {
      const { left, checks } = await answer();
      await assert.rejects(oidc.authorizationCodeGrant(config, left, { ...checks, expectedNonce: 'other' }), about(/"nonce"/));
    });
    test('the verifier of another request, which spends the code', limit, async () => {
      const { left, checks } = await answer();
      await assert.rejects(oidc.authorizationCodeGrant(config, left, { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() }), refused('invalid_grant'));
    });
    test('a code for the second time, and what it gave ends', limit, async () => {
      const { left, checks } = await answer();
      const tokens = await oidc.authorizationCodeGrant(config, left, checks);
      await assert.rejects(oidc.authorizationCodeGrant(config, left, checks), refused('invalid_grant'));
      await assert.rejects(oidc.refreshTokenGrant(config, tokens.refresh_token), refused('invalid_grant'));
    });
    test('another secret', limit, async () => {
      const { left, checks } = await answer();
      const id = config.clientMetadata().client_id;
      const wrong = await discover({ clientId: id, clientSecret: `${secret}x` });
      await assert.rejects(oidc.authorizationCodeGrant(wrong, left, checks), (err) => {
        assert.equal(err.cause?.status ?? err.status, 401, String(err));
        return true;
      });
      const post = await discover({ clientId: id }, oidc.ClientSecretPost(secret));
      await assert.rejects(oidc.authorizationCodeGrant(post, left, checks), (err) => [401, 400].includes(err.cause?.status ?? err.status));
      await oidc.authorizationCodeGrant(config, left, checks);
    });
    test('a person who does not agree', limit, async () => {
      const third = await discover(await p.client());
      const { url, checks } = await asked(third);
      const { left } = await new Browser().authorize(url, { agree: false });
      await assert.rejects(oidc.authorizationCodeGrant(third, left, checks), { error: 'access_denied' });
    });
    test('an address that the client has not registered', limit, async () => {
      const { url } = await asked(config, { redirect_uri: 'https://web.example/other' });
      const page = await new Browser().open(url);
      assert.deepEqual([page.status, page.left, page.form], [400, undefined, null]);
    });
    test('a wrong password, in words', limit, async () => {
      const { url } = await asked(config);
      const browser = new Browser();
      const page = await browser.answer(await browser.open(url), { login: 'ann@example.com', password: 'wrong' });
      assert.equal(page.status, 400);
      assert.equal(page.form.action, '/login');
    });
  });

  test('the server ends cleanly', limit, () => p.server.stop());
});
