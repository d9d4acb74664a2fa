import { expect, test } from 'vitest'
import { grants, methods, sent } from './clientform'

test('no keys are null', () => {
  expect(sent({ name: 'Web', redirectUris: ['x'], jwks: {}, accessTokenLifetime: 600 })).toEqual({ name: 'Web', redirectUris: ['x'], jwks: null, accessTokenLifetime: 600 })
  expect(sent({ jwks: { keys: [{}] } })).toEqual({ jwks: { keys: [{}] } })
})

test.each([
  ['WEB', ['client_secret_basic', 'client_secret_post', 'private_key_jwt'], ['authorization_code', 'refresh_token', 'client_credentials']],
  ['MACHINE', ['client_secret_basic', 'client_secret_post', 'private_key_jwt'], ['client_credentials']],
  ['SPA', ['none'], ['authorization_code', 'refresh_token']],
  ['NATIVE', ['none', 'private_key_jwt'], ['authorization_code', 'refresh_token']],
])('%s proves itself by %j and comes by tokens by %j', (kind, proofs, ways) => {
  expect(methods(kind).map((m) => m.value)).toEqual(proofs)
  expect(grants(kind).map((g) => g.value)).toEqual(ways)
})
