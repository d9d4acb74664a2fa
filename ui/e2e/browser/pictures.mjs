// The pictures of the README: home, the accounts, and what happened to one of them.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { packed, still } from './golden.js';
import { lively } from './people.js';

const ends = [];
try {
  const { page, open, ids } = await lively({ after: (end) => ends.unshift(end) });
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const [name, path] of [['home', ''], ['accounts', 'accounts?sort=surname'], ['timeline', `accounts/${ids.ann}?tab=timeline`]]) {
    await open(path);
    if (name === 'home') await page.getByRole('button', { name: 'Hide the first steps' }).click(); // the first steps
    await still(page);
    const picture = packed(PNG.sync.read(await page.screenshot({ caret: 'initial' })));
    writeFileSync(fileURLToPath(new URL(`../../docs/pictures/${name}.png`, import.meta.url)), picture);
    console.log(`${name}.png, ${Math.ceil(picture.length / 1000)} kB`);
  }
} finally {
  for (const end of ends) await end();
}
