// Account links, the policy that has a login follow them, and people who come
// with the hash of their password.

import assert from 'node:assert/strict';
import { call, hrefs, inEveryWay, linksUnder, nobody, password, refused, walk } from './sdk.js';

/** Hashes of other systems, from the tests of those who define them. */
const hashes = {
  stormpath2: ['123456', '$stormpath2$MD5$1$OWI3OTQwYjEwODEwOTdkNTcwZDY5NjQ2ZDNlNmZjNzM=$ULWTW74NXPyLYj3VfYHWrg=='],
  bcrypt: ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
};
const mcf = { passwordFormat: 'mcf' };

/** Somebody who is linked as often as one may be, and somebody who is not yet. */
async function crowd(world) {
  const lonely = async (i) => call(await world.directory(`D${i}`), 'createAccount', world.person(`p${i}`, { password: hashes.stormpath2[1] }), mcf);
  const [hub, late] = await Promise.all([lonely('hub'), lonely('late')]);
  for (let i = 0; i < 100; i += 10) {
    const friends = await Promise.all(Array.from({ length: 10 }, (_, j) => lonely(i + j)));
    for (const friend of friends) await call(hub, 'createAccountLink', friend);
  }
  return { hub: new URL(hub.href).pathname, late: new URL(late.href).pathname };
}

inEveryWay('account links', async (t, world, { hub, late }) => {
  const { client, server, base } = world;
  const tenant = await call(client, 'getCurrentTenant');
  const [first, second, third] = await Promise.all(['First', 'Second', 'Third'].map((word) => world.directory(word)));
  const [ann, zoe, yan, cat] = await Promise.all([[first, 'ann'], [second, 'zoe'], [second, 'yan'], [third, 'cat']]
    .map(([owner, login]) => call(owner, 'createAccount', world.person(login))));
  const group = await call(first, 'createGroup', { name: world.name('group') });
  const link = await call(ann, 'createAccountLink', zoe);

  await t.test('a new link', async () => {
    assert.match(link.href, /\/accountLinks\/[^/]+$/);
    assert.deepEqual([link.leftAccount.href, link.rightAccount.href], [ann.href, zoe.href]);
    linksUnder(base, link);
    assert.equal((await call(link, 'getLeftAccount')).email, ann.email);
    assert.equal((await call(link, 'getRightAccount')).email, zoe.email);
  });

  await t.test('both see each other', async () => {
    const other = await call(tenant, 'createAccountLink', cat, ann, { expand: 'leftAccount,rightAccount' });
    assert.deepEqual([other.leftAccount.email, other.rightAccount.email], [cat.email, ann.email]);
    for (const [account, links, linked] of [[ann, [link, other], [zoe, cat]], [zoe, [link], [ann]], [cat, [other], [ann]], [yan, [], []]]) {
      const held = await call(account, 'getAccountLinks');
      assert.deepEqual(new Set(hrefs(held.items)), new Set(hrefs(links)), account.email);
      assert.equal(held.size, links.length);
      const people = await walk(await call(account, 'getLinkedAccounts'));
      assert.deepEqual(new Set(people.map((p) => p.email)), new Set(linked.map((p) => p.email)), account.email);
      assert.ok(people.every((p) => p.constructor.name === 'Account'));
    }
    const whole = await call(client, 'getAccount', zoe.href, { expand: 'linkedAccounts,accountLinks(offset:0,limit:1)' });
    assert.deepEqual([hrefs(whole.linkedAccounts.items), hrefs(whole.accountLinks.items)], [[ann.href], [link.href]]);
    await call(other, 'delete');
  });

  const full = { href: new URL(hub, base).href };
  const between = (left, right) => () => call(tenant, 'createAccountLink', left, right);
  const table = {
    'a link that there is': [between(ann, zoe), { status: 409, code: 7500 }],
    'a link that there is, the other way round': [() => call(zoe, 'createAccountLink', ann), { status: 409, code: 7500 }],
    'an account and itself': [between(yan, yan), { status: 400, code: 7501 }],
    'an account and a group': [between(yan, group), { status: 400, code: 7502 }],
    'an account and a link to elsewhere': [between(yan, { href: ann.href.replace(base, 'https://api.example.com/v1') }), { status: 400, code: 7502 }],
    'one more than there may be': [between(full, { href: new URL(late, base).href }), { status: 400, code: 7503 }],
    'two accounts of a directory': [between(yan, zoe), { status: 409, code: 7504 }],
    'a second account of a directory': [between(yan, ann), { status: 409, code: 7505 }],
    'a second account of a directory, the other way round': [between(ann, yan), { status: 409, code: 7505 }],
    'an account and nobody': [between(yan, { href: `${base}/accounts/${nobody}` }), { status: 404, code: 404 }],
  };
  for (const [name, [attempt, want]] of Object.entries(table)) {
    await t.test(`refused: ${name}`, () => refused(attempt(), want));
  }

  await t.test('the link that there is, is where the refusal says', async () => {
    const body = { leftAccount: { href: zoe.href }, rightAccount: { href: ann.href } };
    const answer = await server.raw('POST', `${base}/accountLinks`, { body });
    assert.deepEqual([answer.status, answer.headers.get('location')], [409, link.href]);
  });

  await t.test('nothing of it was kept', async () => {
    assert.equal((await call(yan, 'getAccountLinks')).size, 0);
    assert.equal((await call(ann, 'getAccountLinks')).size, 1);
    const page = await server.read(`${full.href}/accountLinks?limit=1`);
    assert.equal(page.size, 100);
  });

  await t.test('each() meets all of a hundred', async () => {
    const account = await call(client, 'getAccount', full.href);
    const people = await walk(await call(account, 'getLinkedAccounts', { limit: 30 }));
    assert.deepEqual([people.length, new Set(hrefs(people)).size], [100, 100]);
  });

  await t.test('a link is not changed, but deleted', async () => {
    link.rightAccount = { href: yan.href };
    await refused(call(link, 'save'), { status: 405, code: 1100 });
    await call(link, 'delete');
    await server.gone(link.href);
    for (const account of [ann, zoe]) assert.equal((await call(account, 'getLinkedAccounts')).size, 0);
    const again = await call(yan, 'createAccountLink', ann);
    await call(yan, 'delete');
    await server.gone(again.href);
    assert.equal((await call(ann, 'getAccountLinks')).size, 0, 'it goes with either account');
  });
}, crowd);

