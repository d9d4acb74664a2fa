import { expect, test } from 'vitest'
import { claimsOf, returnTo } from './trial'

test('claims are read as UTF-8', () => {
  const body = btoa(String.fromCharCode(...new TextEncoder().encode('{"name":"Änn Ü","sub":"1"}'))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  expect(claimsOf(`x.${body}.y`)).toEqual({ name: 'Änn Ü', sub: '1' })
})

test('a trial leads back to the console of the issuer', () => {
  expect(returnTo('https://id.example.com')).toBe('https://id.example.com/console/start/return')
  expect(returnTo('https://id.example.com/')).toBe('https://id.example.com/console/start/return')
})
