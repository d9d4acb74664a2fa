import { expect, test } from 'vitest'
import { kinds, ways } from './kinds'
import { envFile, snippets, type Live } from './snippets'

const live: Live = { issuer: 'https://id.example.com', clientId: 'c1ient', redirectUri: 'https://shop.example:8443/cb', api: 'https://id.example.com/v1', mount: '/auth', application: "Ann's \\ shop" }

test.each(kinds.flatMap((kind) => snippets[kind].map((s) => [kind, s.id, s] as const)))('%s, %s: nothing is left to fill in', (kind, _id, s) => {
  const code = s.code(live)
  expect(code).not.toMatch(/undefined|\bnull\b.*PLACEHOLDER|YOUR[_-]|<[A-Z_]+>|TODO|\.\.\.\s*$/m)
  expect(code).toMatch(/https:\/\/id\.example\.com|id\.example\.com/)
  if (ways[kind].client) expect(code).toContain('c1ient')
  if (kind === 'djoser') expect(code).toContain('https://id.example.com/auth/')
})

test('an address without https is said to be allowed, and only then', () => {
  const node = snippets.web.find((s) => s.id === 'node')!
  expect(node.code(live)).not.toContain('allowInsecureRequests')
  expect(node.code({ ...live, issuer: 'http://localhost:8080' })).toContain('allowInsecureRequests')
  expect(node.code(live)).toContain("app.get('/cb'")
  expect(node.code(live)).toContain('app.listen(8443)')
})

test('a name is quoted as the language has it', () => {
  expect(snippets.web.find((s) => s.id === 'django')!.code(live)).toContain("'name': 'Ann\\'s \\\\ shop'")
  expect(snippets.sdk.find((s) => s.id === 'node')!.code(live)).toContain('name: "Ann\'s \\\\ shop"')
})

test('the secret is in its file and in no snippet', () => {
  expect(envFile(live, 's3cret')).toEqual({ name: '.env', text: 'OIDC_ISSUER=https://id.example.com\nOIDC_CLIENT_ID=c1ient\nOIDC_CLIENT_SECRET=s3cret\nOIDC_REDIRECT_URI=https://shop.example:8443/cb\n' })
})
