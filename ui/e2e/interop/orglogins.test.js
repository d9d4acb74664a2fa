// How people sign in through organizations, and where new ones go.

import assert from 'node:assert/strict';
import { call, hrefs, inEveryWay, linksUnder, nobody, password, refused, storesOf, walk } from './sdk.js';

inEveryWay('logins through organizations', async (t, world) => {
  const { client, server, base } = world;
  const app = await call(client, 'createApplication', { name: world.name('App') });
  const staff = await world.directory('Staff');
  const people = await world.directory('People');
  const crew = await call(staff, 'createGroup', { name: world.name('crew') });
  const [bank, mill, shell] = await Promise.all(['Bank', 'Mill', 'Shell'].map((word) => world.organization(word)));
  for (const org of [bank, mill]) await call(org, 'setDefaultAccountStore', people);
  const other = 'An0ther:Password';
  const bob = await call(staff, 'createAccount', world.person('bob'));
  const ann = await call(staff, 'createAccount', world.person('ann'));
  const twin = await call(people, 'createAccount', world.person('bob', { password: other }));
  const zoe = await call(people, 'createAccount', world.person('zoe'));
  await call(crew, 'addAccount', bob);
  const login = (account, accountStore, secret = password) =>
    call(app, 'authenticateAccount', { username: account.email, password: secret, ...accountStore && { accountStore } });

  await t.test('an application without stores', () => refused(login(bob), { status: 400, code: 5105 }));

  await t.test('a group in front, an organization behind', async () => {
    await call(app, 'addAccountStore', crew);
    const mapping = await call(app, 'createAccountStoreMapping', { accountStore: bank });
    await call(app, 'createAccountStoreMapping', { accountStore: shell });
    assert.deepEqual(await storesOf(app), hrefs([crew, bank, shell]));
    const store = await call(mapping, 'getAccountStore');
    assert.deepEqual([store.constructor.name, store.nameKey], ['Organization', bank.nameKey]);
    assert.deepEqual(new Set(hrefs(await walk(await call(app, 'getAccounts')))), new Set(hrefs([bob, twin, zoe])));
    assert.deepEqual(hrefs((await call(app, 'getGroups')).items), [crew.href]);
    for (const [account, want] of [[bob, 1], [twin, 1], [ann, 0]]) {
      assert.equal((await server.read(account.applications.href)).size, want, account.href);
    }
  });

  const enters = {
    'the member of the group': [bob, undefined, password, bob],
    'the member of the group, named': [bob, crew, password, bob],
    'somebody of the organization': [zoe, undefined, password, zoe],
    'by the link of the organization': [twin, bank.href, other, twin],
    'by the organization as a whole': [twin, bank, other, twin],
    'by the nameKey': [twin, { nameKey: bank.nameKey }, other, twin],
    'by the nameKey in capitals': [twin, { nameKey: bank.nameKey.toUpperCase() }, other, twin],
    'by the directory behind the organization': [twin, people.href, other, twin],
  };
  for (const [name, [account, store, secret, want]] of Object.entries(enters)) {
    await t.test(`enters: ${name}`, async () => {
      const result = await login(account, store, secret);
      assert.deepEqual([result.account.href, result.account.email], [want.href, want.email]);
      linksUnder(base, result);
    });
  }

  const wrong = 'Invalid username or password.';
  const fails = {
    'the first store that has the login decides': [twin, undefined, other, { code: 7100, userMessage: wrong }],
    'the password of the other': [bob, bank, password, { code: 7100, userMessage: wrong }],
    'who is not in the group': [ann, undefined, password, { code: 7104, userMessage: wrong }],
    'who is not in the group, by the group': [ann, crew, password, { code: 7104 }],
    'who is not in the organization': [ann, { nameKey: bank.nameKey }, password, { code: 7104 }],
    'the directory of the group, which is not mapped': [bob, staff, password, { code: 5114 }],
    'an organization that is not mapped': [zoe, mill, password, { code: 5114 }],
    'the nameKey of one that is not mapped': [zoe, { nameKey: mill.nameKey }, password, { code: 5114 }],
    'an unknown nameKey': [zoe, { nameKey: `nobody-${world.tag}` }, password, { code: 2014 }],
    'an unknown link': [zoe, `${base}/organizations/${nobody}`, password, { code: 2014 }],
    'an organization without stores': [zoe, shell, password, { code: 4605 }],
    'the nameKey of one without stores': [zoe, { nameKey: shell.nameKey }, password, { code: 4605 }],
  };
  for (const [name, [account, store, secret, want]] of Object.entries(fails)) {
    await t.test(`refused: ${name}`, () => refused(login(account, store, secret), { status: 400, ...want }));
  }

  const disabled = { 'a group': [crew, bob, [undefined, crew], 7105], 'a directory': [people, zoe, [undefined, bank, people], 7106],
    'an organization': [bank, zoe, [undefined, bank.href, { nameKey: bank.nameKey }, people], 7107] };
  for (const [name, [store, account, ways, code]] of Object.entries(disabled)) {
    await t.test(`${name} that is disabled`, async () => {
      await call(Object.assign(store, { status: 'DISABLED' }), 'save');
      for (const way of ways) await refused(login(account, way), { status: 400, code });
      await refused(login(account, ways[1], 'Wr0ngPassword'), { status: 400, code: 7100 });
      await call(Object.assign(store, { status: 'ENABLED' }), 'save');
      for (const way of ways) assert.equal((await login(account, way)).account.href, account.href);
    });
  }

  await t.test('a password is reset by the nameKey', async () => {
    const reset = (nameKey) => call(app, 'sendPasswordResetEmail', { email: twin.email, accountStore: { nameKey } });
    const token = await reset(bank.nameKey);
    assert.equal(token.account.href, twin.href);
    await refused(reset(mill.nameKey), { status: 400, code: 5114 });
    await refused(reset('nobody'), { status: 400, code: 2014 });
    const next = 'Th1rd:Password';
    const done = await call(app, 'resetPassword', token.href.split('/').at(-1), next);
    assert.equal(done.account.href, twin.href);
    assert.equal((await login(twin, bank, next)).account.href, twin.href);
    assert.equal((await login(bob)).account.href, bob.href);
    await call(app, 'resetPassword', (await reset(bank.nameKey)).href.split('/').at(-1), other);
  });

  await t.test('an organization as default store hands on to its own', async () => {
    await call(app, 'setDefaultAccountStore', bank);
    await call(bank, 'setDefaultGroupStore', people);
    await call(app, 'setDefaultGroupStore', bank);
    const made = await call(app, 'createAccount', world.person('new'));
    const group = await call(app, 'createGroup', { name: world.name('new') });
    assert.deepEqual([made.directory.href, group.directory.href], [people.href, people.href]);
    assert.equal((await login(made, { nameKey: bank.nameKey })).account.href, made.href);
    await server.raw('POST', people.href, { body: { status: 'DISABLED' } });
    await refused(call(app, 'createAccount', world.person('late')), { status: 400, code: 5117 });
    await refused(call(app, 'createGroup', { name: 'late' }), { status: 400, code: 5119 });
    await server.raw('POST', people.href, { body: { status: 'ENABLED' } });
    await call(app, 'setDefaultAccountStore', shell);
    await call(app, 'setDefaultGroupStore', shell);
    await refused(call(app, 'createAccount', world.person('late')), { status: 400, code: 5116 });
    await refused(call(app, 'createGroup', { name: 'late' }), { status: 400, code: 5118 });
  });

  await t.test('who leaves the group is found in the organization next', async () => {
    await call((await call(crew, 'getAccountMemberships')).items[0], 'delete');
    await refused(login(bob), { status: 400, code: 7100 });
    assert.equal((await login(bob, undefined, other)).account.href, twin.href);
    await call((await call(bank, 'getAccountStoreMappings')).items[0], 'delete');
    await refused(login(bob, undefined, other), { status: 400, code: 7104 });
    await refused(login(bob, bank, other), { status: 400, code: 4605 });
  });
});
