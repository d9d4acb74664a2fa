// Organizations: what they are, how they are found, and the stores they look in.

import assert from 'node:assert/strict';
import { call, hrefs, inEveryWay, linksUnder, nobody, refused, storesOf, walk } from './sdk.js';

inEveryWay('organizations', async (t, world) => {
  const { client, server, base, tag } = world;
  const held = async (org) => call(await world.another(), 'getOrganization', org.href);
  const bank = await world.organization('Bank', { description: 'of A', customData: { rank: 1, branches: ['x'] } });
  const mill = await world.organization('Mill', {}, { createDirectory: true });

  await t.test('a new one', async () => {
    const { name, nameKey, description, status, constructor } = bank;
    assert.deepEqual([name, nameKey, description, status, constructor.name],
      [world.name('Bank'), `bank-${tag}`, 'of A', 'ENABLED', 'Organization']);
    assert.deepEqual([bank.defaultAccountStoreMapping, bank.defaultGroupStoreMapping], [null, null]);
    for (const method of ['getDefaultAccountStore', 'getDefaultGroupStore']) {
      assert.ok(!await call(bank, method), method);
    }
    linksUnder(base, bank);
    for (const method of ['getAccountStoreMappings', 'getAccounts', 'getGroups']) {
      assert.equal((await call(bank, method)).size, 0, method);
    }
    const data = await call(bank, 'getCustomData');
    assert.deepEqual([data.rank, data.branches], [1, ['x']]);
  });

  await t.test('one with a directory', async () => {
    const [mapping] = (await call(mill, 'getAccountStoreMappings', { expand: 'accountStore,organization' })).items;
    assert.deepEqual([mapping.listIndex, mapping.isDefaultAccountStore, mapping.isDefaultGroupStore], [0, true, true]);
    assert.deepEqual([mapping.accountStore.name, mapping.organization.nameKey], [`${mill.name} Directory`, mill.nameKey]);
    assert.match(mapping.href, /\/organizationAccountStoreMappings\/[^/]+$/);
    for (const method of ['getDefaultAccountStore', 'getDefaultGroupStore']) {
      const store = await call(mill, method);
      assert.deepEqual([store.constructor.name, store.href], ['Directory', mapping.accountStore.href], method);
    }
    const named = await world.organization('Named', {}, { createDirectory: world.name('Folks') });
    assert.equal((await call(named, 'getDefaultAccountStore')).name, world.name('Folks'));
    const without = await world.organization('Without', {}, { createDirectory: false });
    assert.equal((await call(without, 'getAccountStoreMappings')).size, 0);
    for (const org of [named, without]) await call(org, 'delete');
  });

  await t.test('what cannot be one', async (t) => {
    const before = (await call(client, 'getOrganizations', { q: tag })).size;
    const badKey = (nameKey) => [{ nameKey }, {}, { status: 400, code: 2006 }];
    const table = {
      'a nameKey in capitals': badKey(`NEW-${tag}`),
      'a nameKey with an underscore': badKey(`new_${tag}`),
      'a nameKey with a dot': badKey(`new.${tag}`),
      'a nameKey that begins with a hyphen': badKey(`-${tag}`),
      'a nameKey that ends with a hyphen': badKey(`${tag}-`),
      'a nameKey of 64': badKey('n'.repeat(64)),
      'no nameKey': [{ nameKey: undefined }, {}, { status: 400, code: 2000, userMessage: /^Organization nameKey is required/ }],
      'a blank nameKey': [{ nameKey: ' ' }, {}, { status: 400, code: 2000 }],
      'no name': [{ name: undefined }, {}, { status: 400, code: 2000, userMessage: /^Organization name is required/ }],
      'a name that is too long': [{ name: 'n'.repeat(256) }, {}, { status: 400, code: 2008 }],
      'a description that is too long': [{ description: 'd'.repeat(1001) }, {}, { status: 400, code: 2008 }],
      'a name that is taken': [{ name: bank.name.toUpperCase() }, {}, { status: 409, code: 2001 }],
      'a nameKey that is taken': [{ nameKey: bank.nameKey }, {}, { status: 409, code: 2001 }],
      'a status that there is not': [{ status: 'ASLEEP' }, {}, { status: 400 }],
      'a directory name that is taken': [{}, { createDirectory: `${mill.name} Directory` }, { status: 400, code: 4520 }],
      'an empty directory name': [{}, { createDirectory: '' }, { status: 400, code: 2000 }],
    };
    for (const [name, [more, query, want]] of Object.entries(table)) {
      await t.test(name, () => refused(world.organization('New', more, query), want));
    }
    assert.equal((await call(client, 'getOrganizations', { q: tag })).size, before, 'nothing of it was kept');
    const key = 'n'.repeat(63 - tag.length) + tag;
    const longest = await world.organization('Longest', { nameKey: key });
    assert.equal(longest.nameKey, key);
    await call(longest, 'delete');
  });

  await t.test('save() changes it, and its custom data', async () => {
    const org = await held(bank);
    Object.assign(org, { description: null, status: 'disabled', nameKey: `bank2-${tag}` });
    org.customData.rank = 2;
    await call(org, 'save');
    const now = await held(bank);
    assert.deepEqual([now.name, now.description, now.status, now.nameKey], [bank.name, null, 'DISABLED', `bank2-${tag}`]);
    const data = await call(now, 'getCustomData');
    assert.deepEqual([data.rank, data.branches], [2, ['x']]);
    await refused(call(Object.assign(now, { nameKey: mill.nameKey }), 'save'), { status: 409, code: 2001 });
    await refused(call(Object.assign(now, { nameKey: 'No' }), 'save'), { status: 400, code: 2006 });
    await call(Object.assign(now, { status: 'ENABLED', nameKey: bank.nameKey, description: 'of A' }), 'save');
    assert.equal((await held(bank)).nameKey, bank.nameKey);
  });

  const found = {
    'by name, in another case': [{ name: `BANK ${tag}` }, ['Bank']],
    'by nameKey': [{ nameKey: `mill-${tag}` }, ['Mill']],
    'by the start of the nameKey': [{ nameKey: `bank-${tag.slice(0, 6)}*` }, ['Bank']],
    'by the end of the nameKey': [{ nameKey: `*-${tag}`, orderBy: 'nameKey' }, ['Bank', 'Mill']],
    'by a part of the description': [{ description: '*f a*', q: tag }, ['Bank']],
    'by status': [{ q: tag, status: 'disabled' }, []],
    'by anything': [{ q: `ILL-${tag}` }, ['Mill']],
    'in order': [{ q: tag, orderBy: 'name' }, ['Bank', 'Mill']],
    'in reverse order': [{ q: tag, orderBy: 'name desc' }, ['Mill', 'Bank']],
    'a page of them': [{ q: tag, orderBy: 'nameKey desc', limit: 1, offset: 1 }, ['Bank'], 2],
    'of this century': [{ q: tag, createdAt: '[2000,]', orderBy: 'createdAt' }, ['Bank', 'Mill']],
    'of the last one': [{ q: tag, createdAt: '[,2000]' }, []],
  };
  for (const [name, [query, want, size = want.length]] of Object.entries(found)) {
    await t.test(`search ${name}`, async () => {
      const page = await call(client, 'getOrganizations', query);
      assert.deepEqual([page.items.map((org) => org.name), page.size], [want.map((word) => world.name(word)), size]);
    });
  }

  await t.test('what cannot be searched or ordered by is refused', async () => {
    await refused(call(client, 'getOrganizations', { email: 'x' }), { status: 400, code: 2105 });
    await refused(call(client, 'getOrganizations', { orderBy: 'email' }), { status: 400, code: 2106 });
  });

  const clerks = await world.directory('Clerks');
  const guards = await world.directory('Guards');

  await t.test('without a default store nobody is made', async () => {
    await refused(call(bank, 'createAccount', world.person('none')), { status: 400, code: 4600 });
    await refused(call(bank, 'createGroup', { name: 'none' }), { status: 400, code: 4602 });
  });

  await t.test('its default stores, mapped by the way', async () => {
    const mapping = await call(bank, 'setDefaultAccountStore', clerks);
    assert.match(mapping.href, /\/organizationAccountStoreMappings\/[^/]+$/);
    assert.deepEqual([mapping.organization.href, mapping.accountStore.href], [bank.href, clerks.href]);
    assert.deepEqual([mapping.isDefaultAccountStore, mapping.isDefaultGroupStore, mapping.listIndex], [true, false, 0]);
    await call(bank, 'setDefaultGroupStore', clerks.href);
    await call(bank, 'setDefaultGroupStore', guards);
    assert.deepEqual(await storesOf(bank), [clerks.href, guards.href]);
    const now = await call(client, 'getOrganization', bank.href);
    assert.equal((await call(now, 'getDefaultAccountStore')).href, clerks.href);
    assert.equal((await call(now, 'getDefaultGroupStore')).href, guards.href);
    assert.equal((await call(mapping, 'getOrganization')).nameKey, bank.nameKey);
    assert.deepEqual(hrefs((await call(clerks, 'getOrganizations')).items), [bank.href]);
    assert.deepEqual(hrefs((await call(clerks, 'getOrganizationMappings')).items), [mapping.href]);
  });

  let account, group;
  await t.test('new accounts and groups go there', async () => {
    account = await call(bank, 'createAccount', world.person('eve', { customData: { till: 4 } }), { expand: 'directory' });
    group = await call(bank, 'createGroup', { name: world.name('crew') });
    assert.deepEqual([account.directory.name, group.directory.href], [clerks.name, guards.href]);
    assert.equal((await call(account, 'getCustomData')).till, 4);
    const other = await call(guards, 'createAccount', world.person('kim'));
    assert.deepEqual(hrefs(await walk(await call(bank, 'getAccounts', { orderBy: 'username' }))), [account.href, other.href]);
    assert.deepEqual(hrefs((await call(bank, 'getAccounts', { email: other.email.toUpperCase() })).items), [other.href]);
    assert.deepEqual(hrefs((await call(bank, 'getGroups', { name: group.name })).items), [group.href]);
    await refused(call(bank, 'createAccount', world.person('eve')), { status: 409, code: 2001 });
  });

  await t.test('a disabled default store takes nobody in', async () => {
    for (const status of ['DISABLED', 'ENABLED']) {
      for (const store of [clerks, guards]) await server.raw('POST', store.href, { body: { status } });
      if (status === 'ENABLED') break;
      await refused(call(bank, 'createAccount', world.person('late')), { status: 400, code: 4601 });
      await refused(call(bank, 'createGroup', { name: 'late' }), { status: 400, code: 4603 });
    }
  });

  await t.test('mappings are made, put in order and deleted', async () => {
    const inFront = await call(bank, 'createAccountStoreMapping', { accountStore: group, listIndex: 0 });
    assert.deepEqual([inFront.constructor.name, inFront.listIndex, inFront.isDefaultAccountStore], ['OrganizationAccountStoreMapping', 0, false]);
    assert.equal((await call(inFront, 'getAccountStore')).name, group.name);
    assert.deepEqual(await storesOf(bank), hrefs([group, clerks, guards]));
    for (const [listIndex, want] of [[2, [clerks, guards, group]], [1, [clerks, group, guards]], [99, [clerks, guards, group]], [-1, [group, clerks, guards]]]) {
      await call(Object.assign(inFront, { listIndex }), 'save');
      assert.deepEqual(await storesOf(bank), hrefs(want), `moved to ${listIndex}`);
    }
    const spares = await Promise.all(['Spare', 'Other Spare'].map((word) => world.directory(word)));
    const made = await call(bank, 'createAccountStoreMappings', spares.map((accountStore) => ({ accountStore })));
    assert.deepEqual(made.map((m) => m.listIndex), [3, 4]);
    await call(inFront, 'delete');
    await server.gone(inFront.href);
    assert.deepEqual(await storesOf(bank), hrefs([clerks, guards, ...spares]));
    await call(spares[0], 'delete');
    await server.gone(made[0].href);
    assert.deepEqual(await storesOf(bank), hrefs([clerks, guards, spares[1]]));
  });

  const to = (href, more) => () => call(bank, 'createAccountStoreMapping', { accountStore: { href }, ...more });
  const mappings = {
    'a store twice': [to(clerks.href), { status: 400, code: 4604 }],
    'a group as group store': [() => call(bank, 'setDefaultGroupStore', group), { status: 400, code: 4612 }],
    'an organization': [() => call(bank, 'setDefaultAccountStore', mill), { status: 400, code: 4614 }],
    'an organization, in so many words': [to(mill.href), { status: 400, code: 4614 }],
    'a store that there is not': [to(`${base}/directories/${nobody}`), { status: 400, code: 2014 }],
    'no store': [() => call(bank, 'createAccountStoreMapping', {}), { status: 400, code: 2000 }],
  };
  for (const [name, [attempt, want]] of Object.entries(mappings)) {
    await t.test(`it does not map ${name}`, () => refused(attempt(), want));
  }

  await t.test('a default that goes is null', async () => {
    const now = await held(bank);
    for (const method of ['getDefaultAccountStoreMapping', 'getDefaultGroupStoreMapping']) await call(await call(now, method), 'delete');
    const { defaultAccountStoreMapping, defaultGroupStoreMapping } = await server.read(bank.href);
    assert.deepEqual([defaultAccountStoreMapping, defaultGroupStoreMapping], [null, null]);
    await refused(call(bank, 'createAccount', world.person('late')), { status: 400, code: 4600 });
    await call(bank, 'setDefaultAccountStore', group);
    const member = await call(bank, 'createAccount', world.person('member'));
    assert.equal(member.directory.href, guards.href);
    assert.deepEqual(hrefs((await call(group, 'getAccounts')).items), [member.href], 'a group as default store takes members in');
  });

  await t.test('who is in several of its stores is there once', async () => {
    await call(bank, 'createAccountStoreMapping', { accountStore: clerks });
    await call(bank, 'createAccountStoreMapping', { accountStore: guards });
    const want = ['eve', 'kim', 'member'];
    const logins = (accounts) => accounts.map((a) => a.username.replace(`-${tag}`, ''));
    for (const limit of [1, 2, 25]) {
      for (const query of [{ limit, orderBy: 'username' }, { limit, orderBy: 'username', q: tag }, { limit, orderBy: 'username', username: `*-${tag}` }]) {
        const people = [];
        for (let offset = 0; offset < want.length; offset += limit) {
          const page = await call(bank, 'getAccounts', { ...query, offset });
          assert.equal(page.size, want.length, JSON.stringify({ ...query, offset }));
          people.push(...page.items);
        }
        assert.deepEqual(logins(people), want, JSON.stringify(query));
      }
      assert.deepEqual(logins(await walk(await call(bank, 'getAccounts', { limit }))).toSorted(), want);
    }
    assert.deepEqual(logins((await call(bank, 'getAccounts', { orderBy: 'username desc' })).items), want.toReversed());
    assert.deepEqual(hrefs((await call(bank, 'getGroups')).items), [group.href]);
  });

  await t.test('expanded, and saved as it is', async () => {
    const expand = 'accounts(limit:2),groups,accountStoreMappings,defaultAccountStoreMapping,tenant,customData,accountLinkingPolicy';
    const org = await call(client, 'getOrganization', bank.href, { expand });
    assert.deepEqual([org.accounts.size, org.accounts.items.length, org.groups.items[0].name], [3, 2, group.name]);
    assert.deepEqual(hrefs(org.accountStoreMappings.items.map((m) => m.accountStore)), await storesOf(bank));
    assert.equal(org.defaultAccountStoreMapping.accountStore.href, group.href);
    assert.deepEqual([org.tenant.key, org.customData.rank, org.accountLinkingPolicy.status], [server.init.tenant.key, 2, 'DISABLED']);
    linksUnder(base, org);
    const before = await server.read(bank.href);
    await call(org, 'save');
    assert.deepEqual({ ...await server.read(bank.href), modifiedAt: null }, { ...before, modifiedAt: null });
    const tenant = await call(await world.another(), 'getCurrentTenant', { expand: 'organizations(limit:1)' });
    assert.deepEqual([tenant.organizations.limit, tenant.organizations.items.length], [1, 1]);
  });

  await t.test('deleted: its mappings go, its stores stay', async () => {
    const app = await call(client, 'createApplication', { name: world.name('App') });
    const outer = await call(app, 'addAccountStore', mill);
    const store = await call(mill, 'getDefaultAccountStore');
    const { defaultAccountStoreMapping, customData } = mill;
    await call(mill, 'delete');
    for (const { href } of [mill, outer, defaultAccountStoreMapping, customData]) await server.gone(href);
    await refused(call(client, 'getOrganization', mill.href), { status: 404, code: 404 });
    assert.equal((await server.read(store.href)).name, `${mill.name} Directory`);
    assert.deepEqual([await storesOf(app), (await call(store, 'getOrganizations')).size], [[], 0]);
    assert.equal((await world.organization('Mill')).nameKey, mill.nameKey, 'its names are free');
  });
});
