// The life of each noun in the console, who may not, and who is asked once more who she is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fine, launch, operated, seen, visit } from './harness.js';

const long = { timeout: 600_000 };

/** Chooses the first that a box finds with these words. */
async function choose(at, label, words) {
  await at.getByRole('combobox', { name: label }).fill(words);
  await at.getByRole('option', { name: new RegExp(words, 'i') }).first().click();
}

/** Fills the first value of a list, which it adds where there is none. */
async function value(at, group, text) {
  const list = at.getByRole('group', { name: group });
  if ((await list.getByRole('textbox').count()) === 0) await list.getByRole('button', { name: 'Add a value' }).click();
  await list.getByRole('textbox').first().fill(text);
}

const named = (name) => (d) => d.getByLabel('Name', { exact: true }).fill(name);
const describe = (page) => page.getByLabel('Description').fill('Changed here');

/** What is other from noun to noun. */
const nouns = [
  { noun: 'group', list: 'groups', make: 'New group', name: 'Billing', wrong: (d) => choose(d, 'Directory', 'My'), right: named('Billing') },
  { noun: 'directory', list: 'directories', make: 'New directory', name: 'Staff', wrong: named('My Application Directory'), right: named('Staff') },
  { noun: 'organization', list: 'organizations', make: 'New organization', name: 'Fernhill', wrong: async (d) => (await named('Fernhill')(d), d.getByLabel('Key').fill('No Key!')), right: (d) => d.getByLabel('Key').fill('fernhill') },
  { noun: 'application', list: 'applications', make: 'New application', name: 'Shop', wrong: named('My Application'), right: named('Shop') },
  {
    noun: 'client', tab: 'clients', make: 'New client', name: 'Larkspur', wrong: async (d) => (await named('Larkspur')(d), value(d, 'Redirect URIs', 'nowhere')), right: (d) => value(d, 'Redirect URIs', 'https://larkspur.example/callback'),
    made: async (page) => {
      await page.getByText('This is shown once').waitFor();
      for (let i = 0; i < 2; i++) await page.getByRole('button', { name: 'I have it' }).click(); // asked whether without a copy
    },
  },
  { noun: 'resource', tab: 'resources', make: 'New resource', name: 'Invoices', wrong: async (d) => (await named('Invoices')(d), d.getByLabel('Identifier').fill('no uri')), right: (d) => d.getByLabel('Identifier').fill('https://api.example.com'), drawer: true },
];

test('each noun is made, found, changed, audited and deleted', long, async (t) => {
  const { application, page, open } = await operated(t);
  const app = application.href.split('/').at(-1);
  for (const row of nouns) {
    t.diagnostic(row.noun);
    const list = row.list ?? `applications/${app}?tab=${row.tab}`;
    await open(list);
    await page.getByRole('button', { name: row.make }).first().click();
    const drawer = page.getByRole('dialog');
    const create = drawer.getByRole('button', { name: 'Create', exact: true });
    await row.wrong(drawer);
    await create.click();
    await drawer.locator('[aria-invalid=true]').first().waitFor();
    fine(page, 400, 409);
    await row.right(drawer);
    await create.click();
    await row.made?.(page);

    if (row.drawer) {
      await page.getByRole('link', { name: row.name }).first().click();
      await describe(drawer);
      await drawer.getByRole('button', { name: 'Add a scope' }).click();
      await drawer.getByLabel('Scope', { exact: true }).fill('invoices:read');
      await seen(page, `nouns-${row.noun}`);
      await drawer.getByRole('button', { name: 'Save' }).click();
      await drawer.waitFor({ state: 'detached' });
      await page.getByRole('cell', { name: 'invoices:read' }).waitFor();
    } else {
      await page.getByRole('heading', { name: row.name, level: 1 }).waitFor();
      await describe(page);
      await page.keyboard.press('Control+s');
      await page.getByText('Saved').first().waitFor();
      await seen(page, `nouns-${row.noun}`);
      const at = new URL(page.url()).pathname.replace('/console/', '');
      await open(row.list ? `${list}?find=${row.name}` : list);
      await page.getByRole('link', { name: row.name, exact: true }).waitFor();
      await open(`audit?find=${at.split('/').at(-1)}`);
      await page.getByRole('link', { name: `${row.noun} was changed` }).first().waitFor();
      await open(at);
    }

    await page.getByRole('button', { name: 'Actions' }).last().click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const asks = page.getByRole('alertdialog');
    assert.ok(await asks.getByRole('button', { name: 'Delete' }).isDisabled());
    await asks.getByRole('textbox').fill(row.name);
    await asks.getByRole('button', { name: 'Delete' }).click();
    await asks.waitFor({ state: 'detached' });
    await page.getByText(`${row.name} deleted`).waitFor();
    await open(list);
    assert.equal(await page.getByRole('link', { name: row.name, exact: true }).count(), 0);
    page.wrongs = page.wrongs.filter((w) => !/^(404|429) /.test(w)); // what was deleted while it was read; streams of pages that were left
    fine(page);
  }
});

