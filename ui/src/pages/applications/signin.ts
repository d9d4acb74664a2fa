import { challengeOf, random } from '../../parts/pkce'

/** The address at which a domain has the pages: of the issuer's scheme and port. */
export function addressOf(domain: { host: string; path: string | null }, issuer: string): string {
  const u = new URL(issuer)
  const port = domain.host.includes(':') || !u.port ? '' : `:${u.port}`
  return `${u.protocol}//${domain.host}${port}${domain.path ?? ''}`
}

/**
 * A sign-in as the client would begin it, with a PKCE challenge (RFC 7636) whose verifier
 * nobody keeps: the code that comes of it buys no tokens.
 */
export async function authorizeURL(issuer: string, clientId: string, redirectUri: string): Promise<string> {
  const challenge = await challengeOf(random())
  const query = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope: 'openid', prompt: 'login', state: 'test', code_challenge: challenge, code_challenge_method: 'S256' })
  return `${issuer.replace(/\/$/, '')}/oauth2/authorize?${query}`
}
