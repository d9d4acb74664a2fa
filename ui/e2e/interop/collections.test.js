// Collections: pages that neither lose nor repeat an item, searches that find
// what they name, and expansions that bring what was asked for.

import assert from 'node:assert/strict';
import { call, inEveryWay, linksUnder, refused, walk } from './sdk.js';

const people = 27;

/** One directory of 27 people, more than a page, which all runs only read. */
async function crowd(world) {
  const app = await world.shop('Crowd');
  const number = (i) => String(i).padStart(2, '0');
  const create = async (i) => call(app, 'createAccount', world.person(`u${number(i)}`, {
    givenName: i % 2 ? 'Odd' : 'Even', surname: `Surname${number(people - i)}`, status: i < 3 ? 'DISABLED' : 'ENABLED',
    customData: { index: i },
  }));
  for (let i = 0; i < people; i += 3) await Promise.all([i, i + 1, i + 2].map(create));
  const group = await call(app, 'createGroup', { name: world.name('Even Ones'), description: 'every second one' });
  const accounts = await walk(await call(app, 'getAccounts'));
  for (const account of accounts.filter((a) => a.givenName === 'Even')) await call(group, 'addAccount', account);
  return { app: app.name, group: group.name, tag: world.tag };
}

const logins = (items) => items.map((account) => account.username.slice(0, 3));
const u = (...numbers) => numbers.map((i) => `u${String(i).padStart(2, '0')}`);
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

inEveryWay('collections', async (t, world, crowd) => {
  const { client, base } = world;
  const app = (await call(client, 'getApplications', { name: crowd.app })).items[0];
  const accounts = (query) => call(app, 'getAccounts', ...(query ? [query] : []));
  let order;

  await t.test('the first page says how many there are', async () => {
    const page = await accounts();
    assert.deepEqual([page.offset, page.limit, page.size, page.items.length], [0, 25, people, 25]);
    assert.equal(page.href, app.accounts.href);
    assert.ok(page.items.every((item) => item.constructor.name === 'Account'));
    linksUnder(base, page);
  });

  await t.test('each() meets everyone once', async () => {
    order = (await walk(await accounts())).map((account) => account.href);
    assert.equal(order.length, people);
    assert.equal(new Set(order).size, people);
  });

  const pages = {
    'the rest': [{ offset: 25 }, 25, 25, people],
    'a page in between': [{ offset: 10, limit: 10 }, 10, 10, 20],
    'a page that runs over the end': [{ offset: 20, limit: 10 }, 10, 20, people],
    'one item': [{ limit: 1 }, 1, 0, 1],
    'beyond the end': [{ offset: 100 }, 25, 100, 100],
    'a limit over the greatest': [{ limit: 1000 }, 100, 0, people],
  };
  for (const [name, [query, limit, from, to]] of Object.entries(pages)) {
    await t.test(name, async () => {
      const page = await accounts(query);
      assert.deepEqual([page.offset, page.limit, page.size], [from, limit, people]);
      assert.deepEqual(page.items.map((item) => item.href), order.slice(from, to));
      assert.equal(page.href, app.accounts.href, 'the link of a page carries no query');
    });
  }

  await t.test('each() goes on from any page, also from a full last one', async () => {
    for (const query of [{ limit: 9 }, { limit: people }, { offset: 3, limit: 8 }]) {
      const hrefs = (await walk(await accounts(query))).map((account) => account.href);
      assert.deepEqual(hrefs, order.slice(query.offset ?? 0), JSON.stringify(query));
    }
  });

  const { tag } = crowd;
  const searches = {
    'by username': [{ username: `u07-${tag}` }, [7]],
    'by e-mail, in another case': [{ email: `U08-${tag}@EXAMPLE.com` }, [8]],
    'by the whole value only': [{ username: 'u07' }, []],
    'by two attributes': [{ username: `u09-${tag}`, email: `u09-${tag}@example.com` }, [9]],
    'by two attributes of which one does not fit': [{ username: `u09-${tag}`, email: `u10-${tag}@example.com` }, []],
  };
  for (const [name, [query, want]] of Object.entries(searches)) {
    await t.test(`search ${name}`, async () => {
      const page = await accounts(query);
      assert.deepEqual([logins(page.items), page.size], [u(...want), want.length]);
    });
  }

  await t.test('what cannot be searched or ordered by is refused, not ignored', async () => {
    for (const query of [{ usernme: 'x' }, { username: 'u1*' }, { username: '*1' }, { q: 'name13' }, { createdAt: '[2015,]' }]) {
      await refused(accounts(query), { status: 400, code: 2105 });
    }
    for (const orderBy of ['email', 'surname desc', 'nonsense']) await refused(accounts({ orderBy }), { status: 400, code: 2106 });
  });

  await t.test('the same person through the tenant and the directory', async () => {
    const directory = await call(await call(app, 'getDefaultAccountStore'), 'getAccountStore');
    for (const owner of [client, directory]) {
      const found = await call(owner, 'getAccounts', { username: `u05-${tag}` });
      assert.deepEqual(logins(found.items), u(5));
    }
  });

  await t.test('applications, directories and groups by name', async () => {
    for (const [method, name] of [
      ['getApplications', crowd.app], ['getDirectories', `${crowd.app} Directory`], ['getGroups', crowd.group],
    ]) {
      for (const asked of [name, name.toUpperCase()]) {
        const found = await call(client, method, { name: asked });
        assert.deepEqual(found.items.map((item) => item.name), [name], `${method} ${asked}`);
        assert.equal(found.size, 1, `${method} ${asked}`);
      }
      assert.equal((await call(client, method, { name: `${name}x` })).size, 0);
    }
  });

  await t.test('expand brings one level along', async () => {
    const one = (await accounts({ username: `u04-${tag}` })).items[0];
    assert.deepEqual(Object.keys(one.directory), ['href'], 'a link and no more, unless asked');
    const expand = 'directory,tenant,customData,groups(offset:0,limit:1)';
    const account = await call(client, 'getAccount', one.href, { expand });
    assert.equal(account.directory.name, `${crowd.app} Directory`);
    assert.equal(account.directory.constructor.name, 'Directory');
    assert.equal(account.tenant.key, world.server.init.tenant.key);
    assert.equal(account.customData.index, 4);
    const { offset, limit, size, items } = account.groups;
    assert.deepEqual([offset, limit, size, items.map((g) => g.name)], [0, 1, 1, [crowd.group]]);
    assert.deepEqual(Object.keys(account.directory.accounts), ['href'], 'only one level');
    linksUnder(base, account);
  });

  await t.test('expand on a collection is of its items', async () => {
    const page = await accounts({ expand: 'directory,customData', limit: 3 });
    assert.deepEqual(page.items.map((item) => item.href), order.slice(0, 3));
    for (const item of page.items) {
      assert.equal(item.directory.name, `${crowd.app} Directory`);
      assert.deepEqual(logins([item]), u(item.customData.index));
    }
    await refused(accounts({ expand: 'nonsense' }), { status: 400, code: 2107 });
  });

  await t.test('expanded members of a group are cut to what was asked', async () => {
    const group = (await call(client, 'getGroups', { name: crowd.group, expand: 'accounts(limit:2,offset:1)' })).items[0];
    assert.deepEqual([group.accounts.offset, group.accounts.limit, group.accounts.size, group.accounts.items.length], [1, 2, 14, 2]);
    const members = await walk(await call(group, 'getAccounts', { limit: 5 }));
    assert.deepEqual(logins(members).toSorted(), u(...range(0, people).filter((i) => i % 2 === 0)));
  });
}, crowd);
