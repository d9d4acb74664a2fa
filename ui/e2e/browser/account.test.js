// The pages by which the owner of an account looks after it, with script and without.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { launch, owned, seen, visit } from './harness.js';

/** A Stormkeep that has Ann, and a client that asks for consent. */
async function site(t) {
  const { server, application, call, enrol } = await owned(t);
  await enrol();
  const client = await call(`${application.href}/clients`, { name: 'Larkspur Bookkeeping', redirectUris: [`${server.base}/assets/none`] });
  return { server, client };
}

async function login(page, password) {
  await page.getByLabel('Username or Email').fill('ann@example.com');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test(`the owner's pages, ${javaScriptEnabled ? 'with' : 'without'} script`, { timeout: 180_000 }, async (t) => {
    const { server, client } = await site(t);
    const chromium = await launch(t);
    const page = await visit(t, chromium, { javaScriptEnabled });
    const look = (name) => (javaScriptEnabled ? seen(page, `account-${name}`) : undefined);
    const open = (name) => page.getByRole('navigation').getByRole('link', { name }).click();
    const told = (text) => page.getByRole('status').filter({ hasText: text }).waitFor();

    await page.goto(`${server.base}/account/sessions`);
    await login(page, 'a long enough sentence');
    await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
    await look('sessions-one');

    // The client is asked for and agreed to; nobody listens at its address.
    await page.goto(`${server.base}/oauth2/authorize?${new URLSearchParams({
      client_id: client.clientId, redirect_uri: `${server.base}/assets/none`, response_type: 'code', scope: 'openid profile email groups offline_access',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256',
    })}`);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(/code=/);
    const exchange = await fetch(`${server.base}/oauth2/token`, {
      method: 'POST', headers: { authorization: `Basic ${btoa(`${client.clientId}:${client.clientSecret}`)}` }, body: new URLSearchParams({
        grant_type: 'authorization_code', code: new URL(page.url()).searchParams.get('code'), redirect_uri: `${server.base}/assets/none`,
        code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      }),
    });
    assert.equal(exchange.status, 200);

    await page.goto(server.base);
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    await look('profile');
    await page.getByLabel('Middle name').fill('May');
    await page.getByLabel('User name').fill('eve@example.org');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('the address of somebody else').waitFor();
    assert.equal(await page.getByLabel('User name').getAttribute('aria-invalid'), 'true');
    await look('profile-wrong');
    await page.getByLabel('User name').fill('ann');
    await page.getByRole('button', { name: 'Save' }).click();
    await told('Your profile is saved.');
    await page.getByText('Ann May Lee').waitFor();
    await look('profile-saved');
    await page.getByText('Use another address').click();
    await page.getByLabel('New address').fill('ann.lee@example.com');
    await look('profile-email');
    await page.getByRole('button', { name: 'Send the mail' }).click();
    await told('on its way');

    await open('Apps');
    await page.getByText('Larkspur Bookkeeping').waitFor();
    await page.getByText('Know that it is you').waitFor();
    await look('apps');
    await page.getByRole('button', { name: 'Disconnect Larkspur Bookkeeping' }).click();
    await told('The app is disconnected.');
    await look('apps-none');

    const away = await visit(t, chromium, { javaScriptEnabled });
    await away.goto(`${server.base}/account/`);
    await login(away, 'a long enough sentence');
    await away.getByRole('heading', { name: 'Profile' }).waitFor();
    await open('Devices');
    await page.getByText('Last seen').waitFor();
    await look('sessions');
    await page.getByRole('button', { name: /^Sign out (Chrome|Chromium)/ }).click();
    await told('The device is signed out.');
    await away.reload();
    await login(away, 'a long enough sentence');
    await away.getByRole('heading', { name: 'Profile' }).waitFor();

    await open('Password');
    await page.getByLabel('Your present password').fill('another one');
    await page.getByLabel('New password').fill('short');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('This is not your password.').waitFor();
    await look('password-wrong');
    await page.getByLabel('Your present password').fill('a long enough sentence');
    await page.getByLabel('New password').fill('quite another sentence');
    await page.getByRole('button', { name: 'Change password' }).click();
    await told('Your password is changed.');
    await look('password');
    await away.reload();
    await away.getByRole('heading', { name: 'Sign in' }).waitFor();

    await open('Data');
    await look('data');
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const download = await coming;
    assert.equal(download.suggestedFilename(), 'account.json');
    assert.equal(JSON.parse(readFileSync(await download.path(), 'utf8')).profile.middleName, 'May');
    await page.getByRole('link', { name: 'Delete account' }).click();
    await page.getByLabel('Type ann to confirm').fill('eve');
    await page.getByLabel('Your present password').fill('quite another sentence');
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('This is not what is asked for.').waitFor();
    await look('delete');
    await page.getByLabel('Type ann to confirm').fill('ann');
    await page.getByLabel('Your present password').fill('quite another sentence');
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('heading', { name: 'Good-bye' }).waitFor();
    await look('deleted');
    await page.goto(`${server.base}/account/`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual([page.wrongs, away.wrongs], [[], []]);
    await server.stop();
  });
}
