// The looks of the console, against the pictures in golden/. UPDATE_GOLDEN=1 keeps new ones.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import { difference, half, most, Pictures, still } from './golden.js';
import { fine } from './harness.js';
import { lively } from './people.js';

test('a picture differs by what moved, and not by how a letter is drawn', () => {
  const page = (draw) => {
    const png = new PNG({ width: 1280, height: 800 });
    png.data.fill(255);
    draw?.((x, y, w, h, grey) => {
      for (let j = y; j < y + h; j++) for (let i = x; i < x + w; i++) png.data.fill(grey, (j * 1280 + i) * 4, (j * 1280 + i) * 4 + 3);
    });
    return half(png);
  };
  const button = (x, y) => page((box) => box(x, y, 100, 32, 40));
  const word = (shift) => page((box) => Array.from({ length: 20 }, (_, i) => box(100 + i * 6 + shift, 100, 2, 10, 60)));
  const of = (a, b) => difference(a, b).share;
  assert.equal(of(button(100, 100), button(100, 100)), 0);
  assert.ok(of(button(100, 100), button(140, 100)) > most, 'a button that moved');
  assert.ok(of(button(100, 100), page()) > most, 'a button that went');
  assert.ok(of(word(0), word(1)) < most, 'a letter that is drawn a point further');
  assert.equal(of(page(), half(new PNG({ width: 600, height: 400 }))), 1);
});

test('the console looks as its pictures do', { timeout: 400_000 }, async (t) => {
  const { page, open, ids } = await lively(t);
  const pictures = new Pictures(t);
  if (!(await pictures.comparable(page))) return;
  for (const [name, path, more] of [
    ['home', '', { phone: true }],
    ['accounts', 'accounts', { phone: true }],
    ['account', `accounts/${ids.ann}`, { phone: true }],
    ['account-timeline', `accounts/${ids.ann}?tab=timeline`],
    ['account-why', `accounts/${ids.ann}?tab=access&why=${ids.application}`],
    ['account-new', 'accounts?new=1'],
    ['nothing', 'groups?find=nothing'],
    ['directory', `directories/${ids.directory}`],
    ['application', `applications/${ids.application}`, { phone: true }],
    ['application-branding', `applications/${ids.application}?tab=branding`],
    ['sign-ins', 'sign-ins'],
    ['audit', 'audit'],
    ['operators', 'operators'],
  ]) {
    await open(path);
    await still(page);
    await pictures.look(page, name, more);
  }
  await open('accounts');
  await still(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ros');
  await page.getByRole('option', { name: /Rossi/ }).first().waitFor();
  await pictures.look(page, 'palette');
  fine(page);
  pictures.end();
});
