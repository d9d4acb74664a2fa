// The look of the pages that people sign in at, shown in the console before it is kept.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fine, operated, seen } from './harness.js';

/** Waits until what is read is what is wanted. */
async function becomes(read, want) {
  for (let i = 0; i < 50 && (await read().catch(() => undefined)) !== want; i++) await new Promise((done) => setTimeout(done, 100));
  assert.equal(await read(), want);
}

test('the look of an application is shown while it is edited, and its API beside it', { timeout: 180_000 }, async (t) => {
  const { server, application, page, open } = await operated(t);
  const id = application.href.split('/').at(-1);
  await open(`applications/${id}?tab=branding`);
  const shown = page.frameLocator('iframe[title="Preview"]');
  await shown.getByRole('heading', { name: 'Sign in to My Application' }).waitFor();

  await page.getByLabel('Name on the pages').fill('Larkspur');
  await page.getByLabel('Colour', { exact: true }).fill('#6d3fa0');
  await shown.getByRole('heading', { name: 'Sign in to Larkspur' }).waitFor();
  const fill = () => shown.getByRole('button', { name: 'Sign in' }).evaluate((b) => getComputedStyle(b).backgroundColor);
  await becomes(fill, 'rgb(109, 63, 160)');
  await page.getByRole('group', { name: 'Light or dark' }).getByRole('button', { name: 'Dark' }).click();
  await becomes(() => shown.locator('html').evaluate((html) => getComputedStyle(html).colorScheme), 'dark');
  await page.getByRole('group', { name: 'Language of the page' }).getByRole('button', { name: 'Deutsch' }).click();
  await shown.getByRole('button', { name: 'Anmelden' }).waitFor();

  // What nobody could read is told beside the preview, and the last one stays.
  await page.getByLabel('Colour', { exact: true }).fill('#ffff00');
  await page.getByRole('alert').filter({ hasText: 'contrast' }).waitFor();
  await shown.getByRole('button', { name: 'Anmelden' }).waitFor();
  await page.getByLabel('Colour, picked').fill('#7a1f5c');
  await page.getByRole('alert').filter({ hasText: 'contrast' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+s');
  await page.getByText('Saved').waitFor();
  const kept = await (await fetch(`${server.base}/login`, { headers: { accept: 'text/html' } })).text();
  assert.match(kept, /Larkspur/);
  assert.match(kept, /#7a1f5c/);
  await page.getByText('Saved').waitFor({ state: 'detached' });
  await seen(page, 'branding-preview');
  fine(page, 400);

  await page.getByRole('button', { name: 'API', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'This record, with the API' });
  await drawer.getByText(`/v1/applications/${id}`).first().waitFor();
  await drawer.getByRole('button', { name: 'Change', exact: true }).click();
  await drawer.getByText('"name": "My Application"').waitFor();
  await seen(page, 'record-api');
  fine(page);
});
