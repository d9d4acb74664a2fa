import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import test from 'node:test';
import { fine, operated, seen, visit } from './harness.js';

/** An endpoint that refuses until it is told not to, and keeps what it was sent. */
async function receiver(t) {
  const it = { refuses: true, got: [] };
  const server = createServer(async (req, res) => {
    const parts = [];
    for await (const part of req) parts.push(part);
    it.got.push({ headers: req.headers, body: Buffer.concat(parts) });
    res.writeHead(it.refuses ? 500 : 204).end(it.refuses ? 'no such table: orders' : undefined);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  it.url = `http://127.0.0.1:${server.address().port}/hooks`;
  return it;
}

function signed(secret, { headers, body }) {
  const want = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`).update(body).digest('base64');
  return headers['webhook-signature'].split(' ').includes(`v1,${want}`);
}

test('webhooks in the console', async (t) => {
  const { page, open, call, application } = await operated(t, { more: ['--egress-allow', '127.0.0.0/8'] });
  const ear = await receiver(t);

  await open('webhooks');
  await seen(page, 'webhooks-none');
  await page.getByRole('button', { name: 'New endpoint' }).first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('URL').fill('http://10.0.0.1/hooks');
  await drawer.getByRole('button', { name: 'Create', exact: true }).click();
  await drawer.getByText('is not one to which messages are sent').waitFor();
  await seen(page, 'webhooks-create');
  fine(page, 400);
  await drawer.getByLabel('URL').fill(ear.url);
  await drawer.getByLabel('Add an event').fill('account.u');
  await drawer.getByRole('option', { name: 'account.update' }).click();
  await drawer.getByRole('button', { name: 'Remove *' }).click();
  await drawer.getByRole('button', { name: 'Create', exact: true }).click();
  const secret = await page.getByLabel('Secret', { exact: true }).inputValue();
  assert.match(secret, /^whsec_/);
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('heading', { name: ear.url.split('/')[2], level: 1 }).waitFor();
  await seen(page, 'webhook');
  fine(page);

  await page.getByRole('button', { name: 'Send a test' }).click();
  const one = page.getByRole('dialog');
  await one.getByText('the endpoint answered 500').waitFor();
  await one.getByRole('region', { name: 'The answer' }).getByText('no such table: orders').waitFor();
  assert.match(await one.getByRole('region', { name: 'Headers of the request' }).innerText(), /^Content-Type: application\/json\nUser-Agent: Stormkeep-Webhooks\/1\nWebhook-Id: evt_\w+\nWebhook-Signature: v1,\S+\nWebhook-Timestamp: \d+$/);
  await one.getByText(/^[\d,]+ ms$/).waitFor();
  await seen(page, 'webhook-delivery');
  assert.ok(signed(secret, ear.got[0]), 'what it was sent is signed');
  ear.refuses = false;
  await one.getByRole('button', { name: 'Send again' }).click();
  await one.getByText('Delivered', { exact: true }).waitFor();
  await one.getByRole('button', { name: 'Close' }).click();
  const ann = (await call(`${application.accounts.href}?email=ann@example.com`)).items[0];
  await call(ann.href, { givenName: 'Anna' });
  await page.mouse.move(300, 300);
  await page.getByRole('link', { name: 'account.update' }).waitFor();
  assert.equal(JSON.parse(ear.got.at(-1).body).data.account.givenName, 'Anna');
  await seen(page, 'webhook-deliveries');
  await page.getByRole('button', { name: 'Given up' }).click();
  await page.getByText('No deliveries').waitFor();

  // A breaker opens after eight tries without an answer, and for seconds at first: here it is said to be open.
  const openUntil = new Date(Date.now() + 240_000).toISOString();
  await page.route('**/breaker', (route) => route.fulfill({ json: { href: route.request().url(), open: true, failures: 12, openUntil } }));
  await page.reload();
  await page.getByText('12 tries in a row got no answer at all').waitFor();
  await seen(page, 'webhook-breaker');
  await page.unroute('**/breaker');
  await page.reload();
  await page.getByRole('heading', { name: ear.url.split('/')[2], level: 1 }).waitFor();
  await page.getByText('tries in a row').waitFor({ state: 'hidden' });

  await page.getByRole('link', { name: 'Verify' }).click();
  await page.getByRole('button', { name: 'Python' }).click();
  await page.getByText('import base64, hashlib').waitFor();
  await seen(page, 'webhook-verify');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Description').fill('The shop');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.locator('main').getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'New secret', exact: true }).click();
  await page.getByRole('button', { name: 'New secret', exact: true }).click();
  assert.notEqual(await page.getByLabel('Secret', { exact: true }).inputValue(), secret);
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByText('Old secret signs until').waitFor();
  await page.locator('main').getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('textbox').fill(ear.url.split('/')[2]);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('No webhooks yet').waitFor();
  fine(page);
});

/** Signs Ann in to a client, and ends her session: of that the server tells the client. */
async function signedOut(t, { server, page }, client, home) {
  const visitor = await visit(t, page.context().browser());
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code', client_id: client.href.split('/').at(-1), redirect_uri: `${home}/`, scope: 'openid', state: 'x',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  });
  await visitor.goto(`${server.base}/oauth2/authorize?${query}`);
  await visitor.getByLabel('Username or Email').fill('ann@example.com');
  await visitor.getByLabel('Password', { exact: true }).fill('a long enough sentence');
  await visitor.getByRole('button', { name: 'Sign in' }).click();
  await visitor.getByRole('heading', { name: 'The shop' }).waitFor();
  const code = new URL(visitor.url()).searchParams.get('code');
  const answer = await fetch(`${server.base}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${query.get('client_id')}:${client.clientSecret}`)}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: `${home}/`, code_verifier: verifier }),
  });
  assert.equal(answer.status, 200, await answer.text());
  await page.evaluate(async () => {
    const headers = { 'Stormkeep-Console': '1' };
    const { items } = await (await fetch('/console/api/sessions', { headers })).json();
    const { account } = await (await fetch('/console/api/me', { headers })).json();
    for (const s of items) if (s.account !== account.id) await fetch(new URL(s.href).pathname, { method: 'DELETE', headers });
  });
}

test('jobs in the console', async (t) => {
  const world = await operated(t, { more: ['--egress-allow', '127.0.0.0/8,::1/128'] });
  const { page, open, call, application } = world;
  let takes = false;
  const shop = createServer((req, res) => res.writeHead(req.url === '/out' && !takes ? 400 : 200, { 'content-type': 'text/html' }).end('<!doctype html><html lang="en"><title>Shop</title><h1>The shop</h1></html>'));
  await new Promise((resolve) => shop.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    shop.closeAllConnections();
    shop.close();
  });
  const home = `http://localhost:${shop.address().port}`;
  const client = await call(`${application.href}/clients`, { name: 'Shop', kind: 'WEB', firstParty: true, redirectUris: [`${home}/`], backchannelLogoutUri: `${home}/out` });
  await call(`${world.server.base}/v1/webhookEndpoints`, { url: `${home}/hooks`, events: ['directory.*'] });

  await open('jobs');
  await page.getByRole('cell', { name: 'Clear away old deliveries' }).waitFor();
  await page.getByRole('cell', { name: 'Scheduled' }).first().waitFor();
  await seen(page, 'jobs');
  await page.getByRole('link', { name: /^Given up/ }).click();
  await page.getByText('Nothing was given up').waitFor();
  await seen(page, 'jobs-none');

  for (let i = 0; i < 3; i++) await signedOut(t, world, client, home);
  const rows = page.getByRole('row', { name: /Tell a client of a sign-out/ });
  const left = async (n) => {
    await page.mouse.move(300 + n, 500); // somebody looks: it is read again
    await page.waitForFunction((n) => document.querySelectorAll('tr[data-row]').length === n, n, { timeout: 20_000 });
  };
  await left(3);
  await page.getByRole('cell', { name: /does not take the logout token/ }).first().waitFor();
  await seen(page, 'jobs-dead');
  await rows.first().getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Discard' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await page.getByText('1 job discarded').waitFor();
  await left(2);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'All' }).click();
  await page.waitForURL('**/jobs?tab=dead');
  await page.route('**/jobs/*/retry', (route) => route.fulfill({ status: 404, json: { status: 404, code: 404, message: 'Somebody was faster.' } }), { times: 1 });
  await rows.first().getByRole('checkbox').check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('alert').getByText('Tell a client of a sign-out: Somebody was faster.').waitFor();
  await page.getByRole('alert').getByRole('button').click();
  fine(page, 404);
  takes = true;
  await rows.first().getByRole('checkbox').check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Try again' }).click();
  await page.getByText('1 job is tried again').waitFor();
  await left(1);
  await page.locator('main').getByRole('button', { name: 'Try all again' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Try all again' }).click();
  await page.getByText('Nothing was given up').waitFor();
  fine(page);
});