test('an operator is made, gets another role and a key, and goes; giving power asks who it is', long, async (t) => {
  const { server, page, open } = await operated(t);
  await server.run('admin', 'create', '--email', 'ola@example.com', '--role', 'auditor', '--password-stdin', { input: 'correct horse battery\n' });
  await server.run('admin', 'role', 'ola@example.com', 'none');
  await open('operators');
  await page.getByRole('button', { name: 'Add an operator' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: 'Add an operator' }).click();
  await drawer.getByText('Please choose an account.').waitFor();
  await choose(drawer, 'Account', 'ola');
  await drawer.getByRole('button', { name: 'Add an operator' }).click();
  await page.getByRole('link', { name: 'ola@example.com' }).click();
  await page.getByRole('heading', { name: 'ola@example.com', level: 1 }).waitFor();
  await page.getByRole('combobox', { name: 'Role' }).selectOption('auditor');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved').first().waitFor();

  // The server has no clock to turn: it is said once that five minutes are over.
  let proved = false;
  let refused = false;
  await page.route('**/console/api/me', async (route) => {
    const response = await route.fetch({ headers: { ...route.request().headers(), origin: server.base, 'sec-fetch-site': 'same-origin' } }); // as the browser would
    const json = await response.json();
    if (!proved) json.session.freshUntil = '2020-01-01T00:00:00.000Z';
    await route.fulfill({ response, json });
  });
  await page.route('**/v1/operators/*/apiKeys', (route) => {
    if (refused || route.request().method() !== 'POST') return route.continue();
    refused = true;
    return route.fulfill({ status: 403, json: { status: 403, code: 403, message: 'Sign in once more to do this.', error: 'step_up' } });
  });
  await page.getByRole('button', { name: 'New API key' }).first().click();
  await drawer.getByLabel('Name', { exact: true }).fill('ci');
  await drawer.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText('Please confirm that it is you').waitFor();
  const popup = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  const small = await popup;
  const name = small.getByLabel('Username or Email');
  await small.getByLabel('Password', { exact: true }).waitFor();
  if ((await name.count()) && (await name.isEditable())) await name.fill('hannah@example.com');
  await small.getByLabel('Password', { exact: true }).fill('correct horse battery');
  proved = true;
  await small.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This is shown once').waitFor();
  for (let i = 0; i < 2; i++) await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('cell', { name: 'manage' }).waitFor();
  await seen(page, 'nouns-operator');
  fine(page, 403);

  await page.getByRole('button', { name: 'Actions' }).first().click();
  await page.getByRole('menuitem', { name: 'Take the role away' }).click();
  await page.getByRole('alertdialog').getByRole('textbox').fill('ola@example.com');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take the role away' }).click();
  await page.waitForURL(/operators$/);
  assert.equal(await page.getByRole('link', { name: 'ola@example.com' }).count(), 0);
  fine(page, 404);
});

