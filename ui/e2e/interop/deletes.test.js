// Deletion: what goes, what goes with it, and what stays.

import assert from 'node:assert/strict';
import { call, inEveryWay, password, refused } from './sdk.js';

inEveryWay('deletes', async (t, world) => {
  const { client, server } = world;
  const app = await world.shop();
  const directory = await call(await call(app, 'getDefaultAccountStore'), 'getAccountStore');
  const group = await call(app, 'createGroup', { name: world.name('group') });
  const [first, second, third] = await Promise.all(['a', 'b', 'c'].map((login) => call(app, 'createAccount', world.person(login))));
  const memberships = [];
  for (const account of [first, second, third]) memberships.push(await call(group, 'addAccount', account));
  const key = await call(first, 'createApiKey');

  const gone = async (resource, method) => {
    await server.gone(resource.href);
    if (method) await refused(call(client, method, resource.href), { status: 404, code: 404 });
    await refused(call(resource, 'delete'), { status: 404, code: 404, method: 'DELETE' });
  };

  await t.test('a delete answers 204 without a body', async () => {
    const spare = await call(app, 'createGroup', { name: world.name('spare') });
    const answer = await server.raw('DELETE', spare.href);
    assert.deepEqual([answer.status, answer.text], [204, '']);
    await server.gone(spare.href);
  });

  await t.test('a membership: both sides stay', async () => {
    await call(memberships[2], 'delete');
    await gone(memberships[2], 'getGroupMembership');
    assert.equal((await call(third, 'getGroups')).size, 0);
    assert.equal((await call(group, 'getAccounts')).size, 2);
    await server.read(third.href);
  });

  await t.test('an account: its memberships, keys and custom data go, the group stays', async () => {
    await call(first, 'delete');
    await gone(first, 'getAccount');
    await server.gone(memberships[0].href);
    await server.gone(key.href);
    await server.gone(first.customData.href);
    const members = await call(group, 'getAccounts');
    assert.deepEqual(members.items.map((a) => a.href), [second.href]);
    assert.equal((await call(app, 'getAccounts')).size, 2);
    await refused(call(app, 'authenticateAccount', { username: first.email, password }), { status: 400, code: 7104 });
    const again = await call(app, 'createAccount', world.person('a'));
    assert.notEqual(again.href, first.href, 'the address is free for somebody new');
    assert.equal((await call(again, 'getGroups')).size, 0);
    assert.deepEqual(Object.keys(await server.read(again.customData.href)).sort(), ['createdAt', 'href', 'modifiedAt']);
  });

  await t.test('a group: its members stay', async () => {
    await call(group, 'delete');
    await gone(group, 'getGroup');
    await server.gone(memberships[1].href);
    assert.equal((await call(second, 'getGroups')).size, 0);
    assert.equal((await call(app, 'authenticateAccount', { username: second.email, password })).account.href, second.href);
  });

  await t.test('a mapping: no store, no login, no new account', async () => {
    const mapping = await call(app, 'getDefaultAccountStore');
    await call(mapping, 'delete');
    await gone(mapping);
    const now = await server.read(app.href);
    assert.deepEqual([now.defaultAccountStoreMapping, now.defaultGroupStoreMapping], [null, null]);
    assert.equal((await call(app, 'getAccounts')).size, 0);
    await refused(call(app, 'authenticateAccount', { username: second.email, password }), { status: 400, code: 5105 });
    await refused(call(app, 'createAccount', world.person('d')), { status: 400, code: 5100 });
    await refused(call(app, 'createGroup', { name: 'x' }), { status: 400, code: 5102 });
    await server.read(second.href);
    await call(app, 'setDefaultAccountStore', directory);
    assert.equal((await call(app, 'authenticateAccount', { username: second.email, password })).account.href, second.href);
  });

  await t.test('a directory: everything in it goes, the application stays without it', async () => {
    const inner = await call(directory, 'createGroup', { name: world.name('inner') });
    await call(directory, 'delete');
    await gone(directory, 'getDirectory');
    for (const { href } of [inner, second, third]) await server.gone(href);
    assert.equal((await server.read(app.href)).defaultAccountStoreMapping, null);
    assert.equal((await call(app, 'getAccountStoreMappings')).size, 0);
    assert.equal((await call(client, 'getAccounts', { email: second.email })).size, 0);
    const again = await call(client, 'createDirectory', { name: directory.name });
    assert.equal((await call(again, 'getAccounts')).size, 0, 'its name is free again, and it is empty');
  });

  await t.test('an application: its directory and the people in it stay', async () => {
    const other = await world.shop('Other');
    const kept = await call(other, 'createAccount', world.person('kept'));
    const { defaultAccountStoreMapping, customData } = other;
    await call(other, 'delete');
    await gone(other, 'getApplication');
    await server.gone(defaultAccountStoreMapping.href);
    await server.gone(customData.href);
    assert.equal((await server.read(kept.href)).email, kept.email);
    assert.equal((await server.read(kept.directory.href)).name, `${other.name} Directory`);
    assert.equal((await call(client, 'getApplications', { name: other.name })).size, 0);
  });
});
