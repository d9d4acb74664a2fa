import { expect, test } from 'vitest'
import { clientOf, kindFor, kindOf, kinds, redirectProblem, ways } from './kinds'

test('a kind gets a client of its own sort', () => {
  expect(clientOf('web', 'Shop', ['https://shop.example/cb', ' ', ''])).toEqual({ name: 'Shop', kind: 'WEB', firstParty: true, redirectUris: ['https://shop.example/cb'], postLogoutRedirectUris: ['https://shop.example/'] })
  expect(clientOf('spa', 'Shop', ['http://localhost:5173/', 'http://localhost:5173/silent'])).toEqual({
    name: 'Shop', kind: 'SPA', firstParty: true, redirectUris: ['http://localhost:5173/', 'http://localhost:5173/silent'], postLogoutRedirectUris: ['http://localhost:5173/'], allowedOrigins: ['http://localhost:5173'],
  })
  expect(clientOf('native', 'App', ['com.example.app:/callback'])).toEqual({ name: 'App', kind: 'NATIVE', firstParty: true, redirectUris: ['com.example.app:/callback'], postLogoutRedirectUris: [] })
  expect(clientOf('machine', 'Job', ['https://shop.example/cb'])).toEqual({ name: 'Job', kind: 'MACHINE', firstParty: true })
})

test('what is offered as an address would be taken', () => {
  for (const kind of kinds) if (ways[kind].example) expect(redirectProblem(ways[kind].example, kind === 'native')).toBe('')
})

test('a kind is known by its name and by its client', () => {
  expect([kindOf('spa'), kindOf(''), kindOf('nothing')]).toEqual(['spa', 'web', 'web'])
  expect([kindFor('MACHINE'), kindFor('NATIVE'), kindFor('')]).toEqual(['machine', 'native', 'web'])
})

test.each([
  ['https://shop.example/cb?a=b', false, ''],
  ['http://localhost:8000/cb', false, ''],
  ['http://127.0.0.1/cb', false, ''],
  ['http://[::1]:8000/cb', false, ''],
  ['http://shop.example/cb', false, 'redirectHttps'],
  ['shop.example/cb', false, 'redirectWhole'],
  ['', false, 'redirectWhole'],
  ['https://*.shop.example/cb', false, 'redirectStar'],
  ['https://shop.example/cb#x', false, 'redirectFragment'],
  ['com.example.app:/cb', false, 'redirectHttps'],
  ['com.example.app:/cb', true, ''],
  ['myapp:/cb', true, 'redirectScheme'],
] as const)('%s, native %s: %s', (uri, native, problem) => {
  expect(redirectProblem(uri, native)).toBe(problem)
})
