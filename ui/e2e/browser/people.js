// People who were never born, for tests and measures that want many of them.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { operated } from './harness.js';

const given = ['Amara', 'Björn', 'Chidi', 'Dolores', 'Elif', 'Farid', 'Greta', 'Hideo', 'Ines', 'Jamal', 'Katja', 'Liam', 'Mei', 'Noor', 'Oluwaseun', 'Priya', 'Quentin', 'Rosa', 'Sanna', 'Tomás', 'Uma', 'Viktor', 'Wanjiru', 'Ximena', 'Yusuf', 'Zofia'];
const surnames = ['Abara', 'Berg', 'Castillo', 'Demir', 'Eklund', 'Fischer', 'García', 'Haddad', 'Ivanova', 'Johansson', 'Kowalski', 'Lindqvist', 'Moreau', 'Nakamura', 'Okafor', 'Patel', 'Quispe', 'Rossi', 'Schneider', 'Tanaka', 'Ueda', 'Vargas', 'Weber', 'Xu', 'Yılmaz', 'Zimmermann', 'Novák', 'Ahmed', 'Osei'];

const plain = (text) => text.normalize('NFD').replace(/[^\x20-\x7e]/g, '').toLowerCase();

/** A table of n accounts: each fiftieth is disabled, each twentieth not verified, made over the last year. */
export function table(n) {
  const lines = ['email,givenName,surname,status,createdAt'];
  for (let i = 0; i < n; i++) {
    const [first, last] = [given[i % given.length], surnames[(i * 11) % surnames.length]];
    const status = i % 50 === 49 ? 'DISABLED' : i % 20 === 7 ? 'UNVERIFIED' : 'ENABLED';
    const made = new Date(Date.now() - ((i * 7_654_321) % 31_000_000) * 1000).toISOString();
    lines.push(`${plain(first)}.${plain(last)}${n > 700 ? i : ''}@example.com,${first},${last},${status},${made}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Brings n of them into the server's first directory. */
export async function crowd(server, n) {
  const file = join(server.folder, 'people.csv');
  writeFileSync(file, table(n));
  await server.run('import', 'accounts', file, '--directory', 'My Application Directory');
}

const agents = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
];

/** A Stormkeep on which something has happened: some people, who have signed in, or could not. */
export async function lively(t) {
  const { server, application, call, page, ann, id, open } = await operated(t);
  await crowd(server, 40);
  const signIn = (login, password, agent) => fetch(`${server.base}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': agents[agent] },
    body: JSON.stringify({ login: `${login}@example.com`, password }),
  });
  for (const [i, name] of ['ben', 'cleo', 'dag', 'eve', 'fay', 'gus'].entries()) await signIn(name, 'a long enough sentence', i % 3);
  await signIn('gus', 'a wrong one', 2);
  await call(ann.href, { middleName: 'May' });
  await signIn('ann', 'a long enough sentence', 0);
  for (let i = 0; i < 3; i++) await signIn('ann', 'a wrong one', 2);
  await call(ann.href, { status: 'DISABLED' });
  await signIn('ann', 'a long enough sentence', 0);
  await call(ann.href, { status: 'ENABLED' });
  await signIn('ann', 'a long enough sentence', 1);
  const directory = ann.directory.href.split('/').at(-1);
  await call(`${server.base}/v1/directories/${directory}/groups`, { name: 'Billing', description: 'Who sends invoices' });
  return { server, call, page, open, ids: { ann: id, directory, application: application.href.split('/').at(-1) } };
}