test('who may not sees no button for it, and is refused where it is asked by hand', long, async (t) => {
  const { server, application, page: first, id } = await operated(t);
  const app = application.href.split('/').at(-1);
  await first.close();
  const browser = await launch(t);
  for (const role of ['auditor', 'support']) {
    await server.run('admin', 'create', '--email', `${role}@example.com`, '--role', role, '--password-stdin', { input: 'correct horse battery\n' });
    const page = await visit(t, browser);
    page.setDefaultTimeout(15_000);
    await page.goto(`${server.base}/console/accounts`);
    await page.getByLabel('Username or Email').fill(`${role}@example.com`);
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
    fine(page, 401);
    const paths = ['groups', 'directories', 'organizations', 'applications', 'operators', 'signing-keys', 'tenant', `applications/${app}`,
      ...['stores', 'clients', 'resources', 'domains', 'branding', 'django', 'customData'].map((tab) => `applications/${app}?tab=${tab}`),
      ...(role === 'auditor' ? ['accounts', `accounts/${id}`, ...['groups', 'access', 'sessions', 'mails', 'customData'].map((tab) => `accounts/${id}?tab=${tab}`), `accounts/${id}?tab=access&of=links`] : [`accounts/${id}?tab=apiKeys`, `accounts/${id}?tab=access&of=links`])];
    for (const path of paths) {
      await page.goto(`${server.base}/console/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.sk').first().waitFor({ state: 'detached' });
      const acts = await page.locator('main').getByRole('button', { name: /^(new|add|create|save|delete|rotate|remove|disable|enable|end|take|send)\b/i }).evaluateAll((all) => all.map((b) => b.textContent.trim()));
      const may = role === 'support' && path.startsWith('accounts') ? acts.filter((a) => !/^(Disable|Enable|Send)/.test(a)) : acts;
      assert.deepEqual(may, [], `${role} at ${path}`);
      const open = await page.locator('main :is(input:not([type=search], [role=combobox], [data-search]), textarea, select)').evaluateAll((all) => all.filter((f) => !f.disabled && !f.readOnly && f.type !== 'checkbox').map((f) => f.id || f.ariaLabel));
      if (!(role === 'support' && path.startsWith('accounts'))) assert.deepEqual(open.filter((f) => /^form-/.test(f ?? '')), [], `${role} at ${path}`);
      page.wrongs = page.wrongs.filter((w) => !/^429 .*stream$/.test(w));
      fine(page);
    }
    const asked = (path, method, body) => page.evaluate(async ([path, method, body]) => (await fetch(path, { method, body, headers: { 'Stormkeep-Console': '1', 'Content-Type': 'application/json' } })).status, [path, method, body]);
    assert.equal(await asked(`/v1/accounts/${id}`, 'DELETE'), 403);
    assert.equal(await asked(`/v1/applications/${app}`, 'POST', '{"description":"x"}'), 403);
    assert.equal(await asked(`/v1/accounts/${id}`, 'POST', '{"middleName":"x"}'), role === 'support' ? 200 : 403);
    fine(page, 403);
  }
});

test('an account: what it reaches, whom it is linked with, and custom data that two change at once', long, async (t) => {
  const { server, application, call, page, ann, id, open } = await operated(t);
  const staff = await call(`${server.base}/v1/directories`, { name: 'Staff' });
  await call(`${staff.href}/accounts`, { email: 'ann@staff.example', password: 'A long enough sentence 1', givenName: 'Ann', surname: 'Staff' });
  await open(`accounts/${id}?tab=access&of=links`);
  await choose(page, 'Link an account', 'Staff');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Link an account' }).click();
  await page.getByRole('link', { name: 'Ann Staff' }).waitFor();
  await seen(page, 'nouns-links');
  await page.getByRole('button', { name: 'Actions' }).last().click();
  await page.getByRole('menuitem', { name: 'Unlink' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click();
  await page.getByText('No linked accounts').waitFor();
  for (const path of [`accounts/${id}?tab=access`, `accounts/${id}?tab=access&of=grants`, `accounts/${id}?tab=access&of=consents`, `accounts/${id}?tab=mails`, `directories/${staff.href.split('/').at(-1)}?tab=schema`,
    'tenant', 'tenant?tab=customData', `applications/${application.href.split('/').at(-1)}?tab=stores`, `applications/${application.href.split('/').at(-1)}?tab=django`]) {
    await open(path);
    await page.locator('.sk').first().waitFor({ state: 'detached' });
    await seen(page, `nouns-${path.replaceAll(/[/?&=]/g, '-').replace(/-[0-9A-Za-z]{22}/, '')}`);
    page.wrongs = page.wrongs.filter((w) => !/^429 .*stream$/.test(w));
    fine(page);
  }

  await call(`${ann.href}/customData`, { plan: 'iron', seats: 1 });
  await open(`accounts/${id}?tab=customData`);
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('{"plan": "gold", "seats": 1}');
  await page.locator('.savebar').waitFor();
  await call(`${ann.href}/customData`, { seats: 7, since: 2026 });
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: 'Load theirs, keep mine' }).click();
  await page.getByRole('button', { name: 'Load theirs, keep mine' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+s');
  await page.getByText('Saved').first().waitFor();
  const now = await call(`${ann.href}/customData`);
  assert.deepEqual([now.plan, now.seats, now.since], ['gold', 7, 2026]);
  await open(`accounts/${id}?tab=timeline`);
  await page.getByText('The custom data was changed').first().waitFor();
  fine(page, 412);
});

test('many at once: what is refused is told by name, and the others are done', long, async (t) => {
  const { page, open } = await operated(t);
  await open('accounts');
  await page.getByRole('link', { name: 'Ben Moss' }).waitFor();
  await page.getByRole('checkbox', { name: 'Select all that are shown' }).click();
  await page.getByRole('toolbar', { name: 'Selected rows' }).getByRole('button', { name: 'Delete' }).click();
  const asks = page.getByRole('alertdialog');
  await asks.getByRole('textbox').fill('8');
  await asks.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alert').getByText('hannah@example.com').waitFor();
  await page.getByText('7 accounts deleted').waitFor();
  await seen(page, 'nouns-many');
  fine(page, 400, 403, 404, 409);
});
