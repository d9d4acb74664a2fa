// The server ends cleanly and comes back with everything; and the SDK's own
// quick start runs as its authors shipped it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { Server, idOf } from './harness.js';
import { World, call, password, walk, ways } from './sdk.js';

describe('lifecycle', { timeout: 180_000 }, () => {
  let server;
  before(async () => { server = await Server.fresh(); });
  after(() => server?.remove());

  test('init prints the tenant, its applications and a key', () => {
    const { tenant, applications, apiKey } = server.init;
    assert.match(tenant.key, /^[a-z0-9-]{1,63}$/);
    assert.match(idOf(tenant.href), /^[0-9A-Za-z]+$/);
    assert.ok(applications.some((app) => app.name === 'My Application' && idOf(app.href)));
    assert.match(apiKey.id, /^[0-9A-Z]{20,30}$/);
  });

  test('a second init does not touch the folder', async () => {
    const again = promisify(execFile)(server.process.spawnfile, ['init', '--data', server.data, '--json']);
    await assert.rejects(again, (err) => err.code > 0);
    assert.equal((await server.raw('GET', `${server.base('localhost')}/tenants/current`)).status, 302);
  });

  test('what was kept before SIGTERM is there after a new start', async () => {
    let world = await World.open(server, ways[0]);
    const app = await world.shop();
    const account = await call(app, 'createAccount', world.person('kept', { customData: { a: [1, { b: null }] } }));
    const key = await call(account, 'createApiKey');
    const group = await call(app, 'createGroup', { name: 'kept' });
    await call(group, 'addAccount', account);
    const old = server.base('localhost');
    const paths = [app, account, account.customData, key, group, group.accounts].map(({ href }) => href.slice(old.length));
    const before = await Promise.all(paths.map((path) => server.read(old + path)));

    await server.stop();
    await assert.rejects(fetch(`${old}/tenants/current`), 'nobody listens any more');
    await server.start();

    const now = server.base('localhost');
    const moved = JSON.parse(JSON.stringify(before).replaceAll(old, now));
    assert.deepEqual(await Promise.all(paths.map((path) => server.read(now + path))), moved);
    world = await World.open(server, ways[0]);
    const kept = (await call(world.client, 'getApplications', { name: app.name })).items[0];
    assert.equal((await call(kept, 'authenticateAccount', { username: account.username, password })).account.href, moved[1].href);
    assert.equal((await call(kept, 'getApiKey', key.id)).secret, key.secret);
  });

  test("the SDK's own quick start, configured as a stranger would", async () => {
    const stranger = mkdtempSync(join(tmpdir(), 'interop-stranger-'));
    try {
      const { id, secret } = server.init.apiKey;
      mkdirSync(join(stranger, '.stormpath'));
      writeFileSync(join(stranger, '.stormpath', 'apiKey.properties'), `apiKey.id = ${id}\napiKey.secret = ${secret}\n`);
      const script = createRequire(import.meta.url).resolve('stormpath/quickstart.js');
      const env = { PATH: process.env.PATH, HOME: stranger, STORMPATH_CLIENT_BASEURL: server.base('localhost') };
      const { stdout } = await promisify(execFile)(process.execPath, [script], { cwd: stranger, env, timeout: 60_000 });
      for (const step of ['Created application:', 'Created account:', 'Updated account:', 'Authenticated account:',
        'Sent email that included', "middleName: 'Make it so.'", 'Deleted application directory.', 'Deleted application.']) {
        assert.ok(stdout.includes(step), `${step} is missing from:\n${stdout}`);
      }
      const { client } = await World.open(server, ways[0]);
      const left = (await walk(await call(client, 'getApplications'))).filter((app) => /Awesome/.test(app.name));
      assert.deepEqual(left, [], 'it cleaned up after itself');
    } finally {
      rmSync(stranger, { recursive: true, force: true });
    }
  });

  // A test and not a hook: a hook that fails is not counted as a failure.
  test('the server ends cleanly', () => server.stop());
});
