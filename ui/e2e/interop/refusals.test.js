// What the server must refuse, how it says so, and that a refusal leaves
// nothing behind.

import assert from 'node:assert/strict';
import { call, inEveryWay, password, refused } from './sdk.js';

inEveryWay('refusals', async (t, world) => {
  const { client, server, base } = world;
  const app = await world.shop();
  const person = world.person('taken');
  const account = await call(app, 'createAccount', person);
  const directory = await call(client, 'getDirectory', account.directory.href);
  const group = await call(app, 'createGroup', { name: world.name('taken') });
  const elsewhere = await call(client, 'createDirectory', { name: world.name('elsewhere') });

  const taken = { status: 409, code: 2001 };
  const missing = (what) => ({ status: 400, code: 2000, userMessage: new RegExp(`${what} is required`, 'i') });
  const made = (login, more) => call(app, 'createAccount', { ...world.person(login), ...more });
  const table = {
    'an application name that is taken': [() => call(client, 'createApplication', { name: app.name }), taken],
    'a directory name that is taken': [() => call(client, 'createDirectory', { name: directory.name }), taken],
    'a group name that is taken': [() => call(app, 'createGroup', { name: group.name }), taken],
    'an e-mail that is taken': [() => made('new', { email: person.email }), taken],
    'an e-mail that is taken, in another case': [() => made('new', { email: person.email.toUpperCase() }), taken],
    'a username that is taken': [() => made('new', { username: person.username }), { ...taken, userMessage: /username/i }],
    'a username that is taken, in another case': [() => made('new', { username: person.username.toUpperCase() }), taken],
    'an application without a name': [() => call(client, 'createApplication', { description: 'x' }), missing('Application name')],
    'a directory without a name': [() => call(client, 'createDirectory', { description: 'x' }), missing('Directory name')],
    'a group without a name': [() => call(app, 'createGroup', { description: 'x' }), missing('Group name')],
    'an account without an e-mail': [() => made('new', { email: undefined }), missing('Account email')],
    'an account with a blank e-mail': [() => made('new', { email: '  ' }), missing('Account email')],
    'an account without a password': [() => made('new', { password: undefined }), missing('Account password')],
    'an e-mail that is none': [() => made('new', { email: 'nobody.example.com' }), { status: 400, code: 2006 }],
    'a password that is too short': [() => made('new', { password: 'Sh0rt' }), { status: 400, code: 2007 }],
    'a password that is too long': [() => made('new', { password: 'Aa1'.repeat(40) }), { status: 400, code: 2008 }],
    'a name that is too long': [() => call(app, 'createGroup', { name: 'n'.repeat(256) }), { status: 400, code: 2008 }],
    'a status that there is not': [() => made('new', { status: 'ASLEEP' }), { status: 400 }],
    'a directory name of createDirectory that is taken': [
      () => call(client, 'createApplication', { name: world.name('new') }, { createDirectory: directory.name }), { status: 400, code: 5010 }],
    'an empty directory name': [
      () => call(client, 'createApplication', { name: world.name('new') }, { createDirectory: '' }), { status: 400, code: 2000 }],
    'a store that there is not': [
      () => call(app, 'addAccountStore', { href: `${base}/directories/3apenYvL0Z9v9spdzpFfey` }), { status: 400, code: 2014 }],
    'a member from another directory': [async () => {
      const foreign = await call(elsewhere, 'createGroup', { name: world.name('foreign') });
      return call(foreign, 'addAccount', account);
    }, { status: 400, code: 2014 }],
  };
  for (const [name, [attempt, want]] of Object.entries(table)) {
    await t.test(name, () => refused(attempt(), want));
  }

  await t.test('an error has its six fields and its id in the header', async () => {
    for (const [method, url, body] of [['GET', `${base}/groups/x`], ['POST', app.accounts.href, { password }]]) {
      const answer = await server.raw(method, url, { body });
      assert.deepEqual(Object.keys(answer.body).sort(), ['code', 'developerMessage', 'message', 'moreInfo', 'requestId', 'status']);
      assert.equal(answer.body.status, answer.status);
      assert.equal(answer.headers.get('stormpath-request-id'), answer.body.requestId);
    }
  });

  await t.test('nothing of it was kept', async () => {
    assert.deepEqual((await call(app, 'getAccounts')).items.map((a) => a.href), [account.href]);
    assert.deepEqual((await call(app, 'getGroups')).items.map((g) => g.href), [group.href]);
    assert.equal((await call(client, 'getApplications', { name: world.name('new') })).size, 0);
    assert.equal((await call(client, 'getApplications', { name: app.name })).size, 1);
    assert.equal((await call(app, 'getAccountStoreMappings')).size, 1);
  });

  await t.test('an update that is refused changes nothing', async () => {
    const before = await server.read(account.href);
    const other = await call(app, 'createAccount', world.person('second'));
    for (const [change, want] of [
      [{ email: other.email }, taken], [{ username: other.username }, taken],
      [{ email: '' }, { status: 400, code: 2000 }], [{ password: 'short' }, { status: 400, code: 2007 }],
    ]) {
      const held = await call(await world.another(), 'getAccount', account.href);
      await refused(call(Object.assign(held, { surname: 'Changed' }, change), 'save'), want);
    }
    assert.deepEqual(await server.read(account.href), before);
    assert.equal((await call(app, 'authenticateAccount', { username: person.email, password })).account.href, account.href);
  });

  await t.test('another directory may hold the same name and the same address', async () => {
    const twin = await call(elsewhere, 'createAccount', person);
    assert.notEqual(twin.href, account.href);
    assert.equal((await call(elsewhere, 'createGroup', { name: group.name })).name, group.name);
  });

  const lookups = {
    getApplication: 'applications', getDirectory: 'directories', getGroup: 'groups', getAccount: 'accounts',
    getGroupMembership: 'groupMemberships', getOrganization: 'organizations',
  };
  for (const [method, path] of Object.entries(lookups)) {
    await t.test(`${method} of an unknown link`, async () => {
      const href = `${base}/${path}/3apenYvL0Z9v9spdzpFfey`;
      await refused(call(client, method, href), { status: 404, code: 404, userMessage: 'The requested resource does not exist.', url: href, method: 'GET' });
      await assert.rejects(call(client, method, 'bogus'), /is not a valid .* href/);
    });
  }

  await t.test('an unknown place, and the wrong kind of id', async () => {
    const id = account.href.split('/').at(-1);
    for (const path of ['nonsense', `groups/${id}`, `accounts/${id}/nonsense`]) {
      await refused(call(client, 'getResource', `${base}/${path}`), { status: 404, code: 404 });
    }
    await refused(call(client, 'createResource', account.groups.href, { name: 'x' }), { status: 405, code: 1100 });
  });
});
