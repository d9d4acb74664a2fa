import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fine, operated, seen } from './harness.js';

const passphrase = 'a long enough passphrase';
const patient = { timeout: 60_000 }; // a passphrase takes its time

test('backups in the console', async (t) => {
  const place = mkdtempSync(join(tmpdir(), 'browser-backups-'));
  t.after(() => rmSync(place, { recursive: true, force: true }));
  const { page, open } = await operated(t, { more: ['--backup-to', place] });
  const opens = async (words) => {
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Passphrase', { exact: true }).fill(words);
    await drawer.getByRole('button', { name: /^(Verify|Restore)$/ }).click();
    await drawer.waitFor({ state: 'hidden' });
  };
  const act = async (name) => {
    await page.getByRole('row', { name: /stormkeep-/ }).getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };

  await open('backups');
  await page.getByText('No backups there yet').waitFor();
  await seen(page, 'backups-none');
  await page.getByRole('button', { name: 'Make one now' }).first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await drawer.getByLabel('Passphrase once more').fill('another');
  await drawer.getByRole('button', { name: 'Make one now' }).click();
  await drawer.getByText('The two are not the same.').waitFor();
  await seen(page, 'backups-make');
  await drawer.getByLabel('Passphrase once more').fill(passphrase);
  await drawer.getByRole('button', { name: 'Make one now' }).click();
  await page.getByText('is made and was read back').first().waitFor(patient);
  await page.getByRole('row', { name: /stormkeep-/ }).waitFor();
  await seen(page, 'backups');
  await page.getByRole('button', { name: 'Close' }).click();
  fine(page);

  await act('Verify');
  await drawer.getByLabel('Passphrase', { exact: true }).fill('the wrong one');
  await drawer.getByRole('button', { name: 'Verify' }).click();
  await drawer.getByText('Neither the passphrase nor an identity opens it.').waitFor(patient);
  assert.equal(await drawer.getByLabel('Passphrase', { exact: true }).inputValue(), 'the wrong one');
  await seen(page, 'backups-wrong');
  await opens(passphrase);
  await page.getByRole('heading', { name: /is whole/ }).waitFor(patient);
  await page.getByRole('row', { name: 'Accounts 8 8' }).waitFor();
  await seen(page, 'backups-verified');
  fine(page);

  const came = page.waitForEvent('download');
  await act('Download');
  const file = join(place, 'mine.age');
  await (await came).saveAs(file);
  assert.equal(readFileSync(file, 'latin1').slice(0, 21), 'age-encryption.org/v1');

  await page.locator('main').getByRole('button', { name: 'Actions' }).first().click();
  await page.getByRole('menuitem', { name: 'Restore from a file' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await page.getByText('Choose a file first.').waitFor();
  await page.getByLabel('File').setInputFiles(file);
  await seen(page, 'backups-restore');
  await opens(passphrase);
  await page.getByRole('heading', { name: 'A restore waits for the next start' }).waitFor(patient);
  await seen(page, 'backups-staged');
  await page.getByRole('button', { name: 'Discard the restore' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard the restore' }).click();
  await page.getByText('The restore is discarded').waitFor();
  fine(page);
});

test('backups without a place, and a restore that is done at the next start', async (t) => {
  const { page, open, server, call, ann } = await operated(t);
  await open('backups');
  await page.getByText('No place for backups is set').waitFor();
  await seen(page, 'backups-noplace');
  const came = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download a new one' }).first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await drawer.getByLabel('Passphrase once more').fill(passphrase);
  await drawer.getByRole('button', { name: 'Download' }).click();
  const file = join(server.folder, 'mine.age');
  await (await came).saveAs(file);
  await call(ann.href, { givenName: 'Changed' });

  await page.locator('main').getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Restore from a file' }).click();
  await page.getByLabel('File').setInputFiles(file);
  await page.getByRole('dialog').getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('heading', { name: 'A restore waits for the next start' }).waitFor(patient);
  fine(page);
  await page.goto('about:blank');
  await server.stop();
  const next = await server.again();
  t.after(() => next.remove());
  const again = await call(ann.href.replace(server.base, next.base));
  assert.equal(again.givenName, 'Ann');
});
