// The console in German: on no list, page and tab of it stands a word of the English texts.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fine, seen, visit } from './harness.js';
import { lively } from './people.js';

const long = { timeout: 600_000 };
const src = fileURLToPath(new URL('../../src/', import.meta.url));
const sources = readdirSync(src, { recursive: true }).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts')).map((f) => [f, readFileSync(src + f, 'utf8')]);

/** What the console says in both languages, from its sources. */
const [english, german] = (() => {
  const both = { en: [], de: [] };
  for (const [file, source] of sources) {
    const [, said] = /(?:texts\(|const all = (?=\{\n {2}en: ))(\{[\s\S]*?\n\})/.exec(source) ?? [];
    if (said && file !== 'i18n.svelte.ts') for (const [language, texts] of Object.entries(new Function(`return (${said})`)())) both[language].push(...Object.values(texts).flatMap((t) => (typeof t === 'string' ? [t] : Object.values(t))));
    for (const [, en, de] of source.matchAll(/\{ en: '([^']+)', de: '([^']+)' \}/g)) both.en.push(en), both.de.push(de);
  }
  return [both.en, both.de];
})();

const wordsOf = (text) => text.match(/\p{L}[\p{L}’-]+/gu) ?? [];
// What a person wrote, in what the server of this test holds; and names.
const data = 'My Application Directory Stormpath Administrators Billing Who sends invoices made on the command line';
// Words that the settings, whose values are the server's own, and the languages' names have.
const named = sources.find(([f]) => f === 'pages/system/german.ts')[1];
const own = new Set([...german, data, named, 'English'].flatMap(wordsOf).map((w) => w.toLowerCase()));
const words = new Set(english.map((t) => t.replace(/\{\w+\}/g, ' ')).flatMap(wordsOf).map((w) => w.toLowerCase()).filter((w) => w.length > 3 && !own.has(w)));
const phrases = new Set(english.flatMap((t) => t.split(/\{\w+\}/)).map((t) => t.trim()).filter((t) => /\p{L} \p{L}/u.test(t) && !german.some((de) => de.includes(t)) && !data.includes(t)));

/** The English on a page, in what is seen and in what is read out; what is code, or marked as English, may be. */
async function englishOn(page) {
  const said = await page.evaluate(() => {
    const out = [document.title];
    const may = 'code, pre, kbd, .mono, .cm-editor, body [lang=en], [data-preview]';
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n; n = walk.nextNode()) if (!n.parentElement.closest(`${may}, script, style, noscript`)) out.push(n.data);
    for (const el of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (el.closest(may)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) if (el.hasAttribute(name)) out.push(el.getAttribute(name));
    }
    return out.map((s) => s.replace(/\s+/g, ' ').trim()).filter(Boolean);
  });
  const found = [];
  for (const text of said) {
    for (const p of phrases) if (text.includes(p)) found.push(p);
    // Not the parts of an address or of a template, and not the names of fields and events.
    if (/^[a-z]\w+(, [a-z]\w+)+$/.test(text)) continue;
    for (const w of wordsOf(text.replace(/\{\{.*?\}\}|\S*[@/:.]\S+|\S*[a-z][A-Z]\S*/g, ' '))) if (words.has(w.toLowerCase())) found.push(`${w} (${text.slice(0, 80)})`);
  }
  return [...new Set(found)];
}

/** The paths of the pages, as the sources have them; a list of each noun is among them. */
const routes = sources.filter(([f]) => /^pages\/\w+\/index\.ts$/.test(f)).flatMap(([, s]) => [...s.matchAll(/'(\/[\w/:-]*)': \(\) =>/g)].map((m) => m[1]));

test('no English stands in the German console', long, async (t) => {
  const { server, call, page: first, ids } = await lively(t);
  const made = async (path, body) => (await call(`${server.base}/v1/${path}`, body)).href.split('/').at(-1);
  const of = {
    '/accounts/:id': ids.ann, '/applications/:id': ids.application, '/directories/:id': ids.directory, '/mail/:id': `${ids.directory}welcome`,
    '/groups/:id': (await call(`${server.base}/v1/directories/${ids.directory}/groups`)).items[0].href.split('/').at(-1),
    '/organizations/:id': await made('organizations', { name: 'Fernhill', nameKey: 'fernhill' }),
    '/clients/:id': await made(`applications/${ids.application}/clients`, { name: 'Larkspur', kind: 'WEB', redirectUris: ['https://larkspur.example/callback'] }),
    '/webhooks/:id': await made('webhookEndpoints', { url: 'https://hooks.example.com/a', events: ['account.*'] }),
    '/operators/:id': (await call(`${server.base}/v1/operators`)).items[0].href.split('/').at(-1),
  };
  const state = await first.context().storageState();
  const browser = first.context().browser();
  await first.context().close();
  const page = await visit(t, browser, { locale: 'de-DE', storageState: state });
  page.setDefaultTimeout(15_000);
  const wrong = {};
  const seenAt = new Set();
  const look = async (path) => {
    if (seenAt.has(path)) return;
    seenAt.add(path);
    await page.goto(`${server.base}/console${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.sk').first().waitFor({ state: 'detached' });
    const found = await englishOn(page);
    if (found.length > 0) wrong[path] = found;
    for (const tab of await page.locator('main nav a[href^="?tab="]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) await look(path.split('?')[0] + tab);
  };
  for (const route of routes) {
    if (route === '/start/return') continue; // it belongs to a window that a sign-in ends in
    const path = route.replace(':page', 'login').replace(':id', of[route.split('/pages/')[0]] ?? '');
    assert.ok(path === '/' || !path.endsWith('/'), `${route} has no record here`);
    await look(path);
  }
  for (const noun of ['accounts', 'groups', 'directories', 'organizations', 'applications', 'operators', 'webhooks']) await look(`/${noun}?new=1`);
  for (const of of ['links', 'grants', 'consents']) await look(`/accounts/${ids.ann}?tab=access&of=${of}`);
  await look(`/accounts/${ids.ann}?tab=access&why=${ids.application}`);
  await look('/accounts?find=nobody');
  await look('/nowhere');
  assert.deepEqual(wrong, {});
  assert.ok(seenAt.size > 70, `${seenAt.size} pages`);
  page.wrongs = page.wrongs.filter((w) => !/^(404|429) /.test(w)); // streams of pages that were left
  fine(page);

  await page.goto(`${server.base}/console/accounts`);
  await page.getByRole('row').nth(3).waitFor();
  await page.getByText('48 Konten').waitFor();
  await page.getByRole('button', { name: 'Eigenes Konto' }).click();
  await seen(page, 'german-menu');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Suche und Befehle' }).waitFor();
  assert.deepEqual(await englishOn(page), []);
  await page.keyboard.press('Escape');

  // A refusal is told at its field.
  await page.goto(`${server.base}/console/directories?new=1`);
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('My Application Directory');
  await page.getByRole('dialog').getByRole('button', { name: 'Anlegen', exact: true }).click();
  await page.getByText('Dies ist schon vergeben.').waitFor();
  await page.goto(`${server.base}/console/accounts/${ids.ann}`);
  await page.getByLabel('Neues Passwort').fill('abc');
  await page.keyboard.press('Control+s');
  await page.getByText('Mindestens 8 Zeichen.').waitFor();
  fine(page, 400, 409, 429);

  // What is looked for here is found where the console speaks English.
  const other = await visit(t, browser, { locale: 'en-GB', storageState: state });
  await other.goto(`${server.base}/console/accounts`);
  await other.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
  await other.getByRole('button', { name: 'New account' }).waitFor();
  const found = (await englishOn(other)).join('\n');
  for (const want of ['New account', 'Search or run a command', 'Select all that are shown', 'Groups (', 'Sign-ins (']) assert.ok(found.includes(want), want);
});
