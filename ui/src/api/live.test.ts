import { expect, test } from 'vitest'
import { parse } from './live'

test.each([
  ['event: change\ndata: {"kind":"accounts","id":"a","action":"update"}', { kind: 'accounts', id: 'a', action: 'update' }],
  ['event: ping\ndata: {}', null],
  ['event: change\ndata: {"kind"', null],
  [': comment', null],
])('%s', (block, want) => {
  expect(parse(block)).toEqual(want)
})
