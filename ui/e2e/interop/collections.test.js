// Collections: pages that neither lose nor repeat an item, searches that find
// what they name, and orders that hold over all pages.

import assert from 'node:assert/strict';
import { call, inEveryWay, linksUnder, refused, walk } from './sdk.js';

const people = 27;

/** One directory of 27 people, more than a page, which all runs only read. */
async function crowd(world) {
  const app = await world.shop('Crowd');
  const number = (i) => String(i).padStart(2, '0');
  const create = async (i) => call(app, 'createAccount', world.person(`u${number(i)}`, {
    givenName: i % 2 ? 'Odd' : 'Even', surname: `Surname${number(people - i)}`, status: i < 3 ? 'DISABLED' : 'ENABLED',
    customData: {
      index: i, tag: world.tag, score: i / 2, plan: i % 3 ? 'Silver' : 'Gold', joined: `2016-02-${number(i + 1)}`,
      address: { city: `Köln ${number(i)}` }, tags: ['everyone', i % 2 ? 'odd' : 'even'],
    },
  }));
  for (let i = 0; i < people; i += 3) await Promise.all([i, i + 1, i + 2].map(create));
  const group = await call(app, 'createGroup', {
    name: world.name('Even Ones'), description: 'every second one', customData: { floor: 4, tag: world.tag },
  });
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
  const all = range(0, people);
  const even = all.filter((i) => i % 2 === 0);
  const gold = all.filter((i) => i % 3 === 0);
  const searches = {
    'a username': [{ username: `u07-${tag}` }, [7]],
    'an e-mail, in another case': [{ email: `U08-${tag}@EXAMPLE.com` }, [8]],
    'a part without a wildcard': [{ username: 'u07' }, []],
    'what it begins with': [{ username: 'U0*' }, range(0, 10)],
    'what it ends with': [{ surname: '*9' }, [8, 18]],
    'what is in it': [{ email: '*2-*' }, [2, 12, 22]],
    'a wildcard alone': [{ givenName: '*' }, all],
    'a character that a URL escapes': [{ email: '*&*' }, []],
    'a status, in another case': [{ status: 'disabled' }, [0, 1, 2]],
    'two attributes': [{ givenName: 'odd', surname: 'surname0*' }, [19, 21, 23, 25]],
    'two attributes of which one does not fit': [{ username: `u09-${tag}`, email: `u10-${tag}@example.com` }, []],
    'q, in any attribute and case': [{ q: 'NAME2' }, range(0, 8)],
    'q that is in none': [{ q: 'nobody' }, []],
    'q of nothing': [{ q: '' }, all],
    'q and an attribute': [{ q: 'u0', givenName: 'EVEN' }, [0, 2, 4, 6, 8]],
    'a number in custom data': [{ 'customData.index': 7 }, [7]],
    'numbers from and to': [{ 'customData.index': '[3,5]' }, [3, 4, 5]],
    'numbers between': [{ 'customData.index': '(3,5)' }, [4]],
    'fractions': [{ 'customData.score': '[11.5,12.5)' }, [23, 24]],
    'numbers without an end': [{ 'customData.index': '[24,]' }, [24, 25, 26]],
    'text in custom data, in another case': [{ 'customData.plan': 'gOLD' }, gold],
    'text in custom data with a wildcard': [{ 'customData.plan': 'sil*' }, all.filter((i) => i % 3)],
    'a key within a key': [{ 'customData.address.city': 'köln 04' }, [4]],
    'an element of a list': [{ 'customData.tags': 'even' }, even],
    'dates in custom data': [{ 'customData.joined': '[2016-02-10,2016-02-12)' }, [9, 10]],
    'a key that nobody has': [{ 'customData.shoe': '*' }, []],
    'custom data, an attribute and q': [{ 'customData.plan': 'gold', givenName: 'even', q: 'surname2' }, [0, 6]],
  };
  for (const [name, [query, want]] of Object.entries(searches)) {
    await t.test(`search by ${name}`, async () => {
      const page = await accounts({ ...query, limit: 100 });
      assert.deepEqual([logins(page.items).toSorted(), page.size], [u(...want), want.length]);
      assert.equal(page.href, app.accounts.href);
    });
  }

  await t.test('search by time', async () => {
    const everyone = await walk(await accounts());
    for (const attribute of ['createdAt', 'modifiedAt', 'passwordModifiedAt']) {
      const times = everyone.map((account) => account[attribute]).toSorted();
      const [from, to] = [times[5], times[20]];
      const year = from.slice(0, 4);
      for (const [asked, wanted] of [
        [`[${from},${to}]`, (at) => at >= from && at <= to], [`(${from}, ${to})`, (at) => at > from && at < to],
        [`[${from},]`, (at) => at >= from], [`[,${to})`, (at) => at < to], [`[${from.replace('Z', '')},]`, (at) => at >= from],
        [year, (at) => at.startsWith(year)], [from.slice(0, 10), (at) => at.startsWith(from.slice(0, 10))],
        [from.slice(0, 19), (at) => at.startsWith(from.slice(0, 19))], ['[2011,2012)', () => false], ['2012-05', () => false],
      ]) {
        const page = await accounts({ [attribute]: asked, limit: 100 });
        const want = everyone.filter((account) => wanted(account[attribute]));
        assert.deepEqual([logins(page.items).toSorted(), page.size], [logins(want).toSorted(), want.length], `${attribute}=${asked}`);
      }
    }
  });

  const orders = {
    surname: all.toReversed(),
    'surname desc': all,
    'email asc': all,
    'username DESC': all.toReversed(),
    'givenName,surname desc': [...even, ...all.filter((i) => i % 2)],
    'givenName desc, surname': [...all.filter((i) => i % 2).toReversed(), ...even.toReversed()],
    'customData.index desc': all.toReversed(),
    'customData.plan,customData.index': [...gold, ...all.filter((i) => i % 3)],
    'status,email': [...range(0, 3), ...range(3, people)],
  };
  for (const [orderBy, want] of Object.entries(orders)) {
    await t.test(`order by ${orderBy}, page by page`, async () => {
      assert.deepEqual(logins((await accounts({ orderBy })).items), u(...want.slice(0, 25)));
      assert.deepEqual(logins(await walk(await accounts({ orderBy, limit: 10 }))), u(...want));
    });
  }

  await t.test('each() goes on through what a search finds, in its order', async () => {
    const query = { q: `-${tag}`, givenName: 'e*', 'customData.index': '[4,]', orderBy: 'surname', limit: 5 };
    const want = even.filter((i) => i >= 4).toReversed();
    const page = await accounts(query);
    assert.deepEqual([page.size, page.items.length, logins(page.items)], [want.length, 5, u(...want.slice(0, 5))]);
    assert.deepEqual(logins(await walk(page)), u(...want));
    assert.deepEqual(logins((await accounts({ ...query, offset: 10 })).items), u(...want.slice(10)));
    assert.deepEqual((await accounts({ ...query, offset: 50 })).items, []);
  });

  const unasked = [
    [{ usernme: 'x' }, 2105], [{ fullName: 'Odd*' }, 2105], [{ status: 'dis*' }, 2105], [{ password: 'x' }, 2105], [{ customData: 'x' }, 2105],
    [{ createdAt: 'yesterday' }, 2103], [{ createdAt: '[2015' }, 2103], [{ createdAt: '[2016,2015]' }, 2108], [{ username: '' }, 2101],
    [{ orderBy: 'nonsense' }, 2106], [{ orderBy: 'surname sideways' }, 2104], [{ limit: 0 }, 2103], [{ offset: -1 }, 2103],
    [{ expand: 'nonsense' }, 2107],
  ];
  await t.test('what cannot be searched or ordered by is refused, not ignored', async () => {
    for (const [query, code] of unasked) {
      await refused(accounts(query), { status: 400, code }).catch((err) => assert.fail(`${JSON.stringify(query)}: ${err.message}`));
    }
  });

  const directory = await call(await call(app, 'getDefaultAccountStore'), 'getAccountStore');
  const group = (await call(client, 'getGroups', { name: crowd.group })).items[0];

  await t.test('the same people through the tenant, the directory and a group', async () => {
    const queries = [
      [{ username: `U05-${tag}` }, [5]],
      [{ 'customData.index': '[4,8]', 'customData.tag': tag, givenName: 'even' }, [4, 6, 8]],
      [{ q: tag, 'customData.score': '[12,13]', givenName: 'even', orderBy: 'surname' }, [26, 24]],
    ];
    for (const [query, want] of queries) {
      for (const owner of [client, app, directory]) {
        const page = await call(owner, 'getAccounts', query);
        const found = query.orderBy ? logins(page.items) : logins(page.items).toSorted();
        assert.deepEqual([found, page.size], [u(...want), want.length], JSON.stringify(query));
      }
    }
    for (const [query, want] of [[{ q: tag }, even], [{ surname: '*3' }, [4, 14, 24]], [{ givenName: 'odd' }, []]]) {
      const page = await call(group, 'getAccounts', { ...query, orderBy: 'surname desc' });
      assert.deepEqual([logins(page.items), page.size], [u(...want), want.length]);
    }
  });

  await t.test('applications, directories and groups', async () => {
    for (const [owner, method, name, description] of [
      [client, 'getApplications', crowd.app], [client, 'getDirectories', `${crowd.app} Directory`],
      [client, 'getGroups', crowd.group, 'Second'], [app, 'getGroups', crowd.group, 'Second'], [directory, 'getGroups', crowd.group, 'Second'],
    ]) {
      const found = async (query) => (await call(owner, method, query)).items.map((item) => item.name);
      const queries = [
        { name }, { name: name.toUpperCase() }, { name: `${name.slice(0, 6)}*`, q: tag }, { name: `*${name.slice(4)}` }, { q: name.slice(2) },
        { name, status: 'ENABLED' }, { name, createdAt: '[2015,]', orderBy: 'name desc' },
        ...(description ? [{ description: `*${description}*`, name }, { q: description, name }] : []),
      ];
      for (const query of queries) assert.deepEqual(await found(query), [name], `${method} ${JSON.stringify(query)}`);
      for (const query of [{ name: `${name}x` }, { name, status: 'DISABLED' }, { name, modifiedAt: '[,2015]' }]) {
        assert.deepEqual(await found(query), [], `${method} ${JSON.stringify(query)}`);
      }
    }
  });

  await t.test('groups by their custom data, and those of one account', async () => {
    const member = (await accounts({ username: `u04-${tag}` })).items[0];
    for (const [owner, query, size] of [
      [client, { 'customData.floor': '[4,5)', 'customData.tag': tag }, 1], [directory, { 'customData.floor': 4 }, 1],
      [directory, { 'customData.floor': 5 }, 0], [member, { name: 'even*' }, 1], [member, { q: 'odd' }, 0],
    ]) {
      const found = await call(owner, 'getGroups', query);
      assert.deepEqual([found.size, found.items.map((item) => item.name)], [size, size ? [crowd.group] : []], JSON.stringify(query));
    }
  });
}, crowd);
