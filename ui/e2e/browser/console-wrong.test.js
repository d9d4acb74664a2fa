// Wrong input at each form of the console: it is refused at its field, or at the form where
// it is of none; nothing that was typed is lost; and what is right then goes through. Files
// of an import are in console-transfer.test.js, the setup's own pages in setup.test.js.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fill, front, refused, send } from './forms.js';
import { fine, operated, seen } from './harness.js';

const long = 'x'.repeat(300);
const sentence = 'a long enough sentence';
const needed = /This is needed/;
const taken = /taken already/;
const menu = (name) => async (page) => {
  await page.locator('main').getByRole('button', { name: 'Actions' }).last().click();
  await page.getByRole('menuitem', { name }).click();
};
const press = (name) => (page) => page.getByRole('button', { name }).first().click();
const editor = (page) => page.locator('.cm-content').first().waitFor();

/** The forms of an area. Each is opened, filled in wrongly (values, the field that says so, what it says), and then rightly. */
const areas = {
  people: ({ id, directory, group }) => [
    { open: 'accounts?new=1', button: 'Create', wrong: [
      [{ 'E-mail': 'new@example.com' }, 'Directory', /choose a directory/],
      [{ Directory: 'My Application Directory', 'E-mail': '' }, 'E-mail', needed],
      [{ 'E-mail': 'nope' }, 'E-mail', /no e-mail address/],
      [{ 'E-mail': 'ann@example.com', Password: sentence }, 'E-mail', taken],
      [{ 'E-mail': 'new@example.com', 'Given name': long }, 'Given name', /At most 255/],
      [{ 'Given name': 'New', 'User name': 'ben@example.com' }, 'User name', taken],
      [{ 'User name': '', Password: 'short' }, 'Password', /At least 8 characters/],
      [{ Password: 'password123' }, 'Password', /tried first/]],
      right: { Password: sentence }, then: 'New created' },
    { open: `accounts/${id}`, wrong: [
      [{ 'E-mail': 'nope', Surname: long }, 'Surname', /At most 255/], // both are told, the first has the focus
      [{ Surname: 'Lee' }, 'E-mail', /no e-mail address/],
      [{ 'E-mail': '' }, 'E-mail', needed],
      [{ 'E-mail': 'ben@example.com' }, 'E-mail', taken],
      [{ 'E-mail': 'ann@example.com', 'User name': '' }, 'User name', needed],
      [{ 'User name': 'ben@example.com' }, 'User name', taken],
      [{ 'User name': 'ann', 'New password': 'short' }, 'New password', /At least 8 characters/]],
      right: { 'New password': 'another long sentence' } },
    { open: `accounts/${id}?tab=customData`, ready: editor, wrong: [
      [{ 'Custom data': '{"plan":' }, 'Custom data', /no JSON/],
      [{ 'Custom data': '[]' }, 'Custom data', /is an object/],
      [{ 'Custom data': '{"href": 1}' }, 'Custom data', /of the server’s own/],
      [{ 'Custom data': '{"a b": 1}' }, 'Custom data', /letters, digits/]],
      right: { 'Custom data': '{"plan": "gold"}' } },
    { open: `accounts/${id}?tab=apiKeys`, ready: press('New API key'), button: 'Create', wrong: [[{ Name: long }, 'Name', /At most 255/]], right: { Name: 'ci' }, then: 'This is shown once' },
    { open: `accounts/${id}`, ready: menu('Change the address by mail'), button: 'Send', wrong: [
      [{ 'New e-mail address': 'nope' }, 'New e-mail address', /no e-mail address/],
      [{ 'New e-mail address': 'ben@example.com' }, 'New e-mail address', taken],
      [{ 'New e-mail address': 'ann@example.com' }, 'New e-mail address', /has this address already/]],
      right: { 'New e-mail address': 'ann@elsewhere.example' }, then: 'A mail is on its way to ann@elsewhere.example' },
    { open: 'groups?new=1', button: 'Create', wrong: [
      [{ Name: 'Sales' }, 'Directory', /choose a directory/],
      [{ Directory: 'My Application Directory', Name: '' }, 'Name', needed],
      [{ Name: 'billing' }, 'Name', taken]],
      right: { Name: 'Sales' }, then: 'Sales created' },
    { open: `groups/${group}`, wrong: [[{ Name: '' }, 'Name', needed], [{ Name: 'Support' }, 'Name', taken]], right: { Name: 'Billing of old' } },
    { open: `groups/${group}?tab=members`, send: false, wrong: [[{ 'Add an account': 'ann' }, '', /already/]], right: { 'Add an account': 'ben' }, then: 'Ben Moss added' },
    { open: 'directories?new=1', button: 'Create', wrong: [[{ Name: '' }, 'Name', needed], [{ Name: 'My Application Directory' }, 'Name', taken]], right: { Name: 'Staff' }, then: 'Staff created' },
    { open: `directories/${directory}`, wrong: [
      [{ Name: '' }, 'Name', needed], [{ Name: 'Stormpath Administrators' }, 'Name', taken],
      [{ Name: 'My Application Directory', 'Custom data to search fast': 'no good!' }, 'Custom data to search fast', /must hold paths/]],
      right: { 'Custom data to search fast': 'plan' } },
    { open: `directories/${directory}?tab=passwords`, wrong: [
      [{ 'Characters at least': '' }, 'Characters at least', /Write a number/],
      [{ 'Characters at least': '1e' }, 'Characters at least', /Write a number/],
      [{ 'Characters at least': '0' }, 'Characters at least', /At least 1\./],
      [{ 'Characters at least': '300' }, 'Characters at least', /At most 255/],
      [{ 'Characters at least': '50', 'Characters at most': '10' }, 'Characters at least', /must not be above/],
      [{ 'Characters at least': '8', 'Characters at most': '100', 'Digits at least': '1.5' }, 'Digits at least', /not of the kind/],
      [{ 'Digits at least': '0', 'Not one of the last': '99' }, 'Not one of the last', /At most 25/],
      [{ 'Not one of the last': '3', 'A link to reset is good for': '1000' }, 'A link to reset is good for', /At most 168/]],
      right: { 'A link to reset is good for': '48' } },
    { open: `directories/${directory}?tab=registration`, wrong: [
      [{ 'Allowed e-mail domains': 'no domain!' }, 'Allowed e-mail domains', /no domain! is no domain/],
      [{ 'Allowed e-mail domains': '*example.com', 'Refused e-mail domains': 'a@b' }, 'Refused e-mail domains', /a@b is no domain/]],
      right: { 'Refused e-mail domains': '' } },
  ],

  tenant: ({ organization }) => [
    { open: 'organizations?new=1', button: 'Create', wrong: [
      [{ Key: 'new' }, 'Name', needed], [{ Name: 'Fernhill' }, 'Name', taken],
      [{ Name: 'Hillfern', Key: '' }, 'Key', needed], [{ Key: 'No Key!' }, 'Key', /a-z, 0-9 and hyphens/], [{ Key: 'fernhill' }, 'Key', taken]],
      right: { Key: 'hillfern' }, then: 'Hillfern created' },
    { open: `organizations/${organization}`, wrong: [[{ Name: '' }, 'Name', needed], [{ Name: 'Moss', Key: 'A B' }, 'Key', /a-z, 0-9 and hyphens/], [{ Key: 'fernhill' }, 'Name', taken], [{ Name: 'Fernhill', Key: 'moss' }, 'Key', taken]], right: { Key: 'bank' } },
    { open: `organizations/${organization}?tab=branding`, ready: editor, wrong: [
      [{ Colour: 'red', Corners: '99' }, 'Colour', /as #rrggbb/],
      [{ Colour: '' }, 'Corners', /From 0 to 16/],
      [{ Corners: '', Help: 'nope' }, 'Corners', /Write a number/],
      [{ Corners: '4' }, 'Help', /begins with https/],
      [{ Help: 'javascript:alert(1)' }, 'Help', /begins with https/],
      [{ Help: '', Colour: '#ffffff', 'Text on it': '#fffffe' }, 'Colour', /contrast/],
      [{ Colour: '', 'Text on it': '', Logo: ['logo.png', 'no picture'] }, 'Logo', /is no picture/]],
      then: 'Saved', right: { Logo: ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'] } },
    { open: `organizations/${organization}?tab=branding`, ready: editor, wrong: [
      [{ Texts: '{"de":' }, 'Texts', /no JSON/], [{ Texts: '[]' }, 'Texts', /are an object/], [{ Texts: '{"de": 1}' }, 'Texts', /not of the kind/], [{ Texts: '{"de": {"no.such": "x"}}' }, 'Texts', /no\.such/]],
      right: { Texts: '{"de": {"login.submit": "Weiter"}}' } },
    { open: 'tenant', wrong: [[{ Name: '' }, 'Name', needed]], right: { Name: 'Larkspur' } },
    { open: 'operators?new=1', button: 'Add an operator', wrong: [[{}, 'Account', /choose an account/], [{ Account: 'hannah' }, 'Account', /is an operator already/]], right: { Account: 'ola' }, then: 'ola@example.com is now Support' },
  ],

  applications: ({ application: a, client, resource }) => [
    { open: 'applications?new=1', button: 'Create', wrong: [[{ Name: '' }, 'Name', needed], [{ Name: 'My Application' }, 'Name', taken], [{ Name: long }, 'Name', /At most 255/]], right: { Name: 'Shop' }, then: 'Shop created' },
    { open: a, wrong: [[{ Name: '' }, 'Name', needed], [{ Name: 'Stormpath' }, 'Name', taken]], right: { Name: 'Larkspur', Origins: '' } },
    { open: `${a}?tab=stores`, ready: press('Add'), send: false, wrong: [[{ 'Add a directory': 'My Application Directory' }, '', /already mapped/]], right: { 'Add a group': 'Support' }, then: 'Support added' },
    { open: `${a}?tab=domains`, button: 'Add a domain', wrong: [
      [{ Host: '' }, 'Host', needed], [{ Host: 'https://x.example' }, 'Host', /must look like login.example.com/], [{ Host: 'x.example' }, 'Host', /none at which this tenant is reached/],
      [{ Host: 'HOST', Path: 'x' }, 'Path', /one to four segments/], [{ Path: '/console' }, 'Path', /is the server itself/]],
      right: { Path: '/shop' }, then: '/shop created' },
    { open: `${a}?tab=clients&new=client`, button: 'Create', wrong: [[{ Name: '' }, 'Name', needed], [{ Name: 'Web', 'Redirect URIs': 'nowhere' }, 'Redirect URIs', /whole address/]], right: { 'Redirect URIs': 'https://shop.example/callback' }, then: 'This is shown once' },
    { open: client, wrong: [
      [{ Name: '' }, 'Name', needed],
      [{ Name: 'Web', 'Redirect URIs': 'nowhere' }, 'Redirect URIs', /whole address/],
      [{ 'Redirect URIs': 'https://a.example/callback', 'After a sign-out': 'x' }, 'After a sign-out', /whole address/],
      [{ 'After a sign-out': '', 'Allowed origins': 'https://a.example/x' }, 'Allowed origins', /without a path/],
      [{ 'Allowed origins': '', Scopes: 'a b' }, 'Scopes', /without a space/],
      [{ Scopes: '', 'Back-channel logout': 'nope' }, 'Back-channel logout', /whole address/],
      [{ 'Back-channel logout': '', 'Front-channel logout': 'nope' }, 'Front-channel logout', /whole address/],
      [{ 'Front-channel logout': '', 'Access token': 'soon' }, 'Access token', /a time with its unit/],
      [{ 'Access token': '1s' }, 'Access token', /10 to 86400 seconds/]],
      right: { 'Access token': '5m' } },
    { open: client, wrong: [
      [{ 'Proves itself by': 'private_key_jwt' }, 'Its public keys', /either/],
      [{ 'Address of its keys': 'nope' }, 'Address of its keys', /begins with https/],
      [{ 'Address of its keys': '', 'Its public keys': '{"keys":' }, 'Its public keys', /no JSON/],
      [{ 'Its public keys': '[]' }, 'Its public keys', /are an object/],
      [{ 'Its public keys': '{"keys": []}' }, 'Its public keys', /1 to 20 keys/],
      [{ 'Its public keys': '{"keys": [{"kty": "EC", "d": "x"}]}' }, 'Its public keys', /public keys only/]],
      right: { 'Its public keys': '{}', 'Address of its keys': 'https://shop.example.com/jwks.json' } },
    { open: `${a}?tab=resources&new=resource`, button: 'Create', wrong: [
      [{}, 'Name', needed], [{ Name: 'Orders' }, 'Identifier', needed], [{ Identifier: 'no uri' }, 'Identifier', /absolute URI/], [{ Identifier: 'https://api.example.com' }, 'Identifier', taken]],
      right: { Identifier: 'https://orders.example.com' }, then: 'Orders created' },
    { open: `${a}?tab=resources&resource=${resource}`, ready: press('Add a scope'), button: 'Save', wrong: [
      [{ Scope: 'a b' }, 'Scope', /without a space/], [{ Scope: 'invoices:read', Name: '' }, 'Name', needed], [{ Name: 'Invoices', 'Access token': 'soon' }, 'Access token', /a time with its unit/], [{ 'Access token': '9999d' }, 'Access token', /10 to 86400 seconds/]],
      right: { 'Access token': '10m' }, then: 'invoices:read' },
    { open: `${a}?tab=django&new=mount`, ready: editor, button: 'Create', wrong: [
      [{ Path: '' }, 'Path', needed], [{ Path: 'x' }, 'Path', /one to four segments/], [{ Path: '/v1' }, 'Path', /is the server itself/],
      [{ Path: '/auth', Settings: '{' }, 'Settings', /no JSON/], [{ Settings: '[]' }, 'Settings', /an object/], [{ Settings: '{"NOPE": true}' }, 'Settings', /has no NOPE/],
      [{ Settings: '{}', 'Texts of mails': '{"nope.html": "x"}' }, 'Texts of mails', /has no nope/]],
      right: { 'Texts of mails': '{}' }, then: '/auth saved' },
    { open: `${a}?tab=django`, ready: menu('Edit'), button: 'Save', wrong: [[{ Path: '' }, 'Path', needed], [{ Path: '/oauth2' }, 'Path', /is the server itself/], [{ Path: '/auth', Settings: '[]' }, 'Settings', /an object/]], right: { Settings: '{}', Path: '/users' }, then: '/users saved' },
    { open: `${a}/pages/message`, ready: editor, wrong: [[{ Template: '{{.Nope' }, 'Template', /line 1: unclosed/], [{ Template: '<p onclick="x">x</p>' }, 'Template', /onclick/], [{ Template: '' }, 'Template', needed]], right: { Template: '<main><h1>{{.Data.Title}}</h1></main>' } },
    { open: `start?app=${a.split('/')[1]}`, button: 'Continue', wrong: [
      [{ Name: '' }, 'Name', /needs a name/], [{ Name: 'Stormpath' }, 'Name', taken],
      [{ Name: 'Larkspur', 'Redirect addresses': '' }, 'Redirect addresses', /at least one address/], [{ 'Redirect addresses': 'nowhere' }, 'Redirect addresses', /the whole address/]],
      right: { 'Redirect addresses': 'http://localhost:3000/callback' }, then: 'How people sign in' },
    { open: `start?app=${a.split('/')[1]}&kind=djoser`, button: 'Continue', wrong: [[{ Path: 'x' }, 'Path', /one to four segments/], [{ Path: '/v1' }, 'Path', /is the server itself/]], right: { Path: '/auth' }, then: 'How people sign in' },
    { open: `start?app=${a.split('/')[1]}&kind=sdk&step=connect`, button: 'Add user', wrong: [
      [{}, 'E-mail', /Type an e-mail address/], [{ 'E-mail': 'zoe' }, 'Password', /Type a password/], [{ Password: sentence }, 'E-mail', /no e-mail address/], [{ 'E-mail': 'ben@example.com' }, 'E-mail', taken], [{ 'E-mail': 'zoe@example.com', Password: 'short' }, 'Password', /At least/]],
      right: { Password: 'A long enough sentence 1' }, then: 'zoe@example.com can sign in now.' },
  ],

  server: ({ directory, operator, webhook }) => [
    { open: `operators/${operator}?new=key`, button: 'Create', wrong: [
      [{ Name: long }, 'Name', /At most 255/], [{ Name: 'ci', Description: 'x'.repeat(1001) }, 'Description', /At most 1,?000/],
      [{ Description: '', 'Manage: what the role may': false }, 'Manage: what the role may', /at least one of/]],
      right: { 'Manage: what the role may': true }, then: 'This is shown once' },
    { open: 'webhooks?new=1', button: 'Create', wrong: [
      [{ URL: '' }, 'URL', needed], [{ URL: 'nope' }, 'URL', /begins with https/], [{ URL: 'http://10.0.0.1/hooks' }, 'URL', /not a public address/],
      [{ URL: 'https://shop.example.com/hooks', Events: '' }, 'Events', /1 to 50 patterns/], [{ Events: 'no event' }, 'Events', /patterns such as/]],
      right: { Events: 'account.*' }, then: 'This is shown once' },
    { open: webhook, wrong: [[{ URL: '' }, 'URL', needed], [{ URL: 'ftp://x.example' }, 'URL', /begins with https/], [{ URL: 'https://shop.example.com/hooks', Events: 'x y' }, 'Events', /patterns such as/]], right: { Events: 'group.*' } },
    { open: 'mail?tab=server', ready: press('Use a server of your own'), button: 'Try and save', wrong: [
      [{ Host: '' }, 'Host', needed], [{ Host: '127.0.0.1', Port: '' }, 'Port', /Write a number/], [{ Port: '99999' }, 'Port', /65535/],
      [{ Port: '1' }, 'User name', needed], [{ 'User name': 'mailer' }, 'Password', needed], [{ Password: 'secret' }, 'Host', /cannot be reached/]] },
    { open: `mail/${directory}passwordReset`, ready: editor, wrong: [
      [{ Subject: '' }, 'Subject', /no subject/], [{ Subject: 'Hello', HTML: '<p>no link</p>' }, 'HTML', /nobody could follow it/],
      [{ HTML: '<p><a href="$!{url}">here</a></p>', 'Address of the sender': 'nope' }, 'Address of the sender', /no e-mail address/],
      [{ 'Address of the sender': '', 'Where the link leads': 'nope' }, 'Where the link leads', /absolute URL/]],
      right: { 'Where the link leads': '' } },
    { open: `mail/${directory}passwordReset`, ready: press('Add a language'), button: 'Add a language', wrong: [[{ Language: 'no language' }, 'Language', /is a tag/]], right: { Language: 'de' }, then: 'Take away de' },
    { open: `mail/${directory}passwordReset`, ready: editor, button: 'Send', wrong: [[{ To: 'nope' }, 'To', /no e-mail address/]], right: { To: 'me@example.com' }, then: 'Sent to me@example.com' },
    { open: 'system?tab=settings', wrong: [
      [{ 'session-idle': 'soon' }, 'session-idle', /a time with its unit/], [{ 'session-idle': '1m' }, 'session-idle', /no time from/], [{ 'session-idle': '', 'session-lifetime': '9999d' }, 'session-lifetime', /no time from/],
      [{ 'session-lifetime': '', 'code-lifetime': '9d' }, 'code-lifetime', /no time from/], [{ 'code-lifetime': '', 'signing-key-rotation': '1s' }, 'signing-key-rotation', /no time/],
      [{ 'signing-key-rotation': '', 'mail-from': 'nope' }, 'mail-from', /address/]],
      right: { 'mail-from': 'Shop <shop@example.com>' } },
    { open: 'backups?do=make', button: 'Make one now', wrong: [
      [{}, 'Passphrase', /Type a passphrase/], [{ Passphrase: sentence, 'Passphrase once more': 'another' }, 'Passphrase once more', /not the same/],
      [{ Encrypt: 'recipients', Recipients: '' }, 'Recipients', /Name a recipient/], [{ Recipients: 'nope' }, 'Recipients', /nope/]],
      right: { Encrypt: 'passphrase', 'Passphrase once more': sentence }, then: 'is made and was read back' },
    { open: 'backups?do=verify', button: 'Verify', wrong: [
      [{}, 'File', /Choose a file/], [{ File: ['x.age', 'hello'] }, 'Passphrase', /Type a passphrase/], [{ Passphrase: sentence }, 'File', /no backup of Stormkeep/],
      [{ 'Opens with': 'identities', Identity: 'nope' }, 'Identity', /identit/]] },
    { open: 'backups?do=stage', button: 'Restore', wrong: [
      [{}, 'File', /Choose a file/], [{ File: ['x.age', 'hello'] }, 'Passphrase', /Type a passphrase/], [{ Passphrase: sentence }, 'File', /no backup of Stormkeep/]] },
  ],
};

test('wrong input', { timeout: 400_000 }, async (t) => {
  const place = mkdtempSync(join(tmpdir(), 'browser-wrong-'));
  t.after(() => rmSync(place, { recursive: true, force: true }));
  const { server, application, call, page, ann, id, open } = await operated(t, { more: ['--egress-allow', '127.0.0.0/8', '--backup-to', place] });
  await server.run('admin', 'create', '--email', 'ola@example.com', '--role', 'auditor', '--password-stdin', { input: 'correct horse battery\n' });
  await server.run('admin', 'role', 'ola@example.com', 'none');
  const idOf = (record) => record.href.split('/').at(-1);
  const make = async (path, body) => idOf(await call(`${server.base}/v1/${path}`, body));
  const directory = idOf((await call(ann.href)).directory);
  const a = `applications/${idOf(application)}`;
  const world = {
    id, directory, application: a,
    group: await make(`directories/${directory}/groups`, { name: 'Billing' }),
    organization: await make('organizations', { name: 'Fernhill', nameKey: 'fernhill' }),
    client: `clients/${await make(`${a}/clients`, { name: 'Larkspur', redirectUris: ['https://larkspur.example/callback'] })}`,
    resource: await make(`${a}/resources`, { name: 'Invoices', identifier: 'https://api.example.com' }),
    webhook: `webhooks/${await make('webhookEndpoints', { url: 'https://shop.example.com/first', events: ['*'] })}`,
    operator: idOf((await call(`${server.base}/v1/operators`)).items[0]),
  };
  await make(`directories/${directory}/groups`, { name: 'Support' });
  await make('groupMemberships', { account: { href: ann.href }, group: { href: `${server.base}/v1/groups/${world.group}` } });
  await make('organizations', { name: 'Moss', nameKey: 'moss' });
  const settled = (...more) => {
    page.wrongs = page.wrongs.filter((w) => !/^429 .*stream$/.test(w)); // the streams of pages that were left
    fine(page, 400, 409, ...more);
  };
  const show = async (path, ready) => {
    await open(path);
    await page.locator('.sk').first().waitFor({ state: 'detached' });
    await ready?.(page);
  };

  for (const [area, forms] of Object.entries(areas)) {
    await t.test(area, async (t) => {
      for (const { open: path, ready, button, send: sends = true, wrong, right, then = 'Saved' } of forms(world)) {
        await t.test(path.replace(/[0-9A-Za-z]{22}/g, ''), async () => {
          await show(path, ready);
          const at = await front(page);
          const host = new URL(server.base).host;
          for (const [values, label, says] of wrong) {
            await fill(at, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === 'HOST' ? host : value])));
            await refused(at, sends && button, label, says);
          }
          if (!right) return;
          await fill(at, right);
          if (sends) await send(at, button);
          await page.getByText(then).or(page.getByLabel(then)).filter({ visible: true }).first().waitFor();
          settled();
        });
      }
    });
  }

  await t.test('what is deleted wants its name, and no other', async () => {
    await show(`groups/${world.group}`, menu('Delete'));
    const asks = page.getByRole('alertdialog');
    const name = await page.getByRole('heading', { level: 1 }).textContent();
    await asks.getByRole('textbox').fill(name.toLowerCase());
    await page.keyboard.press('Enter');
    assert.ok(await asks.getByRole('button', { name: 'Delete' }).isDisabled());
    assert.equal(await asks.getByRole('textbox').inputValue(), name.toLowerCase());
    await asks.getByRole('textbox').fill(name);
    await page.keyboard.press('Enter');
    await page.getByText(`${name} deleted`).waitFor();
    settled(404);
  });

  await t.test('two views have two names', async () => {
    await show('accounts?find=ann', press('Save this view'));
    const asks = page.getByRole('alertdialog');
    await fill(asks, { 'Name of the view': 'Disabled' });
    await refused(asks, 'Save', 'Name of the view', /Another view has this name/);
    await seen(page, 'wrong-question');
    await fill(asks, { 'Name of the view': 'Of Ann' });
    await send(asks, 'Save');
    await page.getByRole('link', { name: 'Of Ann' }).waitFor();
    settled();
  });

  await t.test('half a JSON keeps its page from being left, comes back with its tab, and is discarded', async () => {
    await call(`${ann.href}/customData`, { plan: 'gold' });
    await show(`accounts/${id}?tab=customData`, editor);
    await fill(page.locator('main'), { 'Custom data': '{"plan":' });
    await page.getByRole('link', { name: 'Profile' }).click();
    await fill(page.locator('main'), { 'Middle name': 'May' });
    await refused(page.locator('main'), undefined, '', /Custom data: This is no JSON/);
    await page.getByRole('link', { name: 'Custom data' }).click();
    await page.getByText('This is no JSON').first().waitFor();
    assert.equal(await page.locator('.cm-content').textContent(), '{"plan":');
    await seen(page, 'wrong-json');
    await page.locator('.side').getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.locator('.savebar').waitFor({ state: 'detached' });
    assert.match(await page.locator('.cm-content').textContent(), /"gold"/);
    settled();
  });

  await t.test('a fault on another tab is told where one is', async () => {
    await show(`accounts/${id}`);
    await fill(page.locator('main'), { 'E-mail': 'nope' });
    await page.getByRole('link', { name: 'Custom data' }).click();
    await editor(page);
    await refused(page.locator('main'), undefined, '', /E-mail: This is no e-mail address/);
    await page.getByRole('link', { name: 'Profile' }).click();
    await refused(page.locator('main'), undefined, 'E-mail', /no e-mail address/);
    settled();
  });

  await t.test('a server that does not answer loses nothing', async () => {
    await show(`accounts/${id}`);
    await fill(page.locator('main'), { 'Middle name': 'June' });
    await page.route(`**/v1/accounts/${id}*`, (route) => route.abort());
    await refused(page.locator('main'), undefined, '', /The server does not answer/);
    await page.unroute(`**/v1/accounts/${id}*`);
    await send(page.locator('main'));
    await page.getByText('Saved').first().waitFor();
    page.wrongs = page.wrongs.filter((w) => !/ERR_FAILED/.test(w));
    settled();
  });

  await t.test('in German', async () => {
    await page.getByRole('button', { name: /Your account/ }).click();
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await show(`accounts/${id}`);
    const at = page.locator('main');
    await fill(at, { 'E-Mail': 'ben@example.com' });
    await refused(at, undefined, 'E-Mail', /schon vergeben/);
    await fill(at, { 'E-Mail': 'ann@example.com', 'Neues Passwort': 'short' });
    await refused(at, undefined, 'Neues Passwort', /Mindestens 8 Zeichen/);
    await seen(page, 'wrong-german');
    settled();
  });
});
