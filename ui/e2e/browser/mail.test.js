// The pages that mails lead to: a scanner that opens links spends nothing, a button does,
// with script and without.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { launch, owned, seen, visit } from './harness.js';

/** A server with an owner's key, the application that it came with, and an account that waits for its address. */
async function waiting(t) {
  const { server, application: app, call, enrol } = await owned(t);
  const directory = (await call(`${app.accountStoreMappings.href}?expand=accountStore`)).items[0].accountStore;
  await call(directory.accountCreationPolicy.href, { verificationEmailStatus: 'ENABLED' });
  await enrol();
  return { server, app, call };
}

/** The text of the last of n mails, once there are so many. */
async function mail(server, n) {
  const folder = join(server.folder, 'data', 'mail');
  for (let i = 0; i < 300; i++) {
    let names = [];
    try { names = readdirSync(folder).filter((name) => name.endsWith('.eml')).sort(); } catch { /* none yet */ }
    if (names.length >= n) {
      const text = readFileSync(join(folder, names.at(-1)), 'utf8').replace(/=\r?\n/g, '').replaceAll('=3D', '=');
      return { link: text.match(/http:\/\/localhost\S+sptoken=\S+/)[0], code: text.match(/code, it is (\d{6})/)?.[1] };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`there are no ${n} mails`);
}

for (const javaScriptEnabled of [true, false]) {
  test(`links of mails, ${javaScriptEnabled ? 'with' : 'without'} script`, async (t) => {
    const { server, app, call } = await waiting(t);
    const chromium = await launch(t);
    const { link, code } = await mail(server, 1);

    await t.test('a browser that opens a link and presses nothing spends nothing', async () => {
      for (let i = 0; i < 2; i++) {
        const scanner = await visit(t, chromium, { javaScriptEnabled });
        await scanner.goto(link);
        assert.equal(scanner.url(), `${server.base}/emailVerificationTokens`);
        await scanner.getByRole('button', { name: 'Confirm' }).waitFor();
        assert.deepEqual(scanner.wrongs, []);
      }
    });

    const page = await visit(t, chromium, { javaScriptEnabled });
    await t.test('the code that stands in the mail confirms the address', async () => {
      await page.goto(link);
      if (javaScriptEnabled) await seen(page, 'verify');
      await page.getByLabel('Code').fill(code === '000000' ? '111111' : '000000');
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('This is not the code').waitFor();
      if (javaScriptEnabled) await seen(page, 'verify-wrong');
      await page.getByLabel('Code').fill(code);
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('Your address is confirmed').waitFor();
      await page.goto(link);
      await page.getByText('This link does not work').waitFor();
    });

    await t.test('a new password by a link', async () => {
      await call(`${app.href}/passwordResetTokens`, { email: 'ann@example.com' });
      const reset = await mail(server, 2);
      await page.goto(reset.link);
      assert.equal(page.url(), `${server.base}/passwordReset`);
      if (javaScriptEnabled) await seen(page, 'reset');
      await page.getByLabel('New password').fill('x');
      await page.getByRole('button', { name: 'Set password' }).click();
      await page.getByText('too short').waitFor();
      await page.getByLabel('New password').fill('another horse, another battery');
      await page.getByRole('button', { name: 'Set password' }).click();
      await page.getByText('Your password is set').waitFor();
      await call(`${app.href}/loginAttempts`, { type: 'basic', value: btoa('ann@example.com:another horse, another battery') });
    });

    assert.deepEqual(page.wrongs, []);
    await server.stop();
  });
}
