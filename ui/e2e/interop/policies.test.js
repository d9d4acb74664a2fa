// What belongs to a directory: rules of passwords, mails, names and addresses.

import assert from 'node:assert/strict';
import { call, inEveryWay, linksUnder, password, refused } from './sdk.js';

inEveryWay('policies', async (t, world) => {
  const { client, base } = world;
  const app = await world.shop();
  const tenant = await call(client, 'getCurrentTenant');
  const [mapping] = (await call(app, 'getAccountStoreMappings')).items;
  const directory = await call(client, 'getDirectory', mapping.accountStore.href);
  const save = async (resource, values) => {
    Object.assign(resource, values);
    return call(resource, 'save');
  };

  await t.test('the password policy and its strength', async () => {
    const policy = await call(directory, 'getPasswordPolicy');
    assert.deepEqual([policy.resetTokenTtl, policy.resetEmailStatus], [24, 'ENABLED']);
    linksUnder(base, policy);
    await save(policy, { resetTokenTtl: 2 });
    assert.equal((await call(directory, 'getPasswordPolicy')).resetTokenTtl, 2);
    const strength = await call(policy, 'getStrength');
    assert.deepEqual([strength.minLength, strength.maxLength, strength.minUpperCase], [8, 100, 1]);
    await save(strength, { preventReuse: 2 });
    const account = await call(app, 'createAccount', world.person('reuse'));
    account.password = password;
    await refused(call(account, 'save'), { status: 400, code: 6401 });
  });

  await t.test('the provider', async () => {
    assert.equal((await call(directory, 'getProvider')).providerId, 'stormpath');
  });

  await t.test('required names', async () => {
    const schema = await call(directory, 'getAccountSchema', { expand: 'fields' });
    const surname = schema.fields.items.find((f) => f.name === 'surname');
    assert.equal(surname.required, false);
    const field = await call(client, 'getResource', surname.href);
    await save(field, { required: true });
    await refused(call(app, 'createAccount', world.person('nameless', { surname: '' })), { status: 400, code: 2000, userMessage: /^Account surname is required/ });
    await save(field, { required: false });
  });

  await t.test('whose addresses it takes', async () => {
    const policy = await call(directory, 'getAccountCreationPolicy');
    await save(policy, { emailDomainWhitelist: ['*example.com'], emailDomainBlacklist: ['bad.example.com'] });
    await refused(call(app, 'createAccount', world.person('a', { email: `a-${world.tag}@example.org` })), { status: 400, code: 7206 });
    await refused(call(app, 'createAccount', world.person('a', { email: `a-${world.tag}@bad.example.com` })), { status: 400, code: 7205 });
  });

  await t.test('an address is verified', async () => {
    const person = world.person('worf');
    await refused(call(app, 'resendVerificationEmail', { login: person.username }), { status: 400, code: 2016 });
    await save(await call(directory, 'getAccountCreationPolicy'), { verificationEmailStatus: 'ENABLED' });
    const account = await call(app, 'createAccount', person);
    assert.deepEqual([account.status, account.emailVerificationStatus], ['UNVERIFIED', 'UNVERIFIED']);
    linksUnder(base, account);
    const login = () => call(app, 'authenticateAccount', { username: person.username, password });
    await refused(login(), { status: 400, code: 7102 });

    const [former] = account.emailVerificationToken.href.split('/').slice(-1);
    assert.equal((await call(app, 'resendVerificationEmail', { login: person.email })).accepted, true);
    await refused(call(tenant, 'verifyAccountEmail', former), { status: 404 });
    const fresh = await call(await world.another(), 'getAccount', account.href);
    const [token] = fresh.emailVerificationToken.href.split('/').slice(-1);
    const verified = await call(tenant, 'verifyAccountEmail', token);
    assert.deepEqual([verified.href, verified.status, verified.emailVerificationToken], [account.href, 'ENABLED', null]);
    await refused(call(tenant, 'verifyAccountEmail', token), { status: 404 });
    assert.equal((await call(await login(), 'getAccount')).href, account.href);
  });

  await t.test('without the workflow an account is enabled at once', async () => {
    const account = await call(app, 'createAccount', world.person('data'), { registrationWorkflowEnabled: false });
    assert.deepEqual([account.status, account.emailVerificationToken], ['ENABLED', null]);
  });
});
