// From an empty folder to the first call, in a browser: with script, and without.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { launch, owned, seen, Server, visit } from './harness.js';

const password = 'correct horse battery';

/** Fills the form in, the link aside. */
async function fill(page, email = 'hannah@example.com') {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Given name').fill('Hannah');
  await page.getByLabel('Surname').fill('Goldberg');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Name', { exact: true }).fill('Larkspur');
}

/** Presses the button of the key and reads the file that comes. */
async function download(page) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download apiKey.properties' }).click()]);
  assert.equal(file.suggestedFilename(), 'apiKey.properties');
  const [, id, secret] = readFileSync(await file.path(), 'utf8').match(/^apiKey\.id = (\w+)\napiKey\.secret = (\w+)\n$/);
  return { id, secret };
}

/** Makes the first call. */
async function call(server, { id, secret }, path) {
  const answer = await fetch(`${server.base}/v1/${path}`, { headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` } });
  assert.equal(answer.status, 200);
  return answer.json();
}

test('with script', async (t) => {
  const server = await Server.start();
  t.after(() => server.remove());
  const page = await visit(t, await launch(t));
  const token = server.link.split('#')[1];

  await t.test('the token leaves the address bar for the form', async () => {
    const asked = [];
    page.on('request', (r) => asked.push(r.url()));
    await page.goto(server.link);
    assert.equal(page.url(), `${server.base}/setup`);
    assert.equal(await page.locator('#token').isVisible(), false);
    assert.equal(await page.locator('#token').inputValue(), token);
    assert.equal(await page.evaluate('document.activeElement.id'), 'email');
    assert.ok(asked.length > 0 && asked.every((url) => !url.split('#')[0].includes(token)));
    await seen(page, 'setup');
  });

  await t.test('a page that is only looked at spends nothing', async () => {
    const other = await visit(t, await launch(t));
    await other.goto(server.link);
    await other.reload();
    assert.deepEqual(other.wrongs, []);
  });

  await t.test('the password can be shown', async () => {
    await fill(page);
    const show = page.getByRole('button', { name: 'Show password' });
    await show.click();
    assert.equal(await page.locator('#password').getAttribute('type'), 'text');
    assert.equal(await show.getAttribute('aria-pressed'), 'true');
    await show.click();
    assert.equal(await page.locator('#password').getAttribute('type'), 'password');
  });

  await t.test('what is wrong is said at its field, and the rest stays', async () => {
    await page.getByLabel('Password', { exact: true }).fill('Password1');
    await page.getByLabel('Name', { exact: true }).fill('Stormpath');
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByText('Another application has this name.').waitFor();
    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.locator('#token').isVisible(), false);
    assert.deepEqual(await page.locator('.input').evaluateAll((all) => all.map((e) => e.value)),
      [token, 'hannah@example.com', 'Hannah', 'Goldberg', '', 'Stormpath']);
    assert.equal(await page.evaluate('document.activeElement.id'), 'password');
    await seen(page, 'setup-wrong');
  });

  let key;
  await t.test('the owner is made, and takes the key once', async () => {
    await fill(page);
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.waitForURL('**/setup/done');
    await seen(page, 'done');
    await page.reload();
    key = await download(page);
    await page.getByText('It is yours.').waitFor();
    assert.equal(await page.getByRole('button').isDisabled(), true);
    const tenant = await call(server, key, 'tenants/current');
    const apps = await call(server, key, `tenants/${tenant.href.split('/').at(-1)}/applications?name=Larkspur`);
    assert.equal(apps.size, 1);
  });

  await t.test('then there is nothing left to set up', async () => {
    for (const path of ['/setup', '/setup/done', '/setup/password']) {
      const answer = await page.goto(server.base + path);
      assert.equal(answer.status(), 404);
      await page.getByText('There is nothing to set up').waitFor();
    }
    await seen(page, 'gone');
  });

  assert.deepEqual(page.wrongs, []);
  await server.stop();
  const log = server.said.split('\n').filter((line) => line.startsWith('{')).join('\n');
  for (const secret of [token.slice(22), key.secret, password]) assert.ok(!log.includes(secret));

  await t.test('and the next start offers nothing', async () => {
    const next = await Server.start({ folder: server.folder });
    t.after(() => next.remove());
    assert.equal(next.link, undefined);
    await next.stop();
  });
});

test('without script', async (t) => {
  const server = await Server.start();
  t.after(() => server.remove());
  const page = await visit(t, await launch(t), { javaScriptEnabled: false });
  await page.goto(server.link);
  await fill(page);
  await page.getByLabel('Setup link').fill(`${server.base}/setup#${'0'.repeat(22)}${'A'.repeat(43)}`);
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByText('wrong, too old, or was used before').waitFor();
  assert.equal(await page.getByLabel('E-mail').inputValue(), 'hannah@example.com');

  await page.getByLabel('Setup link').fill(server.link); // as it stands in the address bar
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.waitForURL('**/setup/done');
  const key = await download(page);
  assert.match((await call(server, key, 'tenants/current')).href, /\/v1\/tenants\/\w+$/);
  await page.getByRole('button', { name: 'Download apiKey.properties' }).click();
  await page.getByText('There is nothing to set up').waitFor();
  assert.deepEqual(page.wrongs, []);
  await server.stop();
});

test('from a backup instead', { timeout: 180_000 }, async (t) => {
  const old = await owned(t);
  await old.enrol();
  const key = join(old.server.folder, 'passphrase');
  writeFileSync(key, 'a passphrase of many words\n');
  const backup = join(old.server.folder, 'backup.age');
  await old.server.run('backup', '--to', backup, '--passphrase-file', key);

  const server = await Server.start();
  t.after(() => server.remove());
  const page = await visit(t, await launch(t));
  page.setDefaultTimeout(20_000);
  await page.goto(server.link);
  await page.getByText('Restore from a backup instead').click();
  await page.getByRole('button', { name: 'Choose a backup' }).click();
  await page.waitForURL('**/setup/restore');
  await seen(page, 'restore');
  await page.getByLabel('Passphrase').fill('another');
  await page.getByLabel('A file of this computer').setInputFiles(backup);
  await page.getByRole('button', { name: 'Check and restore' }).click();
  await page.getByText('opens this backup').waitFor();
  await page.getByText('backup.age is here already').waitFor(); // and is not sent again
  await seen(page, 'restore-wrong');
  await page.getByLabel('Passphrase').fill('a passphrase of many words');
  await page.getByRole('button', { name: 'Check and restore' }).click();
  await page.getByText('Start the server again to finish').waitFor();
  await seen(page, 'restore-done');
  assert.deepEqual(page.wrongs, []);
  await server.stop();

  const next = await Server.start({ folder: server.folder });
  t.after(() => next.remove());
  assert.equal(next.link, undefined);
  await page.goto(`${next.base}/console/login`);
  await page.getByLabel('Username or Email').fill('hannah@example.com');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/console/**');
  await page.goto(`${next.base}/console/accounts`);
  await page.getByRole('link', { name: 'Ann Lee' }).waitFor();
  await next.stop();
});
