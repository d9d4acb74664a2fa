// Expansion: every link that a resource shows can be asked for whole, alone or
// with all others, and shows what its own place shows; nothing comes unasked.

import assert from 'node:assert/strict';
import { call, inEveryWay, linksUnder, plain, refused } from './sdk.js';

/** One of everything that an SDK can hold, with more than one item in its lists. */
async function small(world) {
  const app = await world.shop('Expanded');
  const directory = await call(await call(app, 'getDefaultAccountStore'), 'getAccountStore');
  const groups = [];
  for (const name of ['first', 'second', 'third']) groups.push(await call(app, 'createGroup', { name: world.name(name), customData: { name } }));
  const accounts = [];
  for (const name of ['ann', 'bob']) {
    const account = await call(app, 'createAccount', world.person(name, { customData: { name, nested: { list: [1, { two: 2 }] } } }));
    for (const group of groups) await call(account, 'addToGroup', group);
    accounts.push(account);
  }
  await call(accounts[0], 'createApiKey');
  await call(accounts[0], 'createApiKey');
  await call(app, 'addAccountStore', groups[1]);
  const memberships = await call(accounts[0], 'getGroupMemberships');
  const id = ({ href }) => href.split('/v1').at(-1);
  return {
    application: id(app), directory: id(directory), group: id(groups[1]), account: id(accounts[0]), membership: id(memberships.items[1]),
    key: id((await call(accounts[0], 'getApiKeys')).items[0]),
  };
}

/** The links of a resource: what is shown as { href } and no more, unless asked. */
const linksOf = (resource) => Object.keys(resource).filter((name) => String(Object.keys(resource[name] ?? '')) === 'href');

