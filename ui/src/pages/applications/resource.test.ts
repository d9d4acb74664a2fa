import { expect, test } from 'vitest'
import { named, scopesTold } from './resource'

test('a scope without a name is not sent', () => {
  expect(named([{ name: ' a:read ', description: ' Read ' }, { name: ' ', description: 'x' }])).toEqual([{ name: 'a:read', description: 'Read' }])
})

test('scopes in words', () => {
  expect(scopesTold([{ name: 'a', description: '' }, { name: 'b', description: 'Read b' }])).toBe('a, b (Read b)')
})
