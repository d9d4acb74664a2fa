import { expect, test } from 'vitest'
import { keepsSecret, lines, tidy } from './client'

test('an empty line of a list is not sent', () => {
  expect(lines([' https://a.example/cb ', '', '  '])).toEqual(['https://a.example/cb'])
  expect(lines(null)).toEqual([])
  expect(tidy({ name: 'Web', redirectUris: ['x', ''], description: null, accessTokenLifetime: 600 })).toEqual({ name: 'Web', redirectUris: ['x'], description: null, accessTokenLifetime: 600 })
})

test.each([['WEB', true], ['MACHINE', true], ['SPA', false], ['NATIVE', false]])('%s keeps a secret: %s', (kind, keeps) => {
  expect(keepsSecret(kind)).toBe(keeps)
})
