// Pictures of pages that are kept beside the tests, and told when a page no longer looks
// like its picture. They are kept at half size and compared at a quarter, where a word is a
// grey bar whoever drew its letters, and a part that moved, went or changed its colour is
// not. Fonts of other widths lay everything out anew: with them nothing is compared.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const kept = fileURLToPath(new URL('golden', import.meta.url));
const anew = process.env.UPDATE_GOLDEN === '1';
/** The share of points that may differ: a third of a button. */
export const most = 0.001;

/** The picture at half its width and height: each point the mean of four. */
export function half(from) {
  const to = new PNG({ width: from.width >> 1, height: from.height >> 1 });
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      for (let c = 0; c < 4; c++) {
        const at = (dx, dy) => from.data[((2 * y + dy) * from.width + 2 * x + dx) * 4 + c];
        to.data[(y * to.width + x) * 4 + c] = Math.round((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4);
      }
    }
  }
  return to;
}

/** A picture as a file that is small: of flat colours, filters make it larger. */
export const packed = (picture) => PNG.sync.write(picture, { colorType: 2, filterType: 0, deflateLevel: 9, deflateStrategy: 0 });

/** The share of points by which two pictures differ, and a picture of where. */
export function difference(a, b) {
  if (a.width !== b.width || a.height !== b.height) return { share: 1, diff: b };
  const [one, other] = [half(a), half(b)];
  const diff = new PNG({ width: one.width, height: one.height });
  const points = pixelmatch(one.data, other.data, diff.data, one.width, one.height, { threshold: 0.06, includeAA: true });
  return { share: points / (one.width * one.height), diff };
}

/** Waits until the page has what it shows, and nothing on it changes any more. */
export async function still(page) {
  await page.locator('.sk').first().waitFor({ state: 'detached' });
  await page.evaluate(() => new Promise((done) => {
    let quiet = setTimeout(done, 400);
    new MutationObserver(() => {
      clearTimeout(quiet);
      quiet = setTimeout(done, 400);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  }));
}

/** In the page: writes something constant in place of moments, ids, ports and sizes. */
function steady() {
  const texts = [
    [/\b\d\d:\d\d:\d\d\b/g, '12:00:00'],
    [/\b\w+day,? \d{1,2} \w+ \d{4}/g, 'Monday 23 November 2026'],
    [/\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}/g, '23 Nov 2026'],
    [/localhost:\d+/g, 'localhost:8080'],
    [/\b[0-9A-Z]{26}\b/g, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    [/\b(?=\w*\d)[0-9A-Za-z]{22}\b/g, '0352HFla2wEIrKlLUo8wmq'],
    [/\b\d+([.,]\d+)? ?(byte|kB|MB|GB)\b/g, '1 MB'],
    [/\b(0x)?[0-9a-f]{12,}\b/g, '0123456789ab'],
  ];
  const same = (text) => texts.reduce((t, [what, by]) => t.replace(what, by), text);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const inTime = node.parentElement.closest('time');
    const next = inTime && !/^\d\d:\d\d/.test(node.data) && node.data.trim() ? '5 min. ago' : same(node.data);
    if (next !== node.data) node.data = next;
  }
  for (const input of document.querySelectorAll('input, textarea')) {
    const next = same(input.value);
    if (next !== input.value) input.value = next;
  }
  for (const el of document.querySelectorAll('[data-volatile], .chart')) el.style.visibility = 'hidden';
  document.activeElement?.blur?.();
}

/** How wide the letters of this machine are. */
function letters() {
  const pen = document.createElement('canvas').getContext('2d');
  const wide = (family) => {
    pen.font = `100px ${family}`;
    return Math.round(pen.measureText('Hamburgefonstiv 0123456789').width);
  };
  return { sans: wide(getComputedStyle(document.body).fontFamily), mono: wide('monospace') };
}

/** Pictures are a run's comparisons: what differs is told at its end, all together. */
export class Pictures {
  wrong = [];
  seen = 0;

  constructor(t) {
    this.t = t;
    t.after(() => t.diagnostic(`${this.seen} pictures ${anew ? 'written' : 'compared'}`));
  }

  /** Whether pictures of this machine can be compared with those that are kept. */
  async comparable(page) {
    const file = join(kept, 'letters.json');
    const here = await page.evaluate(letters);
    mkdirSync(kept, { recursive: true });
    if (anew) writeFileSync(file, `${JSON.stringify(here)}\n`);
    const there = JSON.parse(readFileSync(file, 'utf8'));
    const same = Object.keys(there).every((family) => Math.abs(there[family] - here[family]) <= there[family] / 100);
    if (!same) this.t.diagnostic(`the letters of this machine are ${JSON.stringify(here)} wide, those of the pictures ${JSON.stringify(there)}: not compared`);
    return same;
  }

  /** Compares the page with its pictures: light and dark, and light on a phone where phone is set. */
  async look(page, name, { phone = false } = {}) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    for (const [theme, width] of [['light', 1280], ['dark', 1280], ...(phone ? [['light', 360]] : [])]) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 800 });
      await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme });
      await page.mouse.move(0, 0);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.evaluate(steady);
      this.compare(`${name}-${theme}-${width}`, half(PNG.sync.read(await page.screenshot({ caret: 'initial' }))));
    }
    await page.emulateMedia({ reducedMotion: null, colorScheme: null });
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  compare(name, picture) {
    const file = join(kept, `${name}.png`);
    this.seen++;
    if (anew) {
      // In fewer colours, which pack to half: far below what is told.
      for (const [i, value] of picture.data.entries()) picture.data[i] = Math.min(255, Math.round(value / 8) * 8);
      writeFileSync(file, packed(picture));
      return;
    }
    const { share, diff } = existsSync(file) ? difference(PNG.sync.read(readFileSync(file)), picture) : { share: 1, diff: picture };
    if (share <= most) return;
    this.folder ??= process.env.PICTURES ?? mkdtempSync(join(tmpdir(), 'browser-golden-'));
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, `${name}.new.png`), PNG.sync.write(picture));
    writeFileSync(join(this.folder, `${name}.diff.png`), PNG.sync.write(diff));
    this.wrong.push(`${name}: ${(share * 100).toFixed(1)} % differs`);
  }

  /** Fails if a page did not look like its picture. */
  end() {
    assert.deepEqual(this.wrong, [], `see ${this.folder}; if they are right, UPDATE_GOLDEN=1 keeps them`);
  }
}
