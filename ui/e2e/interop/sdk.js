// The SDK as it comes from the registry, with promises around its callbacks and
// the four ways in which every test here uses it.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import stormpath from 'stormpath';
import { Server } from './harness.js';

/** Satisfies the default password policy; the colon must survive the login value. */
export const password = 'Sëcret:Passw0rd';

/** Each way of using the SDK that must not make a difference. */
export const ways = [
  { name: 'localhost, cache on', host: 'localhost' },
  { name: 'localhost, cache off', host: 'localhost', cacheOptions: { store: 'disabled' } },
  { name: '127.0.0.1, cache on', host: '127.0.0.1' },
  { name: '127.0.0.1, cache off', host: '127.0.0.1', cacheOptions: { store: 'disabled' } },
];

/** A client that is ready, or the error that kept it from being so. */
export function ready(config) {
  return new Promise((resolve, reject) => {
    const client = new stormpath.Client(config);
    client.on('error', reject);
    client.on('ready', () => resolve(client));
  });
}

/** Calls a method of the SDK that takes a callback last. */
export function call(target, method, ...args) {
  return new Promise((resolve, reject) => {
    target[method](...args, (err, result) => (err ? reject(err) : resolve(result)));
  });
}

/** Every item of a collection, walked by the SDK's own each(), which fetches the further pages. */
export async function walk(collection) {
  const items = [];
  await call(collection, 'each', (item, next) => { items.push(item); next(); });
  return items;
}

export const hrefs = (list) => list.map((item) => item.href);

/** The links of the stores of an application or an organization, in their order. */
export async function storesOf(owner) {
  const mappings = await walk(await call(owner, 'getAccountStoreMappings'));
  assert.deepEqual(mappings.map((m) => m.listIndex), [...mappings.keys()], 'the order has no gaps');
  return hrefs(mappings.map((m) => m.accountStore));
}

/** An id that nothing has. */
export const nobody = '3apenYvL0Z9v9spdzpFfey';

/** A resource as plain data: no prototypes, and nothing that JSON does not carry. */
export const plain = (resource) => JSON.parse(JSON.stringify(resource));

/**
 * The call must be refused by the server, in the six fields of an error, with
 * the ones that are wanted: status, code, userMessage or developerMessage, each
 * equal or, for a regular expression, matching.
 */
export async function refused(promise, want) {
  const err = await promise.then(
    (result) => assert.fail(`accepted what must be refused: ${JSON.stringify(result)}`),
    (reason) => reason,
  );
  assert.equal(err.name, 'ResourceError', `refused by the server and not otherwise: ${err.stack || err.message}`);
  for (const [field, value] of Object.entries(want)) {
    if (value instanceof RegExp) assert.match(err[field], value, err.message);
    else assert.equal(err[field], value, `${field} of: ${err.message}`);
  }
  for (const field of ['userMessage', 'developerMessage', 'moreInfo', 'requestId']) {
    assert.match(String(err[field] ?? ''), /\S/, `${field} of: ${err.message}`);
  }
  assert.equal(typeof err.code, 'number');
  if (err.code !== err.status) assert.ok(err.moreInfo.includes(String(err.code)), `moreInfo names ${err.code}: ${err.moreInfo}`);
  return err;
}

/** Every link in the data must begin with the base URL that the client was given. */
export function linksUnder(base, data) {
  let links = 0;
  JSON.stringify(data, (key, value) => {
    if (key === 'href' && value !== undefined) {
      links++;
      assert.ok(typeof value === 'string' && value.startsWith(`${base}/`), `${value} is not under ${base}`);
      assert.ok(!value.includes('?'), `${value} carries a query`);
    }
    return value;
  });
  assert.ok(links > 0, 'a resource without any link');
}

/** World is what one run of a flow holds: the server, a way to it, and names of its own. */
export class World {
  constructor(server, way, client) {
    Object.assign(this, { server, way, client, base: server.base(way.host), tag: randomBytes(4).toString('hex') });
  }

  static async open(server, way) {
    return new World(server, way, await World.connect(server, way));
  }

  static connect(server, way, { id, secret } = server.init.apiKey) {
    const config = { client: { baseUrl: server.base(way.host), apiKey: { id, secret } } };
    if (way.cacheOptions) config.cacheOptions = { ...way.cacheOptions };
    return ready(config);
  }

  /** Another client of the same way that has cached nothing yet. */
  another(key) {
    return World.connect(this.server, this.way, key);
  }

  /** A name that nobody else uses on this server. */
  name(word) {
    return `${word} ${this.tag}`;
  }

  /** A well-formed account that nobody else uses on this server. */
  person(login, more = {}) {
    const username = `${login}-${this.tag}`;
    return { username, email: `${username}@example.com`, password, givenName: 'Jean-Luc', surname: 'Picard', ...more };
  }

  /** An application that has a directory of its own. */
  shop(word = 'Shop') {
    return call(this.client, 'createApplication', { name: this.name(word) }, { createDirectory: true });
  }

  directory(word) {
    return call(this.client, 'createDirectory', { name: this.name(word) });
  }

  /** An organization whose name and nameKey nobody else uses on this server. */
  organization(word, more = {}, query = {}) {
    const nameKey = `${word.toLowerCase()}-${this.tag}`;
    return call(this.client, 'createOrganization', { name: this.name(word), nameKey, ...more }, query);
  }
}

/**
 * Runs one flow in every way against one server of its own. seed prepares what
 * all runs read, with the first way.
 */
export function inEveryWay(title, flow, seed = async () => ({})) {
  describe(title, () => {
    let server, seeded;
    before(async () => {
      server = await Server.fresh();
      seeded = await seed(await World.open(server, ways[0]));
    });
    after(() => server?.remove());
    for (const way of ways) {
      test(way.name, { timeout: 120_000 }, async (t) => flow(t, await World.open(server, way), seeded));
    }
    // A test and not a hook: a hook that fails is not counted as a failure.
    test('the server ends cleanly', () => server.stop());
  });
}
