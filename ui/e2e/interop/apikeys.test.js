// API keys: secrets that travel encrypted and arrive whole, and keys that open
// what they should.

import assert from 'node:assert/strict';
import { call, inEveryWay, linksUnder, refused } from './sdk.js';

inEveryWay('API keys', async (t, world) => {
  const { client, server, base } = world;
  const app = await world.shop();
  const account = await call(app, 'createAccount', world.person('keys'));
  const key = await call(account, 'createApiKey');

  await t.test('the key of init opens the API, and only with its own secret', async () => {
    const open = await server.raw('GET', app.href);
    assert.deepEqual([open.status, open.body.name], [200, app.name]);
    const { id, secret } = server.init.apiKey;
    const closed = {
      'another secret': { id, secret: `${secret.slice(0, -1)}${secret.at(-1) === 'A' ? 'B' : 'A'}` },
      'another id': { id: id.split('').reverse().join('').concat('X'), secret },
      'no key': null,
      'a key of an account': { id: key.id, secret: key.secret },
    };
    for (const [name, bad] of Object.entries(closed)) {
      const answer = await server.raw('GET', app.href, { key: bad });
      assert.deepEqual([answer.status, answer.body.status, answer.body.code], [401, 401, 401], name);
      assert.match(answer.headers.get('www-authenticate'), /^Basic realm="/, name);
    }
  });

  await t.test('a client with a wrong secret is refused', async () => {
    const stranger = await world.another({ id: server.init.apiKey.id, secret: 'wrong' });
    await refused(call(stranger, 'getCurrentTenant'), { status: 401, code: 401 });
  });

  await t.test('a new key', async () => {
    assert.match(key.id, /^[0-9A-Z]{20,30}$/);
    assert.match(key.secret, /^[0-9A-Za-z+/=_-]{40,}$/);
    assert.deepEqual([key.href, key.status, key.account.href], [`${base}/apiKeys/${key.id}`, 'ENABLED', account.href]);
    assert.equal(key.account.status, 'ENABLED', 'the account came with it, as asked');
    linksUnder(base, key);
  });

  await t.test('the secret is the same by every road', async () => {
    const cold = await world.another();
    const coldApp = await call(cold, 'getApplication', app.href);
    const listed = await call(account, 'getApiKeys');
    assert.deepEqual([listed.size, listed.items.length], [1, 1]);
    const roads = {
      'not encrypted': await server.read(key.href),
      'of the account': listed.items[0],
      'of the application': await call(app, 'getApiKey', key.id),
      'of the application, nothing cached': await call(coldApp, 'getApiKey', key.id),
      'of the application, again': await call(coldApp, 'getApiKey', key.id),
      'by its id': await call(client, 'getApiKeyById', key.id),
      'by its id, nothing cached': await call(await world.another(), 'getApiKeyById', key.id),
    };
    for (const [name, road] of Object.entries(roads)) {
      assert.deepEqual([road.id, road.secret, road.account.href], [key.id, key.secret, account.href], name);
    }
    assert.equal(roads['of the application, nothing cached'].account.email, account.email);
  });

  await t.test('it is not plain on the wire when encryption was asked for', async () => {
    const query = 'encryptSecret=true&encryptionKeySize=256&encryptionKeyIterations=1024&encryptionKeySalt=MDEyMzQ1Njc4OWFiY2RlZg';
    const sent = [await server.read(`${key.href}?${query}`), await server.read(`${key.href}?${query}`)];
    for (const { secret } of sent) {
      assert.ok(!secret.includes(key.secret) && Buffer.from(secret, 'base64').length >= 16 + key.secret.length);
    }
    assert.notEqual(sent[0].secret, sent[1].secret, 'each answer has an IV of its own');
    const unsalted = await server.raw('GET', `${key.href}?encryptSecret=true`);
    assert.equal(unsalted.status, 400);
  });

  await t.test('a key of 128 bits decrypts too', async () => {
    const short = await call(account, 'createApiKey', { encryptionKeySize: 128, encryptionKeyIterations: 2 });
    assert.equal((await server.read(short.href)).secret, short.secret);
    assert.notEqual(short.secret, key.secret);
    await call(short, 'delete');
  });

  const present = (application, { id, secret }) => call(application, 'authenticateApiRequest', {
    request: { url: '/', method: 'GET', headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` } },
  });

  await t.test('the SDK lets in the request that carries the key', async () => {
    const result = await present(app, key);
    assert.equal((await call(result, 'getAccount')).email, account.email);
    await assert.rejects(present(app, { id: key.id, secret: 'wrong' }), { statusCode: 401, error: 'invalid_client' });
    await assert.rejects(present(app, { id: 'NOSUCHKEYATALL0000000', secret: key.secret }), { statusCode: 401, error: 'invalid_client' });
  });

  await t.test('an application finds the keys of its own accounts only', async () => {
    const other = await call(await world.another(), 'createApplication', { name: world.name('Other') }, { createDirectory: true });
    await assert.rejects(call(other, 'getApiKey', key.id), { status: 404, message: 'ApiKey not found' });
  });

  await t.test('a disabled key is still found, and opens nothing', async () => {
    const held = await call(app, 'getApiKey', key.id);
    const before = await server.read(key.href);
    held.status = 'DISABLED';
    await call(held, 'save');
    const now = await server.read(key.href);
    assert.deepEqual({ ...now, modifiedAt: null }, { ...before, status: 'DISABLED', modifiedAt: null }, 'nothing but its status changed');
    await server.raw('POST', key.href, { body: { status: 'DISABLED', id: 'OTHER', secret: 'chosen by the caller' } });
    assert.deepEqual([(await server.read(key.href)).id, (await server.read(key.href)).secret], [key.id, key.secret]);
    const cold = await call(await world.another(), 'getApplication', app.href);
    assert.equal((await call(cold, 'getApiKey', key.id)).status, 'DISABLED');
    await assert.rejects(present(cold, key), { statusCode: 401, error: 'invalid_client' });
  });

  await t.test('a deleted key is nowhere', async () => {
    await call(key, 'delete');
    await server.gone(key.href);
    assert.equal((await call(account, 'getApiKeys')).size, 0);
    await assert.rejects(call(app, 'getApiKey', key.id), { status: 404 });
    await refused(call(client, 'getApiKeyById', key.id), { status: 404, code: 404 });
  });
});
