import { expect, test } from 'vitest'
import { pageOf, rightOf, shown, type Line } from './line'

const line = (kind: string) => ({ actor: { kind } }) as Line

test.each([
  ['console', 'In the console'],
  ['session', 'The account itself'],
  ['of tomorrow', 'of tomorrow'],
])('who acts by %s', (kind, want) => {
  expect(rightOf(line(kind))).toBe(want)
})

test.each([
  [null, 'nothing'],
  ['', 'nothing'],
  ['Ann', 'Ann'],
  [false, 'false'],
  [{ a: [1] }, '{\n "a": [\n  1\n ]\n}'],
])('the value %j', (value, want) => {
  expect(shown(value)).toBe(want)
})

test.each([
  ['accounts', 'a', '/console/accounts/a'],
  ['accounts', '', ''],
  ['securities', 'a', ''],
])('the page of %s/%s', (kind, id, want) => {
  expect(pageOf({ kind, id, name: '' })).toBe(want)
})
