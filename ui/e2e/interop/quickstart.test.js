// A stranger's first hour: find the tenant, make an application, put people
// and groups into it, and log them in.

import assert from 'node:assert/strict';
import { idOf } from './harness.js';
import { call, inEveryWay, linksUnder, password, plain, refused, walk } from './sdk.js';

inEveryWay('quick start', async (t, world) => {
  const { client, server, base } = world;
  const init = server.init;

  await t.test('the current tenant is the one of init', async () => {
    const tenant = await call(client, 'getCurrentTenant');
    assert.equal(tenant.href, `${base}/tenants/${idOf(init.tenant.href)}`);
    assert.deepEqual([tenant.name, tenant.key], [init.tenant.name, init.tenant.key]);
    linksUnder(base, tenant);
    assert.equal(await call(client, 'getCurrentTenant'), tenant, 'asked twice, the SDK answers by itself');
  });

  await t.test('the redirect to the tenant stays on the host and keeps the query', async () => {
    const tenant = `${base}/tenants/${idOf(init.tenant.href)}`;
    for (const query of ['', '?expand=applications']) {
      const answer = await server.raw('GET', `${base}/tenants/current${query}`);
      assert.deepEqual([answer.status, answer.headers.get('location'), answer.text], [302, tenant + query, '']);
    }
    const expanded = await call(await world.another(), 'getCurrentTenant', { expand: 'applications,customData' });
    assert.ok(expanded.applications.items.some((app) => app.name === 'My Application'));
    assert.match(expanded.customData.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  await t.test('My Application is found by its name', async () => {
    const found = await call(client, 'getApplications', { name: 'My Application' });
    const made = init.applications.find((app) => app.name === 'My Application');
    assert.deepEqual([found.size, found.offset, found.limit, found.items.length], [1, 0, 25, 1]);
    assert.equal(found.items[0].href, `${base}/applications/${idOf(made.href)}`);
    assert.equal(found.items[0].constructor.name, 'Application');
    linksUnder(base, found);
  });

  const app = await world.shop();
  const first = await call(await call(app, 'getDefaultAccountStore'), 'getAccountStore');
  let second, third;

  await t.test('createDirectory makes the directory that is default for accounts and groups', async () => {
    assert.deepEqual([app.name, app.status, app.description], [world.name('Shop'), 'ENABLED', null]);
    linksUnder(base, app);
    assert.equal(first.name, `${app.name} Directory`);
    assert.equal(first.constructor.name, 'Directory');
    const mapping = await server.read(app.defaultAccountStoreMapping.href);
    assert.deepEqual(
      [mapping.listIndex, mapping.isDefaultAccountStore, mapping.isDefaultGroupStore, mapping.accountStore.href, mapping.application.href],
      [0, true, true, first.href, app.href],
    );
    assert.equal(app.defaultGroupStoreMapping.href, mapping.href);
  });

  await t.test('a create answers 201 with the place, an update 200', async () => {
    const created = await server.raw('POST', `${base}/directories`, { body: { name: world.name('Raw') } });
    assert.deepEqual([created.status, created.headers.get('location')], [201, created.body.href]);
    const updated = await server.raw('POST', created.body.href, { body: { description: 'x' } });
    assert.deepEqual([updated.status, updated.body.description, updated.body.name], [200, 'x', world.name('Raw')]);
    for (const answer of [created, updated]) {
      assert.match(answer.headers.get('content-type'), /^application\/json; ?charset=utf-8$/i);
      assert.match(answer.headers.get('stormpath-request-id'), /\S/);
    }
  });

  await t.test('further directories are mapped behind or before it', async () => {
    second = await call(client, 'createDirectory', { name: world.name('Second'), description: 'for staff' });
    const behind = await call(app, 'addAccountStore', second);
    assert.deepEqual(
      [behind.listIndex, behind.isDefaultAccountStore, behind.isDefaultGroupStore, behind.accountStore.href],
      [1, false, false, second.href],
    );
    third = await call(client, 'createDirectory', { name: world.name('Third') });
    const before = await call(app, 'createAccountStoreMapping', { accountStore: third, listIndex: 0 });
    assert.equal(before.listIndex, 0, 'the whole directory was posted as the store');
    const mappings = await walk(await call(app, 'getAccountStoreMappings'));
    const order = Object.fromEntries(mappings.map((m) => [m.accountStore.href, m.listIndex]));
    assert.deepEqual(order, { [third.href]: 0, [first.href]: 1, [second.href]: 2 });
    await refused(call(app, 'addAccountStore', second), { status: 400, code: 5104 });
  });

  await t.test('the default store moves and comes back', async () => {
    for (const store of [second, first]) {
      await call(app, 'setDefaultAccountStore', store);
      const now = await call(client, 'getApplication', app.href);
      const holders = (await walk(await call(app, 'getAccountStoreMappings'))).filter((m) => m.isDefaultAccountStore);
      assert.deepEqual(holders.map((m) => m.accountStore.href), [store.href]);
      assert.equal(now.defaultAccountStoreMapping.href, holders[0].href);
    }
  });

  let account, group;
  const person = world.person('picard', { customData: { rank: 'captain', crew: [1, 2], ship: { deck: 7 } } });

  await t.test('an account and a group go into the default directory', async () => {
    group = await call(app, 'createGroup', { name: world.name('officers'), description: 'the bridge' });
    account = await call(app, 'createAccount', person);
    assert.deepEqual([group.directory.href, account.directory.href], [first.href, first.href]);
    assert.deepEqual(
      [account.username, account.email, account.givenName, account.middleName, account.surname, account.fullName, account.status],
      [person.username, person.email, 'Jean-Luc', null, 'Picard', 'Jean-Luc Picard', 'ENABLED'],
    );
    assert.equal(account.emailVerificationToken, null);
    assert.ok(!('password' in account) && !JSON.stringify(await server.read(account.href)).includes(password));
    linksUnder(base, [group, account]);
    const data = await call(account, 'getCustomData');
    assert.deepEqual([data.rank, data.crew, data.ship], ['captain', [1, 2], { deck: 7 }]);
  });

  await t.test('without a username the e-mail is one', async () => {
    const { username, ...rest } = world.person('riker');
    const other = await call(app, 'createAccount', rest);
    assert.deepEqual([other.username, other.email], [rest.email, rest.email]);
  });

  await t.test('the account joins the group, once', async () => {
    const membership = await call(group, 'addAccount', account);
    assert.deepEqual([membership.account.href, membership.group.href], [account.href, group.href]);
    assert.match(membership.href, /\/groupMemberships\/[^/]+$/);
    assert.equal((await call(membership, 'getAccount')).email, person.email);
    const groups = await call(account, 'getGroups');
    const members = await call(group, 'getAccounts');
    assert.deepEqual([groups.size, groups.items[0].href], [1, group.href]);
    assert.deepEqual([members.size, members.items[0].href], [1, account.href]);
    assert.equal((await call(group, 'getAccountMemberships')).items[0].href, membership.href);
    await refused(call(account, 'addToGroup', group), { status: 409, code: 2001 });
    assert.equal((await call(account, 'getGroupMemberships')).size, 1);
  });

  await t.test('login', async (t) => {
    const stranger = await call(client, 'createDirectory', { name: world.name('Unmapped') });
    const login = (more) => call(app, 'authenticateAccount', { username: person.username, password, ...more });
    const enters = {
      'by username': {},
      'by e-mail': { username: person.email },
      'in another case': { username: person.email.toUpperCase() },
      'with the store as a link': { accountStore: first.href },
      'with the store as an object': { accountStore: { href: first.href } },
      'with the store as a whole directory': { accountStore: first },
    };
    for (const [name, attempt] of Object.entries(enters)) {
      await t.test(name, async () => {
        const result = await login(attempt);
        assert.deepEqual([result.account.href, result.account.username, result.account.status], [account.href, person.username, 'ENABLED']);
        linksUnder(base, result);
        assert.equal((await call(result, 'getAccount')).email, person.email);
      });
    }
    const wrong = 'Invalid username or password.';
    const fails = {
      'with a wrong password': [{ password: 'Wr0ngPassword' }, { code: 7100, userMessage: wrong, developerMessage: /password is incorrect/ }],
      'with a piece of the password': [{ password: password.split(':')[0] }, { code: 7100, userMessage: wrong }],
      'of nobody': [{ username: `nobody-${world.tag}` }, { code: 7104, userMessage: wrong, developerMessage: /no Account/ }],
      'in a store that has not the account': [{ accountStore: second.href }, { code: 7104, userMessage: wrong }],
      'in a store that is not mapped': [{ accountStore: stranger.href }, { code: 5114 }],
    };
    for (const [name, [attempt, want]] of Object.entries(fails)) {
      await t.test(name, () => refused(login(attempt), { status: 400, ...want }));
    }
  });

  await t.test('a disabled account does not log in until it is enabled', async () => {
    const attempt = { username: person.email, password };
    account.status = 'DISABLED';
    account = await call(account, 'save');
    assert.equal(account.status, 'DISABLED');
    await refused(call(app, 'authenticateAccount', attempt), { status: 400, code: 7101 });
    account.status = 'enabled';
    account = await call(account, 'save');
    assert.equal(account.status, 'ENABLED', 'enums are taken in any case and given in upper case');
    assert.equal((await call(app, 'authenticateAccount', attempt)).account.href, account.href);
  });

  await t.test('a new password replaces the old one', async () => {
    account.password = 'An0ther:Password';
    account = await call(account, 'save');
    await refused(call(app, 'authenticateAccount', { username: person.email, password }), { status: 400, code: 7100 });
    const result = await call(app, 'authenticateAccount', { username: person.email, password: 'An0ther:Password' });
    assert.equal(result.account.href, account.href);
  });

  await t.test('save() changes what was changed and nothing else', async (t) => {
    const loads = {
      'as held': undefined,
      'with everything expanded': { expand: 'directory,tenant,customData,groups,groupMemberships,providerData' },
    };
    for (const [name, options] of Object.entries(loads)) {
      await t.test(name, async () => {
        const before = await server.read(account.href);
        const data = await server.read(before.customData.href);
        const held = await call(client, 'getAccount', account.href, ...(options ? [options] : []));
        held.middleName = name;
        const saved = await call(held, 'save');
        const changed = { middleName: name, fullName: `Jean-Luc ${name} Picard` };
        const now = await server.read(account.href);
        assert.ok(now.modifiedAt >= before.modifiedAt);
        assert.deepEqual(now, { ...before, ...changed, modifiedAt: now.modifiedAt });
        assert.deepEqual([saved.middleName, saved.fullName], Object.values(changed));
        const kept = await server.read(before.customData.href);
        assert.deepEqual({ ...kept, modifiedAt: null }, { ...data, modifiedAt: null });
        assert.equal((await server.read(group.href)).name, group.name);
      });
    }
    await t.test('and a part of it, posted without the SDK, leaves the rest', async () => {
      const before = await server.read(account.href);
      const { status, body } = await server.raw('POST', account.href, { body: { givenName: 'Luc', middleName: null } });
      assert.deepEqual([status, body], [200, { ...before, givenName: 'Luc', middleName: null, fullName: 'Luc Picard', modifiedAt: body.modifiedAt }]);
    });
    for (const [name, held] of Object.entries({ application: app, directory: second, group })) {
      await t.test(name, async () => {
        const fresh = await call(client, 'getResource', held.href, Object.getPrototypeOf(held).constructor);
        const before = await server.read(held.href);
        fresh.description = `of ${name}`;
        await call(fresh, 'save');
        const now = await server.read(held.href);
        assert.deepEqual(now, { ...before, description: `of ${name}`, modifiedAt: now.modifiedAt });
        assert.deepEqual(plain(await call(client, 'getResource', held.href)), now);
      });
    }
  });
});
