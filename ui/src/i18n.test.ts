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

// Every text.ts says the same in each language, with the same values in it.
const all = import.meta.glob<string>('./**/text.ts', { eager: true, query: '?raw', import: 'default' })

test.each(Object.entries(all))('the languages of %s have the same values', (_, source) => {
  const [en, de] = source.split(/\n  de: \{/) as [string, string]
  const values = (part: string) => {
    const out: Record<string, string[]> = {}
    for (const [, key, text] of part.matchAll(/(\w+): ((?:\{ one: )?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")[^\n]*?)(?=, \w+: (?:'|\{|")|,?\n|$)/g)) out[key!] = [...text!.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).sort()
    return out
  }
  const [a, b] = [values(en), values(de)]
  expect(Object.keys(a).length).toBeGreaterThan(0)
  expect(b).toEqual(a)
})
