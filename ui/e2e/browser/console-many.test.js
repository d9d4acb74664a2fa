// The console with 100,000 accounts: one of them is found, helped and signed out, and
// the list of all is filtered, sorted, walked, selected and exported.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fine, operated } from './harness.js';
import { crowd } from './people.js';

const many = 100_000;

test('among 100,000 accounts', { timeout: 300_000 }, async (t) => {
  const { server, application, call, page, ann, id, open } = await operated(t);
  await crowd(server, many);
  const size = many + 8; // with those of operated, and the owner
  const elsewhere = await call(`${server.base}/v1/applications`, { name: 'Larkspur' });
  const tries = async (login, password) => {
    const answer = await fetch(`${server.base}/login`, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ login, password }) });
    return answer.status;
  };

  // Ann signed in, then somebody was wrong twice. She calls.
  assert.equal(await tries('ann@example.com', 'a long enough sentence'), 200);
  for (let i = 0; i < 2; i++) assert.equal(await tries('ann@example.com', 'a wrong one'), 400);

  await t.test('she is found, why she cannot sign in is seen, and her sessions are ended', async (t) => {
    await open('groups');
    const began = Date.now();
    let steps = 0;
    const step = async (what) => {
      await what;
      steps++;
    };
    await step(page.keyboard.press('Control+k'));
    await step(page.keyboard.type('ann@ex'));
    await page.getByRole('option', { name: /Ann Lee/ }).waitFor();
    await step(page.keyboard.press('Enter'));
    await page.getByRole('heading', { name: 'Ann Lee', level: 1 }).waitFor();
    await step(page.getByRole('link', { name: 'Timeline' }).click());
    await page.getByText('The password was wrong').first().waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Could not sign in' }).getByText('× 2').waitFor();
    await step(page.getByRole('link', { name: 'Could it sign in now?' }).first().click());
    await page.getByText('Yes, it could.').waitFor();
    await page.getByText('2 wrong tries').waitFor();
    await step(page.getByRole('link', { name: 'Sessions' }).last().click());
    await step(page.getByRole('button', { name: 'End all' }).click());
    await step(page.getByRole('alertdialog').getByRole('button', { name: 'End all' }).click());
    await page.getByText('All sessions ended').waitFor();
    await page.locator('td').getByText('Ended', { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'End all' }).count(), 0);
    t.diagnostic(`${steps} steps, ${((Date.now() - began) / 1000).toFixed(1)} s by a machine`);
    assert.ok(steps <= 8, `${steps} steps`);
    const sessions = await call(`${ann.href}/sessions`);
    assert.ok(sessions.items.length > 0 && sessions.items.every((s) => s.endedAt));
    fine(page);
  });

  await t.test('why she is refused is told in the order in which it is asked', async () => {
    const trace = page.locator('.why');
    await call(ann.href, { status: 'DISABLED' });
    assert.equal(await tries('ann@example.com', 'a long enough sentence'), 400);
    await open(`accounts/${id}?tab=timeline&events=refused`);
    const refusal = page.getByRole('listitem').filter({ hasText: 'The account is disabled' });
    await refusal.getByRole('link', { name: application.name }).waitFor();
    await refusal.getByRole('link', { name: 'Could it sign in now?' }).click();
    await page.getByText(`Could Ann Lee sign in to ${application.name} now?`).first().waitFor();
    await page.getByText('Enable the account.').waitFor();
    assert.match(await trace.innerText(), /One holds the account[^]*Name leads to it[^]*Account[^]*Has a password/);
    const states = (await trace.locator('.vh').allInnerTexts()).map((text) => text.replace(/\W+/, ''));
    assert.deepEqual([...new Set(states)], ['passed', 'failed', 'not reached']);
    await page.getByLabel('Another application').fill('Lark');
    await page.getByRole('option', { name: 'Larkspur' }).click();
    await page.getByRole('heading', { name: 'Could Ann Lee sign in to Larkspur now?' }).waitFor();
    await page.getByText(/Map the directory of the account/).waitFor();
    await call(`${server.base}/v1/accountStoreMappings`, { application: { href: elsewhere.href }, accountStore: ann.directory });
    await page.reload();
    await page.getByRole('heading', { name: 'Could Ann Lee sign in to Larkspur now?' }).waitFor();
    await page.getByText('Enable the account.').waitFor();
    await call(ann.href, { status: 'ENABLED' });
    await page.reload();
    await page.getByText('Yes, it could.').waitFor();
    fine(page);
  });

  const row = (n) => page.locator(`tr[data-row="${n}"] a`).first();
  const top = () => page.evaluate('scrollY');

  await t.test('the list is filtered and sorted, and its end is reached', async () => {
    await open('accounts');
    await page.getByText(`${size.toLocaleString('en')} accounts`).waitFor();
    const box = page.getByRole('combobox', { name: 'Search or filter' });
    await box.fill('status:disabled');
    await box.press('Enter');
    await page.waitForURL(/find=status%3Adisabled/);
    await page.getByText(`${(many / 50).toLocaleString('en')} rows`).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove status disabled' }).click();
    await page.getByText(`${size.toLocaleString('en')} rows`).waitFor();

    await page.getByRole('button', { name: 'E-mail' }).click();
    await page.waitForURL(/sort=email/);
    await row(0).waitFor();
    const first = await row(0).innerText();
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('End');
    await row(size - 1).waitFor();
    assert.equal(await page.locator(`tr[data-row="${size - 1}"]`).getAttribute('aria-rowindex'), String(size + 1));
    await row(99_999).waitFor();
    const last = await row(size - 1).innerText();
    await page.getByRole('button', { name: 'E-mail' }).click();
    await page.waitForURL(/sort=email[+]desc|sort=email%20desc/);
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Home');
    await page.waitForFunction((name) => document.querySelector('tr[data-row="0"] a')?.textContent.trim() === name, last);
    assert.equal(await top(), 0);
    await page.keyboard.press('End');
    await row(size - 1).waitFor();
    assert.equal(await row(size - 1).innerText(), first);
    fine(page);
  });

  await t.test('the row on top is in the URL, and a reload leads to it', async () => {
    await open('accounts?sort=surname');
    await row(0).waitFor();
    await page.evaluate('scrollTo(0, 2000000)');
    await page.waitForURL(/at=\d{5}/);
    const at = Number(new URL(page.url()).searchParams.get('at'));
    await row(at).waitFor();
    const name = await row(at).innerText();
    await page.reload();
    await row(at).waitFor();
    assert.equal(await row(at).innerText(), name);
    const y = (await page.locator(`tr[data-row="${at}"]`).boundingBox()).y;
    assert.ok(y > 0 && y < 300, `the row is ${y} px down`);
    fine(page);
  });

  await t.test('a range is selected over what was never loaded, and stays selected', async () => {
    await open('accounts?sort=email');
    await row(0).waitFor();
    const check = (n) => page.locator(`tr[data-row="${n}"] .check`);
    await check(3).click();
    await page.getByRole('toolbar', { name: 'Selected rows' }).getByText('1 selected').waitFor();
    await page.evaluate('scrollTo(0, 250 * 40)');
    await check(252).click({ modifiers: ['Shift'] });
    await page.getByText('250 selected').waitFor();
    await call(ann.href, { givenName: 'Anna' }); // of which the list hears
    await page.evaluate('scrollTo(0, 0)');
    await page.getByRole('link', { name: 'Anna Lee' }).waitFor({ timeout: 5000 }).catch(() => {});
    await page.getByText('250 selected').waitFor();
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await page.getByRole('toolbar', { name: 'Selected rows' }).waitFor({ state: 'detached' });
    fine(page);
  });

  await t.test('an export counts as it goes, and can be stopped', async () => {
    const started = async (menu = 'Export as CSV') => {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: menu }).click();
    };
    await open('accounts');
    await row(0).waitFor();
    await started();
    await page.getByText(/Exporting [1-9][\d,]+ of 100,00\d/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Cancelled').waitFor();

    await open('accounts?find=status%3Adisabled');
    await page.getByText(`${(many / 50).toLocaleString('en')} rows`).waitFor();
    const download = page.waitForEvent('download');
    await started();
    const lines = readFileSync(await (await download).path(), 'utf8').trim().split('\r\n');
    assert.equal(lines.length, 1 + many / 50);
    assert.match(lines[0], /^Name,E-mail,Status,/);
    assert.equal(new Set(lines).size, lines.length);
    fine(page);
  });
});