inEveryWay('expansion', async (t, world, paths) => {
  const { client, server, base } = world;
  const at = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, base + path]));
  const app = await call(client, 'getApplication', at.application);
  const directory = await call(client, 'getDirectory', at.directory);
  const group = await call(client, 'getGroup', at.group);
  const account = await call(client, 'getAccount', at.account);
  const membership = await call(client, 'getGroupMembership', at.membership);
  const mapping = await call(app, 'getDefaultAccountStore');
  const policy = await call(directory, 'getPasswordPolicy');

  /** A link that came along must show what its own place shows, and no more of it. */
  async function whole(shown, href, query = '') {
    const kept = await server.read(href + query);
    assert.deepEqual(plain(shown), kept, href + query);
    return kept;
  }

  /** Asks get for all links of what it gives, and holds each against its own place. */
  async function everything(get) {
    const bare = await server.read((await get({})).href);
    const asked = {};
    for (const name of linksOf(bare)) {
      const { status, body } = await server.raw('GET', bare[name].href);
      if (status === 200) asked[name] = body.items ? { expand: `${name}(offset:1,limit:1)`, query: '?offset=1&limit=1' } : { expand: name };
      else assert.ok([400, 405].includes(status), `${name} takes POST only, or demands an id: ${status}`);
    }
    const full = await get({ expand: Object.values(asked).map(({ expand }) => expand).join(',') });
    for (const [name, { query }] of Object.entries(asked)) await whole(full[name], bare[name].href, query);
    assert.deepEqual({ ...plain(full), ...bare }, bare, 'and what is no link is as it was');
    linksUnder(base, full);
    return Object.keys(asked);
  }

  const resources = {
    'a tenant': [(options) => world.another().then((fresh) => call(fresh, 'getCurrentTenant', options)), 'applications directories accounts groups organizations customData'],
    'an application': [
      (options) => call(client, 'getApplication', at.application, options),
      'tenant accounts groups customData defaultAccountStoreMapping defaultGroupStoreMapping accountStoreMappings oAuthPolicy samlPolicy accountLinkingPolicy webConfig',
    ],
    'a directory': [
      (options) => call(client, 'getDirectory', at.directory, options),
      'tenant accounts groups provider customData passwordPolicy accountCreationPolicy accountSchema organizations organizationMappings',
    ],
    'a group': [(options) => call(client, 'getGroup', at.group, options), 'tenant directory accounts customData accountMemberships applications'],
    'an account': [
      (options) => call(client, 'getAccount', at.account, options),
      'customData tenant directory groups groupMemberships applications apiKeys providerData accessTokens refreshTokens linkedAccounts accountLinks phones factors',
    ],
    'a membership': [(options) => call(client, 'getGroupMembership', at.membership, options), 'account group'],
    'a mapping': [(options) => call(app, 'getDefaultAccountStore', options), 'application accountStore'],
    'the store of a mapping': [(options) => call(mapping, 'getAccountStore', options), 'accounts groups provider passwordPolicy'],
    'the application of a mapping': [(options) => call(mapping, 'getApplication', options), 'accountStoreMappings oAuthPolicy'],
    'the account of a membership': [(options) => call(membership, 'getAccount', options), 'directory groups customData'],
    'the group of a membership': [(options) => call(membership, 'getGroup', options), 'accounts directory customData'],
    'the directory of an account': [(options) => call(account, 'getDirectory', options), 'accounts customData tenant'],
    'the tenant of a group': [(options) => call(group, 'getTenant', options), 'applications customData'],
    'the password policy of a directory': [(options) => call(directory, 'getPasswordPolicy', options), 'strength resetEmailTemplates resetSuccessEmailTemplates'],
    'the account creation policy of a directory': [
      (options) => call(directory, 'getAccountCreationPolicy', options), 'verificationEmailTemplates verificationSuccessEmailTemplates welcomeEmailTemplates',
    ],
    'the schema of a directory': [(options) => call(directory, 'getAccountSchema', options), 'fields directory'],
    'the token policy of an application': [(options) => call(app, 'getOAuthPolicy', options), 'application tenant'],
    'the linking policy of an application': [(options) => call(app, 'getAccountLinkingPolicy', options), 'tenant'],
  };
  for (const [name, [get, must]] of Object.entries(resources)) {
    await t.test(`everything of ${name}`, async () => {
      const names = await everything(get);
      assert.deepEqual(must.split(' ').filter((link) => !names.includes(link)), [], 'links that are there');
    });
  }

  await t.test('one link at a time', async () => {
    for (const link of linksOf(await server.read(at.account))) {
      const one = await call(client, 'getAccount', at.account, { expand: link });
      await whole(one[link], account[link].href);
      const rest = linksOf(plain(one));
      assert.deepEqual(rest, linksOf(await server.read(at.account)).filter((other) => other !== link), link);
    }
  });

  await t.test('what came along is of its own type, and a link and no more when it is not asked for', async () => {
    const full = await call(client, 'getAccount', at.account, { expand: 'directory,tenant,customData,groups,providerData' });
    assert.deepEqual([full.directory, full.tenant].map((one) => one.constructor.name), ['Directory', 'Tenant']);
    assert.equal((await call(full.directory, 'getGroups')).size, 3);
    assert.deepEqual(full.customData.nested, { list: [1, { two: 2 }] });
    const bare = await call(client, 'getAccount', at.account);
    for (const link of linksOf(await server.read(at.account))) assert.deepEqual(Object.keys(bare[link]), ['href'], link);
    assert.deepEqual(Object.keys(full.directory.accounts), ['href'], 'only one level');
  });

  const cuts = {
    'groups(offset:0,limit:1)': [0, 1, 1], 'groups(limit:2,offset:1)': [1, 2, 2], 'groups( limit: 1 , offset: 2 )': [2, 1, 1], 'groups(limit:2)': [0, 2, 2],
    'groups(offset:2)': [2, 25, 1], 'groups(offset:50)': [50, 25, 0], 'groups(limit:1000)': [0, 100, 3], groups: [0, 25, 3],
  };
  await t.test('a collection is cut to what was asked', async () => {
    const order = (await call(account, 'getGroups')).items.map(({ href }) => href);
    for (const [expand, [offset, limit, length]] of Object.entries(cuts)) {
      const { groups } = await call(client, 'getAccount', at.account, { expand: `tenant,${expand},customData` });
      assert.deepEqual([groups.offset, groups.limit, groups.size, groups.items.length], [offset, limit, 3, length], expand);
      assert.deepEqual(groups.items.map(({ href }) => href), order.slice(offset, offset + limit), expand);
      assert.equal(groups.href, account.groups.href);
    }
  });

  const lists = {
    'applications of the tenant': [client, 'getApplications', 'tenant,customData,accountStoreMappings(limit:1),accounts(offset:1,limit:1),oAuthPolicy', { name: app.name }],
    'directories of the tenant': [client, 'getDirectories', 'provider,passwordPolicy,accountCreationPolicy,groups(limit:2)', { name: directory.name }],
    'groups of the tenant': [client, 'getGroups', 'directory,customData,accounts(limit:1),accountMemberships(limit:1)'],
    'accounts of the tenant': [client, 'getAccounts', 'directory,customData,groups(offset:1,limit:1),providerData', { orderBy: 'email desc' }],
    'accounts of an application': [app, 'getAccounts', 'tenant,directory,customData,groups,groupMemberships,applications,apiKeys,providerData'],
    'groups of an application': [app, 'getGroups', 'tenant,directory,accounts,customData,accountMemberships,applications'],
    'mappings of an application': [app, 'getAccountStoreMappings', 'application,accountStore'],
    'accounts of a directory': [directory, 'getAccounts', 'groups(limit:1),customData', { q: 'ann', orderBy: 'username' }],
    'groups of a directory': [directory, 'getGroups', 'accounts(offset:1),customData', { name: 'second*' }],
    'accounts of a group': [group, 'getAccounts', 'directory,groups(limit:2),customData'],
    'memberships of a group': [group, 'getAccountMemberships', 'account,group'],
    'groups of an account': [account, 'getGroups', 'directory,tenant,accounts(limit:1),customData', { orderBy: 'name desc' }],
    'memberships of an account': [account, 'getGroupMemberships', 'account,group', { limit: 2, offset: 1 }],
  };
  for (const [name, [owner, method, expand, query = {}]] of Object.entries(lists)) {
    await t.test(`in the ${name}`, async () => {
      const [full, bare] = [await call(owner, method, { ...query, expand }), await call(owner, method, query)];
      assert.ok(full.items.length > 0 && full.size >= full.items.length);
      assert.deepEqual([full.href, full.size, full.items.map(({ href }) => href)], [bare.href, bare.size, bare.items.map(({ href }) => href)]);
      for (const [i, item] of full.items.entries()) {
        for (const [, link, range] of expand.matchAll(/(\w+)(?:\(([^)]*)\))?(?:,|$)/g)) {
          await whole(item[link], bare.items[i][link].href, range ? `?${range.replaceAll(':', '=').replace(',', '&')}` : '');
        }
      }
      linksUnder(base, full);
    });
  }

  await t.test('keys of an account come with it, and still decrypt', async () => {
    const keys = await call(account, 'getApiKeys', { expand: 'account,tenant' });
    assert.equal(keys.size, 2);
    for (const key of keys.items) {
      await whole(key.account, at.account);
      assert.equal(key.secret, (await server.read(key.href)).secret);
    }
    const cold = await call(await world.another(), 'getApplication', app.href);
    const one = await call(cold, 'getApiKey', null, { id: keys.items[0].id, expand: 'account,tenant' });
    assert.deepEqual([one.account.email, one.tenant.key, one.secret], [account.email, server.init.tenant.key, keys.items[0].secret]);
  });

  await t.test('the answer to a login, a create and an update', async () => {
    const made = await call(directory, 'createAccount', world.person('carol'), { expand: 'customData,directory,groups(limit:1)' });
    await whole(made.directory, at.directory);
    assert.deepEqual([made.customData.href, made.groups.size], [`${made.href}/customData`, 0]);
    const answer = await server.raw('POST', `${made.href}?expand=directory`, { body: { surname: 'Changed' } });
    assert.deepEqual([answer.body.surname, answer.body.directory.name], ['Changed', directory.name]);
    const login = await server.raw('POST', `${app.href}/loginAttempts?expand=account`, {
      body: { type: 'basic', value: Buffer.from(`${made.email}:${world.person('').password}`).toString('base64') },
    });
    await whole(login.body.account, made.href);
    await call(made, 'delete');
  });

  const bad = {
    nonsense: 2107, status: 2107, 'directory.tenant': 2107, 'directory,nonsense': 2107,
    'groups(limit:0)': 2103, 'groups(offset:-1)': 2103, 'groups(limit:x)': 2103, 'groups(': 2100,
  };
  await t.test('what cannot be expanded is refused, in a resource and in a list', async () => {
    for (const [expand, code] of Object.entries(bad)) {
      for (const attempt of [[client, 'getAccount', at.account, { expand }], [app, 'getAccounts', { expand }]]) {
        await refused(call(...attempt), { status: 400, code });
      }
    }
  });

  await t.test('the policy of a directory, by every road', async () => {
    const expanded = await call(client, 'getDirectory', at.directory, { expand: 'passwordPolicy,accountCreationPolicy' });
    assert.equal(expanded.passwordPolicy.href, policy.href);
    await whole(await call(policy, 'getStrength'), policy.strength.href);
    await whole(expanded.accountCreationPolicy, directory.accountCreationPolicy.href);
  });
}, small);
