/** The address at which a domain has the pages: of the issuer's scheme and port. */
export function addressOf(domain: { host: string; path: string | null }, issuer: string): string {
  const u = new URL(issuer)
  const port = domain.host.includes(':') || !u.port ? '' : `:${u.port}`
  return `${u.protocol}//${domain.host}${port}${domain.path ?? ''}`
}

/** base64url without padding (RFC 7636 appendix A). */
function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * A sign-in as the client would begin it, with a PKCE challenge (RFC 7636) whose verifier
 * nobody keeps: the code that comes of it buys no tokens.
 */
export async function authorizeURL(issuer: string, clientId: string, redirectUri: string): Promise<string> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))
  const challenge = base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
  const query = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope: 'openid', prompt: 'login', state: 'test', code_challenge: challenge, code_challenge_method: 'S256' })
  return `${issuer.replace(/\/$/, '')}/oauth2/authorize?${query}`
}