inEveryWay('account linking policies', async (t, world) => {
  const { client, server, base } = world;
  const app = await world.shop();
  const outside = await world.directory('Outside');
  const org = await world.organization('Bank');
  await call(org, 'createAccountStoreMapping', { accountStore: outside });
  const zoe = await call(app, 'createAccount', world.person('zoe'));
  const ann = await call(outside, 'createAccount', world.person('ann'));
  const bea = await call(outside, 'createAccount', world.person('bea'));
  await call(app, 'addAccountStore', org);
  await call(ann, 'createAccountLink', zoe);
  const policyOf = (owner) => call(owner, 'getAccountLinkingPolicy');
  const set = async (owner, values) => call(Object.assign(await policyOf(owner), values), 'save');
  const login = async (account, more) => (await call(app, 'authenticateAccount', { username: account.email, password, ...more })).account.href;
  const named = { accountStore: { nameKey: org.nameKey } };

  for (const owner of [app, org]) {
    await t.test(`that of an ${owner.constructor.name.toLowerCase()}`, async () => {
      const policy = await policyOf(owner);
      const values = ({ status, automaticProvisioning, matchingProperty }) => [status, automaticProvisioning, matchingProperty];
      assert.deepEqual(values(policy), ['DISABLED', 'DISABLED', null]);
      assert.equal((await call(policy, 'getTenant')).key, server.init.tenant.key);
      linksUnder(base, policy);
      await set(owner, { status: 'enabled', automaticProvisioning: 'ENABLED', matchingProperty: 'EMAIL' });
      assert.deepEqual(values(await policyOf(owner)), ['ENABLED', 'ENABLED', 'email']);
      for (const bad of [{ matchingProperty: 'username' }, { status: 'ON' }]) await refused(set(owner, bad), { status: 400, code: 2003 });
      await set(owner, { status: 'DISABLED', automaticProvisioning: 'DISABLED', matchingProperty: null });
      assert.deepEqual(values(await policyOf(owner)), ['DISABLED', 'DISABLED', null]);
      assert.equal((await server.raw('DELETE', policy.href)).status, 405);
    });
  }

  await t.test('disabled, a login ends where it began', async () => {
    assert.equal(await login(ann), ann.href);
    assert.equal(await login(ann, named), ann.href);
  });

  await t.test('the one of the application', async () => {
    await set(app, { status: 'ENABLED' });
    assert.equal(await login(ann), zoe.href);
    assert.equal(await login(zoe), zoe.href);
    assert.equal(await login(bea), bea.href, 'who is linked to nobody');
    assert.equal(await login(ann, named), ann.href, 'the attempt names an organization, whose policy is disabled');
    await refused(login(ann, { password: 'Wr0ngPassword' }), { status: 400, code: 7100 });
  });

  await t.test('the one of the organization', async () => {
    await set(org, { status: 'ENABLED' });
    assert.equal(await login(ann, named), ann.href, 'it has no default store');
    const home = await call(await call(app, 'getDefaultAccountStore'), 'getAccountStore');
    await call(org, 'setDefaultAccountStore', home);
    assert.equal(await login(ann, named), zoe.href);
    await set(app, { status: 'DISABLED' });
    assert.equal(await login(ann, named), zoe.href);
    assert.equal(await login(ann), ann.href, 'that of the application counts where none is named');
    await set(app, { status: 'ENABLED' });
  });

  await t.test('the account at the end must be enabled', async () => {
    await call(Object.assign(zoe, { status: 'DISABLED' }), 'save');
    await refused(login(ann), { status: 400, code: 7101 });
    assert.equal(await login(bea), bea.href);
    await call(zoe, 'delete');
    assert.equal(await login(ann), ann.href, 'without the link it is itself');
  });
});

