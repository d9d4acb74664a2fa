import { expect, test } from 'vitest'
import { csv } from './export'

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['@sum', "'@sum"],
  ['-12.5', '-12.5'],
])('%s is written as %s', (text, want) => {
  expect(csv([[text]])).toBe(`${want}\r\n`)
})
