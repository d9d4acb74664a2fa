// How fast the console is with ACCOUNTS accounts, 100,000 unless told otherwise: when
// the first row of the list can be clicked, with a processor of a quarter of the speed,
// and how many frames are lost while the list is scrolled. It prints figures beside
// their goals, and fails only where it could not measure.

import { launch, owned, signIn, visit } from './harness.js';
import { crowd } from './people.js';

const accounts = Number(process.env.ACCOUNTS ?? 100_000);
const goals = { interactive: 1000, dropped: 1 / 20 };
const ends = [];
const t = { after: (end) => ends.unshift(end) };

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const say = (what, figure, goal, met) => console.log(`${what.padEnd(52)}${figure.padStart(10)}${goal.padStart(12)}  ${met ? 'met' : 'missed'}`);

/**
 * When the first row is a link and the page has painted it and is idle, since the
 * navigation began. It is told on the console: whatever looked into the page for it
 * would be at work there while the page is.
 */
function watchFirstRow() {
  const look = new MutationObserver(() => {
    if (!document.querySelector('tr[data-row] a')) return;
    look.disconnect();
    requestAnimationFrame(() => setTimeout(() => console.debug(`interactive ${performance.now()}`)));
  });
  look.observe(document, { childList: true, subtree: true });
}

/** Scrolls down by so much each frame, and gives how long each frame took. */
async function scroll([step, frames]) {
  scrollTo(0, 0);
  const took = [];
  let last = await new Promise(requestAnimationFrame);
  for (let i = 0; i < frames; i++) {
    scrollBy(0, step);
    const now = await new Promise(requestAnimationFrame);
    took.push(now - last);
    last = now;
  }
  return { took, at: scrollY };
}

/** How long the page's own thread was busy while fn ran, in ms: other processes are not in it. */
async function busy(session, fn) {
  const read = async () => (await session.send('Performance.getMetrics')).metrics.find((m) => m.name === 'ThreadTime').value;
  const before = await read();
  const result = await fn();
  return { ms: ((await read()) - before) * 1000, result };
}

/** The share of the frames of a 60 Hz screen that were not drawn. */
function dropped(took) {
  const whole = took.reduce((n, ms) => n + Math.max(1, Math.round((ms * 60) / 1000)), 0);
  return (whole - took.length) / whole;
}

try {
  const { server } = await owned(t);
  await crowd(server, accounts);
  const page = await visit(t, await launch(t));
  page.setDefaultTimeout(60_000);
  await page.goto(`${server.base}/console/accounts`);
  await signIn(page);
  await page.locator('tr[data-row] a').first().waitFor();
  const slow = await page.context().newCDPSession(page);
  await slow.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addInitScript(watchFirstRow);

  console.log(`${accounts.toLocaleString('en')} accounts${' '.repeat(36)}${'measured'.padStart(10)}${'goal'.padStart(12)}`);
  for (const rate of [1, 4]) {
    await slow.send('Emulation.setCPUThrottlingRate', { rate });
    const how = rate === 1 ? '' : `, processor ${rate} times slower`;
    const times = [];
    for (let i = 0; i < 5; i++) {
      const shown = page.waitForEvent('console', (m) => m.text().startsWith('interactive '));
      await page.goto(`${server.base}/console/accounts?sort=${['surname', 'email'][i % 2]}`);
      times.push(Number((await shown).text().split(' ')[1]));
    }
    say(`first row can be clicked${how}`, `${Math.round(median(times))} ms`, rate === 4 ? `${goals.interactive} ms` : '', median(times) <= goals.interactive);
    const height = await page.evaluate('document.documentElement.scrollHeight');
    for (const [what, step, frames] of [['a row each frame', 40, 300], ['all rows in five seconds', Math.ceil(height / 300), 300]]) {
      const { ms, result } = await busy(slow, () => page.evaluate(scroll, [step, frames]));
      if (result.at < Math.min(height - 2000, step * frames * 0.9)) throw new Error(`the list was scrolled to ${result.at} of ${height}`);
      const share = dropped(result.took);
      say(`frames lost, ${what}${how}`, `${(share * 100).toFixed(1)} %`, `${goals.dropped * 100} %`, share <= goals.dropped);
      console.log(`  ${(ms / frames).toFixed(1)} ms of the page's own thread a frame`);
    }
    // What a page of nothing loses is lost by the machine.
    await page.goto('data:text/html,<div style="height:4000000px">');
    const nothing = await page.evaluate(scroll, [40, 300]);
    console.log(`  of a page of nothing this machine loses ${(dropped(nothing.took) * 100).toFixed(1)} %`);
  }
} finally {
  for (const end of ends) await end();
}