inEveryWay('imported passwords', async (t, world) => {
  const app = await world.shop();
  const { accountStore } = (await call(app, 'getAccountStoreMappings')).items[0];
  const store = await call(world.client, 'getDirectory', accountStore.href);
  for (const [name, [plain, hash]] of Object.entries(hashes)) {
    for (const owner of [app, store]) {
      await t.test(`${name}, into the ${owner.constructor.name.toLowerCase()}`, async () => {
        const account = await call(owner, 'createAccount', world.person(`${name}-${owner.constructor.name}`, { password: hash }), mcf);
        const login = (secret) => call(app, 'authenticateAccount', { username: account.email, password: secret });
        await refused(login(hash), { status: 400, code: 7100 });
        for (const time of ['first', 'second']) assert.equal((await login(plain)).account.href, account.href, `the ${time} time`);
        await refused(login(`${plain}x`), { status: 400, code: 7100 });
        account.password = password;
        await call(account, 'save');
        assert.equal((await login(password)).account.href, account.href);
        await refused(login(plain), { status: 400, code: 7100 });
      });
    }
  }

  const [plain, hash] = hashes.stormpath2;
  const table = {
    'a password that is no hash': [password, mcf, { code: 2006 }],
    'a hash that is cut off': [hash.slice(0, -6), mcf, { code: 2006 }],
    'a hash of a kind that there is not': [hash.replace('MD5', 'MD4'), mcf, { code: 2006 }],
    'a format that there is not': [hash, { passwordFormat: 'ldap' }, { code: 2003 }],
    'the plain password that the rules forbid': [plain, {}, { code: 2007 }],
  };
  for (const [name, [secret, query, want]] of Object.entries(table)) {
    await t.test(`refused: ${name}`, () => refused(call(app, 'createAccount', world.person('none', { password: secret }), query), { status: 400, ...want }));
  }
});
