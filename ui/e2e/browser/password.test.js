// An owner who has lost the password gets a new one by a link from the terminal, in a
// browser: with script, and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, seen, Server, visit } from './harness.js';

const old = 'correct horse battery';
const next = 'another horse, another battery';

/** A server that is set up, and the link of its owner. */
async function recovering(t) {
  const server = await Server.start();
  t.after(() => server.remove());
  await server.run('admin', 'create', '--email', 'hannah@example.com', '--role', 'owner', '--password-stdin', { input: `${old}\n` });
  return server;
}

/** The link that a command prints. */
async function link(server) {
  return (await server.run('admin', 'reset-password', 'hannah@example.com')).match(/http\S+\/setup\/password#\S+/)[0];
}

test('a new password, with script', async (t) => {
  const server = await recovering(t);
  const page = await visit(t, await launch(t));
  const first = await link(server);
  const token = first.split('#')[1];

  await t.test('the token leaves the address bar for the form', async () => {
    const asked = [];
    page.on('request', (r) => asked.push(r.url()));
    await page.goto(first);
    assert.equal(page.url(), `${server.base}/setup/password`);
    assert.equal(await page.locator('#token').isVisible(), false);
    assert.equal(await page.locator('#token').inputValue(), token);
    assert.equal(await page.evaluate('document.activeElement.id'), 'password');
    assert.ok(asked.length > 0 && asked.every((url) => !url.split('#')[0].includes(token)));
    await seen(page, 'password');
  });

  await t.test('a password that is too weak is refused at its field, and the link stays', async () => {
    await page.getByLabel('New password').fill('x');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.locator('#password-e').waitFor();
    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.locator('#token').inputValue(), token);
    assert.equal(await page.evaluate('document.activeElement.id'), 'password');
    await seen(page, 'password-wrong');
  });

  await t.test('the password is set, once', async () => {
    await page.getByLabel('New password').fill(next);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('Your password is set').waitFor();
    await seen(page, 'password-done');
    const again = await visit(t, await launch(t));
    await again.goto(first);
    if (await again.getByLabel('New password').count()) {
      await again.getByLabel('New password').fill(next);
      await again.getByRole('button', { name: 'Set password' }).click();
      await again.getByText('wrong, too old, or was used before').waitFor();
    }
    assert.deepEqual(again.wrongs, []);
  });

  assert.deepEqual(page.wrongs, []);
  await server.stop();
  for (const secret of [token.slice(22), next]) assert.ok(!server.said.includes(secret));
});

test('a new password, without script', async (t) => {
  const server = await recovering(t);
  const page = await visit(t, await launch(t), { javaScriptEnabled: false });
  const given = await link(server);
  await page.goto(given);
  await page.getByLabel('Recovery link').fill(`${server.base}/setup/password#${'0'.repeat(22)}${'A'.repeat(43)}`);
  await page.getByLabel('New password').fill(next);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByText('wrong, too old, or was used before').waitFor();
  await page.getByLabel('Recovery link').fill(given); // as it stands in the address bar
  await page.getByLabel('New password').fill(next);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByText('Your password is set').waitFor();
  assert.deepEqual(page.wrongs, []);
  await server.stop();
});
