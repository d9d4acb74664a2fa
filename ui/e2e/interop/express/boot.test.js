// Sites that are not as the handbook's first: forms of their own, a group as
// the default store, and sites that must not open, and say why.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Server } from '../harness.js';
import { Site, fields, person, refuses } from './site.js';

const limit = { timeout: 60_000 };
const host = 'localhost';

describe('sites of their own kind', () => {
  let server, base, key;
  before(async () => {
    server = await Server.fresh();
    base = server.base(host);
    key = server.init.apiKey;
  }, limit);
  after(() => server?.remove());

  const make = async (path, body) => {
    const answer = await server.raw('POST', base + path, { body });
    assert.equal(answer.status, 201, `${path}: ${answer.text}`);
    return answer.body;
  };
  const kept = async (collection, query = {}) => (await server.read(`${collection.href}?${new URLSearchParams(query)}`)).items;

  test('a site with fields of its own', limit, async (t) => {
    const app = await make('/applications?createDirectory=true', { name: 'Own fields' });
    const on = (label, more) => ({ enabled: true, label, placeholder: label, required: true, type: 'text', ...more });
    const site = await Site.ready(base, key, { href: app.href }, {
      web: {
        register: {
          form: {
            fields: {
              username: { enabled: true }, confirmPassword: { enabled: true }, givenName: { required: false }, surname: { enabled: false },
              middleName: { enabled: true, required: false }, color: on('Colour'), size: on('Size', { required: false, type: 'number' }),
            },
            fieldOrder: ['email', 'username', 'color'],
          },
        },
      },
    });
    t.after(() => site.child.kill('SIGKILL'));
    const { email, password } = person('own');
    const who = { username: 'own', email, password, confirmPassword: password, color: 'grün & blau' };

    await t.test('shows them', async () => {
      const shown = fields((await site.visit('GET', '/register')).text).map(({ name }) => name);
      assert.deepEqual(shown.toSorted(), ['color', 'confirmPassword', 'email', 'givenName', 'middleName', 'password', 'size', 'username']);
      const model = (await site.visit('GET', '/register', { as: 'json' })).body.form.fields;
      assert.deepEqual(model.map(({ name }) => name), shown);
      assert.deepEqual(model.find(({ name }) => name === 'color'), { name: 'color', label: 'Colour', placeholder: 'Colour', required: true, type: 'text' });
    });

    await t.test('keeps what is no attribute as custom data', async () => {
      const answer = await site.visit('POST', '/register', { send: who });
      assert.deepEqual([answer.status, answer.location], [302, '/login?status=created']);
      const json = await site.visit('POST', '/register', {
        as: 'json', send: { ...who, username: 'second', email: 'second@example.com', middleName: 'T.', customData: { size: 7 } },
      });
      assert.deepEqual([json.status, json.body.account?.username, json.body.account?.fullName], [200, 'second', 'UNKNOWN T. UNKNOWN']);
      const [first, second] = await kept(app.accounts, { orderBy: 'username', expand: 'customData' });
      assert.deepEqual([first.username, first.givenName, first.surname], ['own', 'UNKNOWN', 'UNKNOWN']);
      const { color, size, confirmPassword } = second.customData;
      assert.deepEqual([first.customData.color, color, size, confirmPassword], ['grün & blau', 'grün & blau', 7, undefined]);
    });

    const fresh = { ...who, username: 'third', email: 'third@example.com' };
    const weak = (text) => ({ password: text, confirmPassword: text });
    const refusals = {
      'no colour': [{ color: '' }, 400, 'Colour required.'],
      'another password than the first': [{ confirmPassword: 'other' }, 400, 'Passwords do not match.'],
      'a user name that is taken': [{ username: 'OWN' }, 409, 'Account with that username already exists.  Please choose another username.'],
      'an e-mail that is taken': [{ email }, 409, 'Account with that email already exists.  Please choose another email.'],
      'a password without a digit': [weak('NoDigitsInHere'), 400, 'Password requires at least 1 numeric character.'],
      'a password without upper case': [weak('zwölf-und-12'), 400, 'Password requires at least 1 uppercase character.'],
    };
    for (const [name, [change, status, message]] of Object.entries(refusals)) {
      await t.test(`refuses ${name}`, () => refuses(site, { ...fresh, ...change }, status, message));
    }
    await t.test('and keeps nothing of it', async () => {
      assert.deepEqual((await kept(app.accounts, { orderBy: 'username' })).map(({ username }) => username), ['own', 'second']);
    });
    await site.close();
  });

  test('a site whose default store is a group', limit, async (t) => {
    const app = await make('/applications', { name: 'Of a group' });
    const directory = await make('/directories', { name: 'Holder' });
    const group = await make(`/directories/${directory.href.split('/').at(-1)}/groups`, { name: 'Members' });
    await make('/accountStoreMappings', { application: { href: app.href }, accountStore: { href: group.href }, isDefaultAccountStore: true });
    const site = await Site.ready(base, key, { href: app.href });
    t.after(() => site.child.kill('SIGKILL'));
    const { body } = await site.visit('GET', '/learned', { as: 'json' });
    const policy = await server.read(directory.passwordPolicy.href);
    const { href, ...strength } = await server.read(policy.strength.href);
    assert.deepEqual(body.passwordPolicy, strength, 'the rules are those of the directory of the group');
    const answer = await site.visit('POST', '/register', { as: 'json', send: person('member') });
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual((await kept(group.accounts)).map((account) => account.href), [answer.body.account.href]);
    await site.close();
  });

  const stranger = () => ({ href: `${base}/applications/3apenYvL0Z9v9spdzpFfey` });
  const closed = {
    'the wrong secret': [() => [{ id: key.id, secret: 'wrong' }, {}], /authentication|credentials|API key/i],
    'an application that there is not': [() => [key, stranger()], /could not be found|not found/i],
    'a name that no application has': [() => [key, { name: 'Nobody' }], /could not be found|not found/i],
    'several applications and none named': [() => [key, {}], /could not automatically resolve/i],
    'no store': [async () => [key, await make('/applications', { name: 'Empty' })], /no account stores are mapped/i],
    'no store that is the default': [async () => {
      const app = await make('/applications', { name: 'No default' });
      const store = await make('/directories', { name: 'Not the default' });
      await make('/accountStoreMappings', {
        application: { href: app.href }, accountStore: { href: store.href }, isDefaultAccountStore: false, isDefaultGroupStore: false,
      });
      return [key, app];
    }, /no default account store is mapped/i],
  };
  for (const [name, [prepare, why]] of Object.entries(closed)) {
    test(`a site with ${name} says so and does not open`, limit, async (t) => {
      const [secret, { href, name: called }] = await prepare();
      const site = await Site.open(base, secret, href ? { href } : called ? { name: called } : {});
      t.after(() => site.child.kill('SIGKILL'));
      assert.equal(site.url, undefined);
      assert.match(site.refused ?? site.log, why);
    });
  }

  test('the server ends cleanly', limit, () => server.stop());
});
