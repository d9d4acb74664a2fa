// The console's home in Chromium: what a fresh server asks for, and what it shows of a
// server that people use, as they use it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fine, launch, operated, owned, seen, visit } from './harness.js';

const long = { timeout: 180_000 };

/** The figure of that name. */
const figure = async (page, name) => (await page.locator('.stat', { has: page.getByText(name, { exact: true }) }).locator('.v').innerText()).trim();

/** Waits until the figure of that name is n. */
const becomes = (page, name, n) => page.waitForFunction(([name, n]) => [...document.querySelectorAll('.stat')].some((s) => s.querySelector('.l').textContent === name && s.querySelector('.v').textContent === n), [name, String(n)]);

test('a fresh server: its first steps, and what is wrong with it', long, async (t) => {
  const { server } = await owned(t);
  const page = await visit(t, await launch(t));
  await page.goto(`${server.base}/console/`);
  await page.getByLabel('Username or Email').fill('hannah@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
  fine(page, 401);
  await page.getByRole('heading', { name: 'First steps' }).waitFor();
  await page.getByText('0 of 5 done').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Connect an application' }).getAttribute('href'), '/console/start');
  for (const wrong of ['Mails are kept on this machine', 'There is no backup yet', 'There is only one owner']) await page.getByText(wrong).waitFor();
  await page.getByText('Entered the console').waitFor();
  await seen(page, 'home-fresh');

  await page.getByRole('button', { name: 'Hide the first steps' }).click();
  await page.getByRole('heading', { name: 'First steps' }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Show the first steps' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'First steps' }).count(), 0);
  await page.getByRole('button', { name: 'Show the first steps' }).click();
  await page.getByRole('heading', { name: 'First steps' }).waitFor();

  await server.run('tenant', 'create', 'bank', '--name', 'Fernhill Bank');
  await server.run('tenant', 'hosts', 'bank', '--add', server.base.replace('localhost', 'bank.localhost'));
  assert.equal(await page.getByRole('button', { name: /^Tenant/ }).count(), 0);
  await page.evaluate(() => localStorage.setItem('console.language', 'de'));
  await page.reload();
  await page.getByRole('button', { name: /^Mandant/ }).click();
  assert.equal(await page.getByRole('menuitem', { name: 'Fernhill Bank' }).getAttribute('href'), `${server.base.replace('localhost', 'bank.localhost')}/console/`);
  await seen(page, 'home-tenants-de');
  await page.keyboard.press('Escape');
  await page.evaluate(() => localStorage.removeItem('console.language'));
  await page.reload();

  await page.getByRole('link', { name: 'Add one' }).click();
  await page.waitForURL('**/console/operators');
  await page.locator('.side').getByRole('link', { name: 'Home' }).click();
  await page.waitForURL('**/console/');
  await page.goto(`${server.base}/`);
  await page.waitForURL('**/console/');
  assert.equal((await fetch(`${server.base}/`, { headers: { accept: 'application/json' } })).status, 404);
  fine(page);
});

test('the figures follow what happens, and the chart is a table too', long, async (t) => {
  const { server, application, call, page, open } = await operated(t);
  await open('');
  await page.getByRole('heading', { name: 'Needs attention' }).waitFor();
  await page.waitForFunction(() => document.querySelector('.side li a[href="/console/accounts"] .n')?.textContent === '8');
  assert.deepEqual([await figure(page, 'Sign-ins'), await figure(page, 'Refused'), await figure(page, 'Accounts')], ['1', '0', '8']);
  assert.equal(await page.getByText('Changes are not heard').count(), 0);

  await call(application.accounts.href, { email: 'ivy@example.com', password: 'a long enough sentence', givenName: 'Ivy', surname: 'Moss' });
  await becomes(page, 'New accounts', 9);
  await page.waitForFunction(() => document.querySelector('.side li a[href="/console/accounts"] .n')?.textContent === '9');
  for (const password of ['a wrong one', 'another wrong one', 'a long enough sentence']) {
    await fetch(`${server.base}/login`, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ login: 'ivy@example.com', password }) });
  }
  await becomes(page, 'Sign-ins', 2);
  await becomes(page, 'Refused', 2);
  await page.getByText('Could not sign in').first().waitFor();
  await page.getByRole('link', { name: 'Ivy Moss' }).first().waitFor();
  await seen(page, 'home');

  await page.getByRole('button', { name: '24 hours' }).click();
  await page.waitForURL(/range=24h/);
  await page.getByRole('button', { name: 'As a table' }).click();
  await page.locator('.chart-table tbody tr').nth(23).waitFor();
  assert.match(await page.locator('.chart-table tbody tr').first().innerText(), /\b2\s+2$/);
  await seen(page, 'home-table');
  await page.reload();
  await page.getByRole('button', { name: '24 hours', pressed: true }).waitFor();
  await page.getByRole('link', { name: 'See the sign-ins' }).click();
  await page.waitForURL(/sign-ins\?range=24h/);

  await open('');
  await page.getByRole('heading', { name: 'Latest' }).waitFor();
  await page.context().setOffline(true);
  await server.stop();
  await page.getByText('Changes are not heard').waitFor();
  page.wrongs.length = 0;
});
