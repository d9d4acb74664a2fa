import { expect, test } from 'vitest'
import { match } from './router.svelte'

test.each([
  ['/accounts', '/accounts', {}],
  ['/accounts/:id', '/accounts/abc', { id: 'abc' }],
  ['/accounts/:id', '/accounts', null],
  ['/accounts/:id/:part?', '/accounts/abc', { id: 'abc' }],
  ['/accounts/:id', '/accounts/a%2Fb', { id: 'a/b' }],
  ['/accounts/:id', '/accounts/%E0%A4', null],
  ['/accounts', '/accounts/abc', null],
])('%s on %s', (pattern, path, want) => {
  expect(match(pattern, path)).toEqual(want)
})
