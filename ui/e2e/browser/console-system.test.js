// The system and its settings in Chromium: what the server says of itself, and what an
// owner changes of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fine, operated, seen } from './harness.js';

const long = { timeout: 240_000 };

test('the system: how the server is, and what it made of the request', long, async (t) => {
  const { page, open } = await operated(t);
  await page.locator('.side').getByRole('link', { name: 'System' }).click();
  await page.getByRole('heading', { name: 'Proxy detection' }).waitFor();
  await page.getByText('Your request came straight to the server').waitFor();
  await page.getByText('The store answers').waitFor();
  await page.getByText('bbolt').waitFor();
  await seen(page, 'system');

  await open('system?tab=doctor');
  await page.getByRole('button', { name: 'Examine' }).click();
  await page.getByRole('heading', { name: 'Findings' }).waitFor();
  await seen(page, 'system-doctor');
  fine(page);
});

test('settings: one is changed, a wrong one is refused, and each tells where it comes from', long, async (t) => {
  const { page, open, server } = await operated(t);
  await open('system?tab=settings');
  const idle = page.getByRole('textbox', { name: 'session-idle' });
  await idle.waitFor();
  await seen(page, 'settings');
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByText('Set by --data: to be changed there.').waitFor();
  await page.getByText('Set it elsewhere').first().click();
  await page.getByText('STORMKEEP_HOSTED_APPLICATION=').waitFor();
  await seen(page, 'settings-all');
  await page.getByRole('button', { name: 'Of the console' }).click();

  await idle.fill('soon');
  await page.getByText('Write a time with its unit').waitFor();
  await idle.fill('1m');
  await page.getByText('1 change').first().waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('is no time from 5m').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-invalid')), 'true');
  await seen(page, 'settings-refused');
  fine(page, 400);

  await idle.fill('30m');
  await page.getByText('30 minutes').waitFor();
  await page.getByRole('textbox', { name: 'mail-from' }).fill('Shop <shop@example.com>');
  await page.getByText('2 changes').first().waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Saved').first().waitFor();
  await page.getByText('It holds from the next start on').waitFor();
  await page.getByText('Set by hannah@example.com').first().waitFor();
  await seen(page, 'settings-kept');
  await page.reload();
  await idle.waitFor();
  assert.equal(await idle.inputValue(), '30m');
  await idle.fill('');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved').first().waitFor();
  await page.reload();
  await idle.waitFor();
  assert.equal(await idle.inputValue(), '');
  const lines = await server.run('audit', 'export').catch(() => '');
  assert.ok(lines === '' || lines.includes('settings.update'), lines);
  fine(page, 401);
});
