// The first five minutes: from the link that the server prints to somebody's test sign-in,
// by mouse, and the guide once more by keyboard alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fine, launch, operated, seen, Server, visit } from './harness.js';

const password = 'correct horse battery';

/** Opens the window of a test sign-in, and signs Ann in there. */
async function tried(page, press) {
  const [popup] = await Promise.all([page.waitForEvent('popup'), press()]);
  await popup.getByRole('heading', { name: 'Sign in' }).waitFor();
  await popup.getByLabel('Password', { exact: true }).fill('a long enough sentence');
  await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Sign in' }).click()]);
}

test('the first five minutes', { timeout: 240_000 }, async (t) => {
  const server = await Server.start();
  t.after(() => server.remove());
  const page = await visit(t, await launch(t));
  page.setDefaultTimeout(20_000);
  const step = (name) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor();

  await t.test('the administrator is made, and is signed in', async () => {
    await page.goto(server.link);
    await page.getByLabel('E-mail').fill('hannah@example.com');
    await page.getByLabel('Given name').fill('Hannah');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByLabel('Name', { exact: true }).fill('Larkspur');
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.waitForURL('**/setup/done');
    await seen(page, 'start-done');
    await page.getByRole('link', { name: 'Continue' }).click();
    await step('Your application');
    assert.equal(new URL(page.url()).pathname, '/console/start');
    fine(page, 401); // by which the console learns that it has no session yet
  });

  await t.test('the application', async () => {
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Larkspur');
    await seen(page, 'start-application');
    const address = page.locator('[aria-labelledby$="redirectUris-label"] input');
    await address.fill('http://shop.example/callback');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('begin with https://').waitFor();
    await seen(page, 'start-application-wrong');
    await address.fill('http://localhost:3000/callback');
    await page.getByRole('button', { name: 'Continue' }).click();
    await step('How people sign in');
    fine(page);
  });

  await t.test('how people sign in', async () => {
    await page.getByRole('switch', { name: 'People may register themselves' }).waitFor();
    assert.equal(await page.getByRole('radio', { name: /^Modern/ }).isChecked(), true);
    await seen(page, 'start-signin');
    await page.getByRole('switch', { name: 'People may register themselves' }).uncheck();
    await page.getByRole('switch', { name: 'Verify e-mail addresses' }).check();
    await page.getByLabel('Colour').fill('#7a1f5c');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('dialog').waitFor();
  });

  await t.test('the secret is shown once', async () => {
    await seen(page, 'start-secret');
    const dialog = page.getByRole('dialog');
    const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download .env' }).click()]);
    const text = await (await import('node:fs/promises')).readFile(await file.path(), 'utf8');
    const { OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret } = Object.fromEntries(text.trim().split('\n').map((l) => l.split('=')));
    await dialog.getByRole('button', { name: 'I have it' }).click();
    await dialog.waitFor({ state: 'detached' });
    const answer = await fetch(`${server.base}/oauth2/token`, { method: 'POST', headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` }, body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x'.repeat(70) }) });
    assert.equal((await answer.json()).error, 'invalid_grant'); // the client is known by the secret
    assert.ok((await page.getByRole('region', { name: 'Node' }).textContent()).includes(id));
    assert.ok(!(await page.content()).includes(secret));
  });

  await t.test('somebody is added, and signs in by the real pages', async () => {
    await page.getByLabel('Given name').fill('Ann');
    await page.getByLabel('Surname').fill('Lee');
    await page.getByLabel('E-mail', { exact: true }).fill('ann@example.com');
    await page.getByLabel('Password', { exact: true }).fill('a long enough sentence');
    await page.getByRole('button', { name: 'Add user' }).click();
    await page.getByText('ann@example.com can sign in now.').waitFor();
    await tried(page, () => page.getByRole('button', { name: 'Test sign-in' }).click());
    await page.getByText('Ann Lee is signed in').waitFor();
    const claims = JSON.parse(await page.getByRole('region', { name: 'ID token' }).textContent());
    assert.deepEqual([claims.email, claims.name, claims.iss], ['ann@example.com', 'Ann Lee', server.base]);
    await seen(page, 'start-connect');
    fine(page);
  });

  await t.test('the operator is still herself, and the client of the test is gone', async () => {
    await page.getByRole('link', { name: 'To the application' }).click();
    await page.getByRole('heading', { level: 1, name: 'Larkspur' }).waitFor();
    await page.getByRole('link', { name: 'OAuth clients' }).click();
    await page.getByRole('row', { name: /Larkspur/ }).waitFor();
    assert.equal(await page.getByRole('row', { name: /Test sign-in/ }).count(), 0);
    fine(page);
  });

  await t.test('a window that no test waits for says so', async () => {
    await page.goto(`${server.base}/console/start/return?code=x&state=y`);
    await page.getByText('No test waits for this sign-in').waitFor();
    assert.equal(new URL(page.url()).search, '');
    await seen(page, 'start-return');
    fine(page);
  });
});

test('the guide by keyboard alone', { timeout: 180_000 }, async (t) => {
  const { server, page } = await operated(t);
  const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const focused = () => page.evaluate('document.activeElement.innerText || document.activeElement.labels?.[0]?.innerText || document.activeElement.getAttribute("aria-label") || document.activeElement.id');
  /** Presses Tab until what has the focus is called that. */
  const tabTo = async (name) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      if (name.test(String(await focused()))) return;
    }
    assert.fail(`Tab does not come to ${name}`);
  };

  await press('Control+k');
  await page.keyboard.type('Set up an application');
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Set up an application' }).waitFor();
  await page.getByRole('combobox', { name: 'Application' }).waitFor();
  await tabTo(/^Name$/);
  await press('Control+a');
  await page.keyboard.type('Keyed');
  await tabTo(/^Web app with a server/);
  await press('ArrowRight');
  assert.match(String(await focused()), /^Single-page app/);
  await tabTo(/^Continue$/);
  await press('Enter');
  await page.getByRole('switch', { name: 'People may register themselves' }).waitFor();
  await tabTo(/^Verify e-mail addresses/);
  await press('Space');
  await tabTo(/^Continue$/);
  await press('Enter');
  await page.getByRole('region', { name: 'oidc-client-ts' }).waitFor();
  await tabTo(/^E-mail$/);
  await page.keyboard.type('zoe@example.com');
  await tabTo(/^Password$/);
  await page.keyboard.type('a long enough sentence');
  await press('Enter');
  await page.getByText('zoe@example.com can sign in now.').waitFor();
  await tabTo(/^Test sign-in$/);
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('Enter')]);
  await popup.getByRole('heading', { name: 'Sign in' }).waitFor();
  await popup.getByLabel('Password', { exact: true }).focus();
  await popup.keyboard.type('a long enough sentence');
  await Promise.all([popup.waitForEvent('close'), popup.keyboard.press('Enter')]);
  await page.getByText('zoe@example.com is signed in').waitFor();
  await tabTo(/^Back$/);
  await press('Enter');
  await page.getByRole('switch', { name: 'Verify e-mail addresses' }).waitFor();
  assert.equal(await page.getByRole('switch', { name: 'Verify e-mail addresses' }).isChecked(), true);
  fine(page);
  assert.ok(server.base);
});
