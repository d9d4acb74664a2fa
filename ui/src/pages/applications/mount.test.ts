import { expect, test } from 'vitest'
import { differing } from './mount'

test('only what differs of the settings is sent, and what went is taken out', () => {
  expect(differing({ A: true, B: 'x', C: [1] }, { A: true, B: 'y', D: 1 }, null)).toEqual({ B: 'y', C: null, D: 1 })
  expect(differing({ 'a.txt': 'x' }, {}, '')).toEqual({ 'a.txt': '' })
})
