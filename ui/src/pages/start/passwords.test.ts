import { expect, test } from 'vitest'
import { presetOf, rulesOf } from './passwords'

test('a preset is known by its rules', () => {
  expect(presetOf(rulesOf('modern'))).toBe('modern')
  expect(presetOf(rulesOf('classic'))).toBe('classic')
  expect(presetOf({ ...rulesOf('modern'), minLength: 12 })).toBe('own')
})
