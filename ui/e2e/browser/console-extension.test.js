// What a plugin adds to the console, with the example of plugins/notes: a page, a tab and
// a command.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fine, operated, seen } from './harness.js';

const program = fileURLToPath(new URL('../../../stormkeep-notes', import.meta.url));

test('a plugin adds a tab, a page and a command', { timeout: 120_000 }, async (t) => {
  const { page, id, open } = await operated(t, { program: process.env.NOTES_BIN ?? program });
  await open(`accounts/${id}`);
  await page.getByRole('link', { name: 'Notes' }).last().click();
  await page.getByText('No notes yet.').waitFor();
  await page.getByRole('button', { name: 'Add a note' }).click();
  await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
  fine(page, 400);
  await page.getByLabel('New note').fill('Called on Monday.\nIdentity checked.');
  await page.getByRole('button', { name: 'Add a note' }).click();
  await page.locator('main').getByText('Called on Monday.').waitFor();
  await seen(page, 'console-extension-tab');

  await page.locator('.side').getByRole('link', { name: 'Notes' }).click();
  await page.waitForURL('**/console/x/notes');
  await page.getByRole('heading', { name: 'Notes', level: 1 }).waitFor();
  await page.getByText('Called on Monday.').waitFor();
  await seen(page, 'console-extension-page');
  await page.reload();
  await page.getByRole('link', { name: 'Ann Lee' }).click();
  await page.waitForURL(`**/console/accounts/${id}?tab=x-notes-notes`);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('download all');
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.deepEqual(JSON.parse(readFileSync(await file.path(), 'utf8')).map((n) => [n.account, n.text]), [['Ann Lee', 'Called on Monday.\nIdentity checked.']]);

  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No notes yet.').waitFor();
  fine(page);
});
