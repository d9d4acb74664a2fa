import { expect, test } from 'vitest'
import { challengeOf, random } from './pkce'

test('a challenge is that of RFC 7636 appendix B', async () => {
  expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
})

test('a verifier is another each time', () => {
  expect(random()).toMatch(/^[\w-]{43}$/)
  expect(random()).not.toBe(random())
})
