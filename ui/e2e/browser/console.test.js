// The console in Chromium, by an operator who has never seen it: against the built
// binary, with its own session, policy and events.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fine, operated, seen, visit } from './harness.js';

const long = { timeout: 180_000 };

test('the first minutes: sign in, find, create, change, and leave', long, async (t) => {
  const { page, id, open } = await operated(t);
  await page.getByRole('link', { name: 'Cleo Moss' }).waitFor();
  await seen(page, 'console-accounts');

  await page.keyboard.press('n');
  await page.getByRole('dialog').waitFor();
  await seen(page, 'console-create');
  await page.getByLabel('E-mail').fill('ann@example.com');
  await page.getByRole('dialog').getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  fine(page, 409, 400);

  await open(`accounts/${id}`);
  await page.getByLabel('Middle name').fill('May');
  await page.getByText('1 change').first().waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Saved').first().waitFor();
  await page.reload();
  await page.getByLabel('Middle name').waitFor();
  assert.equal(await page.getByLabel('Middle name').inputValue(), 'May');
  await seen(page, 'console-account');

  await page.getByLabel('E-mail').fill('nope');
  await page.keyboard.press('Control+s');
  await page.locator('[aria-invalid=true]').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-invalid')), 'true');
  fine(page, 400);

  await page.locator('.side').getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL('**/console/accounts');
  fine(page);
});

test('two operators edit one account: the second is told and loses nothing', long, async (t) => {
  const { call, page, ann, id, open } = await operated(t);
  await open(`accounts/${id}`);
  await page.getByLabel('Middle name').fill('Mine');
  await call(ann.href, { givenName: 'Theirs' });
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: 'Load theirs, keep mine' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some((i) => i.value === 'Theirs'));
  assert.equal(await page.getByLabel('Middle name').inputValue(), 'Mine');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved').first().waitFor();
  const now = await call(ann.href);
  assert.deepEqual([now.givenName, now.middleName], ['Theirs', 'Mine']);
  fine(page, 412);
});

test('a session that is over in the middle of an edit: nothing typed is lost', long, async (t) => {
  const { call, page, ann, id, open, login } = await operated(t);
  await open(`accounts/${id}`);
  await page.getByLabel('Middle name').fill('Kept');
  await page.context().clearCookies();
  await page.keyboard.press('Control+s');
  const popup = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await login(await popup);
  await page.getByText('Saved').first().waitFor();
  assert.equal((await call(ann.href)).middleName, 'Kept');
  fine(page, 401);
});

test('what others change is seen without a reload', long, async (t) => {
  const { call, page, ann } = await operated(t);
  await page.getByRole('link', { name: 'Ann Lee' }).waitFor();
  const read = page.waitForResponse((r) => r.url().endsWith('/v1/events/stream'));
  await page.reload();
  await read;
  await page.getByRole('link', { name: 'Ann Lee' }).waitFor();
  await call(ann.href, { surname: 'Larkspur' });
  await page.getByRole('link', { name: 'Ann Larkspur' }).waitFor();
  fine(page);
});

test('keys are shown once, custom data is checked, deleting wants the name, and all of it in German', long, async (t) => {
  const { server, call, page, ann, id, open } = await operated(t);
  await open(`accounts/${id}?tab=apiKeys`);
  await page.getByRole('button', { name: 'New API key' }).click();
  await page.getByLabel('Name').fill('ci');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText('This is shown once').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /Download/ }).click();
  const file = readFileSync(await (await download).path(), 'utf8');
  assert.match(file, /^apiKey.id = \w+\napiKey.secret = [\w-]+\n$/);
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.ok(!(await page.content()).includes(file.split('secret = ')[1].trim()));
  await seen(page, 'console-keys');

  await open(`accounts/${id}?tab=customData`);
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('{"plan":');
  await page.getByText('This is no JSON').waitFor();
  await page.keyboard.insertText('"gold"}');
  await page.locator('.savebar').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Saved').first().waitFor();
  assert.equal((await call(`${ann.href}/customData`)).plan, 'gold');

  for (const tab of ['groups', 'applications', 'sessions', 'timeline']) {
    await open(`accounts/${id}?tab=${tab}`);
    await page.waitForLoadState('load');
    await seen(page, `console-${tab}`);
  }
  fine(page);

  await page.getByRole('button', { name: /Your account/ }).click();
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.goto(`${server.base}/console/accounts/${id}`);
  await page.getByRole('button', { name: 'Aktionen' }).click();
  await page.getByRole('menuitem', { name: 'Löschen' }).click();
  const go = page.getByRole('alertdialog').getByRole('button', { name: 'Löschen' });
  assert.ok(await go.isDisabled());
  await page.getByRole('alertdialog').getByRole('textbox').fill((await page.getByRole('heading', { level: 1 }).innerText()).trim());
  await go.click();
  await page.waitForURL(/accounts$/);
  await page.getByRole('link', { name: 'Ben Moss' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Ann Lee' }).count(), 0);
  fine(page, 404);
});

