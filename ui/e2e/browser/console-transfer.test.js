// Accounts are imported from a file and exported again, in the console.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fine, operated, seen } from './harness.js';

/** A table of n people, of which three lines are wrong and one has a line end. */
function people(n, name = 'p') {
  const rows = ['Mail;First name;Shoe size'];
  for (let i = 1; i < n; i++) rows.push(`${name}${i}@example.com;${i === 5 ? '"Two\nlines"' : `Name ${i}`};${30 + (i % 20)}`);
  rows[700] = 'not an address;Bad;1';
  rows[1500] = `${name}1500@example.com;Too few`;
  rows[2200] = `${name}2200@example.com;"Bare" quote;1`;
  return rows.join('\r\n');
}

test('accounts are imported from a file: looked at, rehearsed, cancelled, gone on with', { timeout: 240_000 }, async (t) => {
  const { page, open, call, application } = await operated(t);
  await open('transfers');
  await seen(page, 'console-transfer-empty');
  const choose = (name, body) => page.getByLabel('Choose a file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.isBuffer(body) ? body : Buffer.from(body) });

  for (const [body, says] of [[Buffer.from([0xff, 0xfe, 97, 0]), 'It is UTF-16'], [Buffer.from([97, 10, 0xe4, 10]), 'It is not UTF-8'], [Buffer.from('PK\x03\x04'), 'a spreadsheet'],
    ['', 'It has no records'], ['email,name\na,"b\nc', 'The quotation mark that opens in line 2'], [`email\n${'x'.repeat(300_000)}`, 'over 256 KiB']]) {
    await choose('wrong.csv', body);
    await page.getByRole('alert').filter({ hasText: says }).waitFor();
  }
  await choose('twice.csv', 'mail,mail\na,b\n');
  await page.getByRole('alert').filter({ hasText: 'two columns are called mail' }).waitFor();
  fine(page, 400);
  await page.getByRole('button', { name: 'Another file' }).click();

  await choose('people.csv', people(3001));
  await page.getByText('3,000 records, ').waitFor();
  assert.equal(await page.getByLabel('What column Mail becomes').inputValue(), 'email');
  assert.equal(await page.getByLabel('What column First name becomes').inputValue(), 'givenName');
  await page.getByLabel('What column Shoe size becomes').selectOption('customData.Shoe_size');
  await seen(page, 'console-transfer-file');
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('Please choose a directory.').waitFor();
  await page.getByRole('combobox', { name: 'Directory' }).click();
  await page.getByRole('option', { name: /My Application/ }).first().click();
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('What the import would do').waitFor({ timeout: 60_000 });
  const stat = async (label) => page.locator('.stat').filter({ hasText: label }).locator('dd').innerText();
  assert.deepEqual([await stat('Would be made'), await stat('Would be refused')], ['2,997', '3']);
  await page.getByText('Line 702').waitFor(); // one more, by the line end inside a cell
  await seen(page, 'console-transfer-rehearsed');
  assert.equal((await call(`${application.accounts.href}?q=name+17&limit=1`)).size, 0);

  // Slowly, so that it can be cancelled; a batch whose answer is lost is sent again.
  let batches = 0;
  await page.route('**/console/api/imports/*', async (route) => {
    batches++;
    if (batches === 3) {
      await route.fetch();
      return route.abort('connectionreset');
    }
    await new Promise((go) => setTimeout(go, 500));
    await route.continue();
  });
  await page.getByRole('button', { name: 'Import 3,000 records' }).click();
  await page.getByText('It is sent again by itself').waitFor();
  await page.getByText(/a second · .* left/).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText(/of 3,000 records were done, and stay/).waitFor();
  await seen(page, 'console-transfer-cancelled');
  await page.unroute('**/console/api/imports/*');
  page.wrongs = page.wrongs.filter((w) => !/ERR_CONNECTION_RESET/.test(w));
  fine(page);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'Imported' }).waitFor({ timeout: 60_000 });
  const [made, there] = [await stat('Made'), await stat('There already')].map((n) => Number(n.replace(',', '')));
  assert.deepEqual([made + there, await stat('Refused')], [2997, '3']);
  assert.ok(there >= 50, 'what came twice was made once');
  await seen(page, 'console-transfer-done');
  const [refused] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download what was refused' }).click()]);
  const lines = readFileSync(await refused.path(), 'utf8').trim().split('\r\n');
  assert.deepEqual([refused.suggestedFilename(), lines.length, lines[0]], ['people-refused.csv', 4, 'Line,Account,Why']);
  assert.match(lines[1], /^702,not an address,.*format/);
  assert.match(lines[2], /^1502,.*wrong number of fields/);

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await seen(page, 'console-transfer-export');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export accounts' }).click()]);
  const out = readFileSync(await file.path(), 'utf8');
  assert.match(out, /p5@example.com,p5@example.com,"Two\nlines",.*"{""Shoe_size"":""35""}"/);
  assert.ok(!/hannah|password/i.test(out));
  assert.equal(out.split('\r\n').length, 1 + 2997 + 7 + 1);

  await page.getByRole('combobox', { name: 'File' }).selectOption('jsonl');
  const [again] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export accounts' }).click()]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Another file' }).click();
  await page.getByLabel('Choose a file').setInputFiles(await again.path());
  await page.getByText('3,004 records, ').waitFor();
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('What the import would do').waitFor({ timeout: 60_000 });
  assert.deepEqual([await stat('Would be made'), await stat('Would be refused')], ['0', '0']);
  fine(page);
});
