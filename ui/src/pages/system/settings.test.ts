import { expect, test } from 'vitest'
import { speak } from '../../i18n.svelte'
import { defaultOf, elsewhere, grouped, helpOf, settable, type Setting } from './settings'

const one = (over: Partial<Setting>): Setting => ({
  name: 'session-idle', help: 'after how long without use a session ends', value: '8h', secret: false, set: true, default: '8h', origin: 'default', by: '', locked: false, bars: '', live: true,
  waits: false, wrong: '', flag: '--session-idle', variable: 'STORMKEEP_SESSION_IDLE', key: 'session-idle', file: '', kept: null, ...over,
})

test('a setting is set by a flag, a variable, or a line of the file', () => {
  expect(elsewhere(one({})).split('\n').filter((l) => l && !l.startsWith('#'))).toEqual(['--session-idle 8h', 'STORMKEEP_SESSION_IDLE=8h', 'session-idle: "8h"'])
})

test('a value is one word of the shell, and one of YAML', () => {
  const said = elsewhere(one({ name: 'mail-from', flag: '--mail-from', variable: 'STORMKEEP_MAIL_FROM', key: 'mail-from', value: `It's "us" <a@b.c>` }))
  expect(said).toContain(`--mail-from 'It'\\''s "us" <a@b.c>'`)
  expect(said).toContain(`mail-from: "It's \\"us\\" <a@b.c>"`)
})

test('a secret shows no value', () => {
  expect(elsewhere(one({ secret: true, value: null }))).toContain('--session-idle VALUE')
})

test('every setting is in one group, also one that nobody foresaw', () => {
  const all = ['http', 'session-lifetime', 'session-idle', 'flux'].map((name) => one({ name }))
  const found = grouped(all)
  expect(found.map((g) => [g.group, g.settings.map((s) => s.name)])).toEqual([['signin', ['session-idle', 'session-lifetime']], ['reach', ['http']], ['start', ['flux']]])
})

test.each([[{}, true], [{ locked: true }, false], [{ bars: 'start' }, false]])('%o may be set: %s', (over, want) => {
  expect(settable(one(over))).toBe(want)
})

test('a default that is said in words is said in German', () => {
  const backups = one({ name: 'backup-every', default: 'never' })
  expect([defaultOf(backups), defaultOf(one({}))]).toEqual(['never', '8h'])
  speak('de')
  expect([defaultOf(backups), defaultOf(one({}))]).toEqual(['nie', '8h'])
  speak('en')
})

test('the help is a sentence', () => {
  expect(helpOf(one({}))).toBe('After how long without use a session ends.')
})
