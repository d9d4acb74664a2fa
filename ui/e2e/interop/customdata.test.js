// Data of the application's own on every owner: what was put in comes out, key
// by key, and the SDK's way of posting whole objects does no harm.

import assert from 'node:assert/strict';
import { call, inEveryWay, linksUnder, plain, refused } from './sdk.js';

const values = {
  text: 'zwölf Boxkämpfer \u{1F94A}', empty: '', zero: 0, half: -0.5, big: 9007199254740991, yes: true, no: false,
  list: [1, 'two', { three: [3] }, []], nested: { a: { b: { c: 'd' } }, none: {} }, dashed_key: 1, 'dashed-key': 2,
};

/** The keys of the owner's application: without what the server adds. */
const own = ({ href, createdAt, modifiedAt, ...keys }) => keys;

inEveryWay('custom data', async (t, world) => {
  const { client, server, base } = world;
  const app = await world.shop();
  const group = await call(app, 'createGroup', { name: world.name('group') });
  const account = await call(app, 'createAccount', world.person('data'));
  const directory = await call(client, 'getDirectory', account.directory.href);
  const kept = async (owner) => own(await server.read(owner.customData.href));

  for (const [name, owner] of Object.entries({ application: app, directory, group, account })) {
    await t.test(`of the ${name}`, async () => {
      const data = await call(owner, 'getCustomData');
      assert.equal(data.href, `${owner.href}/customData`);
      linksUnder(base, data);
      assert.deepEqual(own(plain(data)), {}, 'nothing at first');
      Object.assign(data, values);
      const saved = await call(data, 'save');
      assert.deepEqual(own(plain(saved)), values);
      assert.deepEqual(await kept(owner), values);
      assert.deepEqual(own(plain(await call(owner, 'getCustomData'))), values);
      const otherBase = server.base(world.way.host === 'localhost' ? '127.0.0.1' : 'localhost');
      const otherView = await server.read(data.href.replace(base, otherBase));
      assert.deepEqual(otherView, { ...await server.read(data.href), href: data.href.replace(base, otherBase) });
    });
  }

  await t.test('one key changes, one goes, one comes, the others stay', async () => {
    const data = await call(account, 'getCustomData');
    data.zero = 1;
    data.nested = { replaced: true };
    data.added = 'new';
    data.remove('text').remove('never-there');
    await call(data, 'save');
    const { text, ...rest } = values;
    const want = { ...rest, zero: 1, nested: { replaced: true }, added: 'new' };
    assert.deepEqual(await kept(account), want, 'a key is replaced whole, and a removed key is gone');
    assert.deepEqual(own(plain(await call(account, 'getCustomData'))), want);
  });

  await t.test('another client adds a key and no other is lost', async () => {
    const before = await kept(account);
    const elsewhere = await call(await world.another(), 'getAccount', account.href);
    elsewhere.customData.elsewhere = 1;
    await call(elsewhere, 'save');
    assert.deepEqual(await kept(account), { ...before, elsewhere: 1 }, 'custom data within save() merges');
    assert.equal((await server.read(account.href)).email, account.email);
  });

  await t.test('a key removed within the owner goes when the owner is saved', async () => {
    const before = await kept(account);
    const held = await call(client, 'getAccount', account.href, { expand: 'customData' });
    assert.equal(held.customData.elsewhere, 1, 'expanded');
    held.customData.remove('elsewhere');
    held.surname = 'Crusher';
    await call(held, 'save');
    const { elsewhere, ...rest } = before;
    assert.deepEqual(await kept(account), rest);
    assert.equal((await server.read(account.href)).surname, 'Crusher');
  });

  await t.test('the answers of its own door', async () => {
    const one = await server.raw('DELETE', `${account.customData.href}/zero`);
    const again = await server.raw('DELETE', `${account.customData.href}/zero`);
    assert.deepEqual([one.status, one.text, again.status, again.text], [204, '', 204, '']);
    assert.ok(!('zero' in await kept(account)));
  });

  await t.test('deleting all of it leaves it empty and the owner whole', async () => {
    const before = await server.read(account.href);
    await call(await call(account, 'getCustomData'), 'delete');
    assert.deepEqual(await kept(account), {});
    const { modifiedAt, ...rest } = await server.read(account.href);
    assert.deepEqual(rest, (({ modifiedAt: _, ...r }) => r)(before));
    assert.deepEqual(own(plain(await call(await world.another(), 'getResource', account.customData.href))), {});
  });

  const bad = { 'with a space': 3002, '-first': 3002, 'a.b': 3002, '': 3000, ['k'.repeat(256)]: 3001, spMeta: 3003, ionmeta: 3003 };
  for (const [key, code] of Object.entries(bad)) {
    await t.test(`the key ${JSON.stringify(key.slice(0, 20))} is refused and makes no account`, async () => {
      const person = world.person(`bad${code}${key.length}`, { customData: { [key]: 1 } });
      await refused(call(app, 'createAccount', person), { status: 400, code });
      assert.equal((await call(app, 'getAccounts', { email: person.email })).size, 0);
    });
  }
});
