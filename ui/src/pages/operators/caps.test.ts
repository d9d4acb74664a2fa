import { expect, test } from 'vitest'
import { capsOf } from './caps'

test.each([
  [{ manage: true, mint: false, readSecrets: true }, ['manage', 'readSecrets']],
  [{}, []],
  [undefined, []],
])('%j may %j', (has, names) => {
  expect(capsOf(has)).toEqual(names)
})
