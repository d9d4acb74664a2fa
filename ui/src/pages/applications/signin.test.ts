import { expect, test } from 'vitest'
import { addressOf, authorizeURL } from './signin'

test('a domain is reached by the scheme and the port of the issuer', () => {
  expect(addressOf({ host: 'login.shop.example', path: null }, 'https://id.example.com')).toBe('https://login.shop.example')
  expect(addressOf({ host: 'localhost', path: '/shop' }, 'http://localhost:8080')).toBe('http://localhost:8080/shop')
  expect(addressOf({ host: 'localhost:9090', path: '/shop' }, 'http://localhost:8080')).toBe('http://localhost:9090/shop')
})

test('a test sign-in has a challenge of its own each time', async () => {
  const one = new URL(await authorizeURL('https://id.example.com/', 'c1', 'https://shop.example/cb?a=b'))
  const two = new URL(await authorizeURL('https://id.example.com/', 'c1', 'https://shop.example/cb?a=b'))
  expect(one.origin + one.pathname).toBe('https://id.example.com/oauth2/authorize')
  expect(one.searchParams.get('redirect_uri')).toBe('https://shop.example/cb?a=b')
  expect(one.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/)
  expect(one.searchParams.get('code_challenge')).not.toBe(two.searchParams.get('code_challenge'))
})
