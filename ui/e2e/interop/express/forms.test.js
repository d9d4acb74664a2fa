// A site's own forms: shown as pages and as models, and what they register is
// there, or refused in words for its visitors.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Server } from '../harness.js';
import { Site, fields, messages, person, refuses } from './site.js';

const limit = { timeout: 60_000 };
const off = { cacheOptions: { store: 'disabled' } };
const ways = [
  { name: 'localhost, cache on, the application by its link', host: 'localhost', application: ({ href }) => ({ href }) },
  { name: 'localhost, cache off, the application by its name', host: 'localhost', application: ({ name }) => ({ name }), options: off },
  { name: '127.0.0.1, cache on, the only application', host: '127.0.0.1', application: () => ({}) },
  { name: '127.0.0.1, cache off, the application by its link', host: '127.0.0.1', application: ({ href }) => ({ href }), options: off },
];

const field = (name, label, type = 'text') => ({ name, label, placeholder: label, required: true, type });
const login = [field('login', 'Username or Email'), field('password', 'Password', 'password')];
const register = [
  field('givenName', 'First Name'), field('surname', 'Last Name'), field('email', 'Email', 'email'), field('password', 'Password', 'password'),
];

describe('the forms of a site', () => {
  let server;
  before(async () => { server = await Server.fresh(); }, limit);
  after(() => server?.remove());

  for (const { name: way, host, application, options } of ways) {
    test(way, limit, async (t) => {
      const base = server.base(host);
      const tag = randomBytes(4).toString('hex');
      const app = await server.read(`${base}/applications/${server.init.applications.find(({ name }) => name !== 'Stormpath').id}`);
      const mapping = await server.read(app.defaultAccountStoreMapping.href);
      const directory = await server.read(mapping.accountStore.href);
      const kept = async (query) => (await server.read(`${app.accounts.href}?${new URLSearchParams(query)}`)).items;
      const site = await Site.ready(base, server.init.apiKey, application(app), options);
      t.after(() => site.child.kill('SIGKILL'));

      await t.test('the site learned its rules from the server', async () => {
        const { body } = await site.visit('GET', '/learned', { as: 'json' });
        const policy = await server.read(directory.passwordPolicy.href);
        const creation = await server.read(directory.accountCreationPolicy.href);
        const { href, ...strength } = await server.read(policy.strength.href);
        assert.deepEqual([body.application, body.passwordPolicy], [app.href, strength]);
        assert.equal(body.oAuthPolicy.accessTokenTtl, (await server.read(app.oAuthPolicy.href)).accessTokenTtl);
        assert.equal(body.cache, options ? 'DisabledCache' : 'MemoryStore');
        const pages = { forgotPassword: policy.resetEmailStatus, changePassword: policy.resetEmailStatus, verifyEmail: creation.verificationEmailStatus };
        for (const [page, status] of Object.entries(pages)) assert.equal(body.enabled.includes(page), status === 'ENABLED', page);
        for (const [path, status] of [['/forgot', policy.resetEmailStatus], ['/verify', creation.verificationEmailStatus]]) {
          assert.equal((await site.visit('GET', path)).status, status === 'ENABLED' ? 200 : 404, path);
        }
      });

      const forms = { '/login': ['Log In', login], '/register': ['Create an Account', register] };
      for (const [path, [title, want]] of Object.entries(forms)) {
        await t.test(`${path} as a page and as a model`, async () => {
          const page = await site.visit('GET', path);
          assert.deepEqual([page.status, page.type], [200, 'text/html; charset=utf-8']);
          assert.match(page.text, new RegExp(`<title>${title}</title>`));
          assert.match(page.text, /<form [^>]*method="post"/);
          assert.deepEqual(fields(page.text).filter(({ type }) => type !== 'hidden').map(({ name, type, placeholder }) => [name, type, placeholder]),
            want.map(({ name, type, placeholder }) => [name, type, placeholder]));
          for (const { label } of want) assert.match(page.text, new RegExp(`<label[^>]*>${label}</label>`));
          assert.deepEqual(messages(page.text), []);
          const model = await site.visit('GET', path, { as: 'json' });
          assert.deepEqual([model.status, model.body], [200, { form: { fields: want }, accountStores: [] }]);
        });
      }

      await t.test('registers by JSON', async () => {
        const who = person(`json-${tag}`);
        const { status, body } = await site.visit('POST', '/register', { as: 'json', send: who });
        const [account] = await kept({ email: who.email });
        const plain = Object.fromEntries(Object.entries(account).filter(([, value]) => typeof value !== 'object' || value === null));
        assert.deepEqual([status, body], [200, { account: plain }]);
        assert.deepEqual([account.status, account.username, account.fullName], ['ENABLED', who.email, 'Jean-Luc Picard']);
        assert.equal(account.directory.href, directory.href);
      });

      await t.test('registers by the form, and the password opens', async () => {
        const who = person(`form-${tag}`, { givenName: 'Zoë & "Co" <b>', surname: '100% + ü' });
        const answer = await site.visit('POST', '/register', { send: who });
        assert.deepEqual([answer.status, answer.location], [302, '/login?status=created']);
        assert.match((await site.visit('GET', answer.location)).text, /Your Account Has Been Created/);
        const [account] = await kept({ email: who.email });
        assert.deepEqual([account.givenName, account.surname, account.email], [who.givenName, who.surname, who.email]);
        const attempt = await server.raw('POST', `${app.href}/loginAttempts`, {
          body: { type: 'basic', value: Buffer.from(`${who.email}:${who.password}`).toString('base64') },
        });
        assert.deepEqual([attempt.status, attempt.body.account?.href], [200, account.href]);
      });

      const taken = person(`taken-${tag}`);
      await site.visit('POST', '/register', { as: 'json', send: taken });
      const refusals = {
        'no first name': [{ givenName: '' }, 400, 'First Name required.'],
        'no last name': [{ surname: '' }, 400, 'Last Name required.'],
        'no e-mail': [{ email: '' }, 400, 'Email required.'],
        'no password': [{ password: '' }, 400, 'Password required.'],
        'a field that is none': [{ favourite: 'x' }, 400, 'favourite is not a configured registration field.'],
        'an e-mail that is none': [{ email: 'nobody.example.com' }, 400, 'Account email address is in an invalid format.'],
        'a password that is too short': [{ password: 'Sh0rt' }, 400, 'Account password minimum length not satisfied.'],
        'a password that is too long': [{ password: 'Aa1'.repeat(100) }, 400, 'Account password exceeded the maximum length.'],
        'an e-mail that is taken': [{ email: taken.email.toUpperCase() }, 409, 'Account with that email already exists.  Please choose another email.'],
      };
      for (const [name, [change, status, message]] of Object.entries(refusals)) {
        await t.test(`refuses ${name}`, () => refuses(site, { ...person(`refused-${tag}`), ...change }, status, message));
      }

      await t.test('nothing was kept of what was refused', async () => {
        const emails = (await kept({ q: tag })).map(({ email }) => email);
        assert.deepEqual(emails.toSorted(), ['form', 'json', 'taken'].map((login) => `${login}-${tag}@example.com`));
      });

      await t.test('what is no page is 404', async () => {
        for (const as of ['html', 'json']) {
          for (const path of ['/nope', '/login/nope', '/registers', '/logout']) {
            assert.equal((await site.visit('GET', path, { as })).status, 404, `${as} ${path}`);
          }
        }
        for (const method of ['PUT', 'DELETE']) assert.equal((await site.visit(method, '/register')).status, 404, method);
      });

      await site.close();
    });
  }

  test('the server ends cleanly', limit, () => server.stop());
});
