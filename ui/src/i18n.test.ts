import { expect, test } from 'vitest'
import { ago, speak, texts } from './i18n.svelte'

const t = texts({
  en: { rows: { one: '{n} row', other: '{n} rows' }, hello: 'Hello {name}' },
  de: { rows: { one: '{n} Zeile', other: '{n} Zeilen' }, hello: 'Hallo {name}' },
})

test('numbers and plurals are those of the language', () => {
  speak('en')
  expect([t('rows', { n: 1 }), t('rows', { n: 12345 }), t('hello', { name: 'Ann' })]).toEqual(['1 row', '12,345 rows', 'Hello Ann'])
  speak('de')
  expect([t('rows', { n: 1 }), t('rows', { n: 12345 }), t('hello', { name: 'Ann' })]).toEqual(['1 Zeile', '12.345 Zeilen', 'Hallo Ann'])
  speak('en')
})

test('how long ago is told in the largest unit that fits', () => {
  const now = Date.parse('2026-11-22T12:00:00Z')
  expect(ago('2026-11-22T11:56:00Z', now)).toBe('4 min. ago')
  expect(ago('2026-11-21T11:00:00Z', now)).toBe('yesterday')
  expect(ago('2026-01-02T12:00:00Z', now)).toContain('2026')
})

// Every file that speaks: what texts({ … }) is called with, read out of its source.
const sources = import.meta.glob<string>(['./**/*.ts', '!./**/*.test.ts'], { eager: true, query: '?raw', import: 'default' })
type Said = Record<string, string | { one: string; other: string }>
const found = Object.entries(sources).flatMap(([file, source]) => {
  const [, text] = /(?:texts\(|const all = (?=\{\n {2}en: ))(\{[\s\S]*?\n\})/.exec(source) ?? []
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own source, a literal
  return text ? [{ file, ...(new Function(`return (${text})`)() as { en: Said; de: Said }) }] : []
})
const forms = (said: Said[string] | undefined): string[] => (said === undefined ? [] : typeof said === 'string' ? [said] : [said.one, said.other])
const pairs = found.flatMap(({ file, en, de }) => Object.keys(en).map((key) => ({ file, key, en: forms(en[key]), de: forms(de[key]) })))

test('the files that speak are all found', () => {
  const speaking = Object.entries(sources).filter(([file, source]) => file !== './i18n.svelte.ts' && /\btexts\(/.test(source))
  expect(found.map((f) => f.file).sort()).toEqual(speaking.map(([file]) => file).sort())
  expect(pairs.length).toBeGreaterThan(1000)
})

test.each(found)('the languages of $file have the same keys and values', ({ en, de }) => {
  const values = (all: Said) => Object.fromEntries(Object.entries(all).map(([key, said]) => [key, [typeof said, ...forms(said).map((text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort().join())]]))
  expect(values(de)).toEqual(values(en))
})

// The words that are the same in both languages.
const same = new Set([
  'API', 'Admin', 'Client', 'Django', 'Domains', 'Export', 'Grants', 'HTML', 'Host', 'Import', 'JWKS', 'Links', 'Logo', 'Name', 'Passphrase', 'Port', 'Schema', 'Scope', 'Scopes', 'Server', 'Standard', 'Start', 'Status', 'Stormkeep', 'Support', 'System', 'TLS', 'Text', 'URL', 'Version', 'Webhooks', 'optional',
  'webhook-id', 'In {place}', '{n} s', '{n} min',
])

test('what is the same in German is a word of both languages', () => {
  expect(pairs.filter((p) => p.en.join() === p.de.join() && !same.has(p.en.join())).map((p) => `${p.file} ${p.key}: ${p.en.join()}`)).toEqual([])
  expect([...same].filter((word) => !pairs.some((p) => p.en.join() === word && p.de.join() === word))).toEqual([])
})

// What is one word in English and another in each place in German.
const several: Record<string, string[]> = {
  Export: ['Exportieren', 'Export'], // a button, a tab
  Made: ['Erstellt', 'Angelegt'], // a mail, an account
  Sent: ['Gesendet', 'Wird gesendet'], // a mail, mails of a kind
  Links: ['Verknüpfungen', 'Links'], // of accounts, of a mail
  'No application uses it': ['Keine Anwendung nutzt es', 'Keine Anwendung nutzt sie'], // a directory, a group
}

test('the same thing has the same name everywhere in German', () => {
  const said = new Map<string, Set<string>>()
  for (const p of pairs) p.en.forEach((text, i) => said.set(text, (said.get(text) ?? new Set()).add(p.de[i]!)))
  const differ = [...said].filter(([, all]) => all.size > 1)
  expect(Object.fromEntries(differ.map(([text, all]) => [text, [...all].sort()]))).toEqual(Object.fromEntries(Object.entries(several).map(([text, all]) => [text, all.toSorted()])))
})

test('German speaks to nobody, and calls a mail an E-Mail', () => {
  const wrong = /(?<=[\p{L}\d,;:] )(Sie|Ihre?[nmrs]?|Ihnen)\b|(?<!E-)\bMails?\b|freiwillig|\bIds?\b/u
  expect(pairs.flatMap((p) => p.de.filter((text) => wrong.test(text)).map((text) => `${p.file} ${p.key}: ${text}`))).toEqual([])
})