test('each noun has a list, a way to make one, and a page with its parts', { timeout: 400_000 }, async (t) => {
  const { server, call, page, ann, open } = await operated(t);
  const tenant = await call(`${server.base}/v1/tenants/current`);
  const of = async (noun, body) => (await call(`${server.base}/v1/${noun}`, body)).href.split('/').at(-1);
  const directory = (await call(ann.href)).directory.href.split('/').at(-1);
  const group = (await call(`${server.base}/v1/directories/${directory}/groups`, { name: 'Billing', description: 'Who sends invoices' })).href.split('/').at(-1);
  await call(`${server.base}/v1/groupMemberships`, { account: { href: ann.href }, group: { href: `${server.base}/v1/groups/${group}` } });
  const organization = await of('organizations', { name: 'Fernhill Bank', nameKey: 'fernhill' });
  await call(`${server.base}/v1/organizationAccountStoreMappings`, { organization: { href: `${server.base}/v1/organizations/${organization}` }, accountStore: { href: `${server.base}/v1/directories/${directory}` } });
  const application = (await call(`${tenant.applications.href}?name=My%20Application`)).items[0].href.split('/').at(-1);
  await call(`${server.base}/v1/applications/${application}/clients`, { name: 'Larkspur', redirectUris: ['https://larkspur.example/callback'] });
  await call(`${server.base}/v1/signingKeys`, { alg: 'EdDSA' });
  for (const path of ['groups', `groups/${group}`, 'directories', `directories/${directory}`, 'organizations', `organizations/${organization}`,
    'applications', `applications/${application}`, 'sign-ins', 'sessions', 'audit', 'signing-keys', 'operators']) {
    await open(path);
    const tabs = await page.locator('.tabs a').evaluateAll((links) => links.map((a) => new URL(a.href).searchParams.get('tab')).filter(Boolean));
    await page.locator('.sk').first().waitFor({ state: 'detached' });
    await seen(page, `console-${path.replace(/[/].*/, '-one')}`);
    for (const tab of path.includes('/') ? tabs : []) {
      await open(`${path}?tab=${tab}`);
      await page.locator('.sk').first().waitFor({ state: 'detached' });
      await seen(page, `console-${path.replace(/[/].*/, '')}-${tab}`);
    }
    page.wrongs = page.wrongs.filter((w) => !/^429 .*stream$/.test(w)); // the streams of pages that were left count until their next beat
    fine(page);
  }
});

test('what happened is found: sign-ins with the reason of each refusal, and who changed what', long, async (t) => {
  const { server, application, page, ann, open } = await operated(t);
  for (const password of ['a wrong one', 'a long enough sentence']) {
    await fetch(`${server.base}/login`, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ login: 'ann@example.com', password }) });
  }
  await open('sign-ins');
  await page.getByRole('link', { name: 'Ann Lee' }).first().waitFor();
  await page.getByRole('cell', { name: 'The password was wrong', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Signed in' }).click();
  await page.waitForURL(/outcome=success/);
  await page.getByRole('cell', { name: 'The password was wrong', exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '7 days' }).click();
  await page.getByRole('link', { name: 'Ann Lee' }).first().click();
  await page.getByRole('heading', { name: 'Ann Lee', level: 1 }).waitFor();
  await page.getByText('Could not sign in').waitFor();

  await open('sessions');
  await page.getByRole('link', { name: 'hannah@example.com' }).waitFor();

  await open(`audit?find=account:${ann.href.split('/').at(-1)}`);
  await page.getByRole('link', { name: 'An account was made' }).first().click();
  await page.getByRole('dialog').getByText('By an API key').waitFor();
  await page.getByRole('dialog').getByRole('heading', { name: 'surname' }).waitFor();
  await seen(page, 'console-audit-line');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  fine(page);
});
