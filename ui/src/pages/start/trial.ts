/**
 * A sign-in that is tried: the real pages, the real code and tokens, by a client of its own
 * that is there only meanwhile. The verifier stays in this page's memory, and session and
 * tokens end with the test.
 */
import { get, idOf, pathOf, post, remove } from '../../api/client'
import { ApiError } from '../../api/error'
import { me } from '../../api/session.svelte'
import type { Client, Page } from '../../api/types'
import { challengeOf, random } from '../../parts/pkce'

/** What the window of a trial tells: the answer of the authorization endpoint. */
export interface Answer {
  [name: string]: string
}

/** Where the window of a trial tells it. */
export const channel = 'console-trial'

export type Claims = { [name: string]: unknown }

const name = 'Test sign-in'

/** Where a trial leads back to; the server keeps its session apart from the operator's (apis/oauth/trial.go). */
export const returnTo = (issuer: string) => `${issuer.replace(/\/$/, '')}/console/start/return`

/** The claims of a JWT that came from the token endpoint itself, and need no proof by its signature (OpenID Connect Core 3.1.3.7). */
export function claimsOf(token: string): Claims {
  const bytes = Uint8Array.from(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims
}

export class Trial {
  readonly state = random()
  private verifier = random()
  private nonce = random()
  private session = ''

  private constructor(private client: string) {}

  /** Makes the client of a trial, or takes the one that a trial has left behind. */
  static async begin(application: string): Promise<Trial> {
    const path = `/v1/applications/${application}/clients`
    const redirectUri = returnTo(me().issuer)
    const { data } = await get<Page<Client>>(`${path}?limit=100`)
    const left = data.items.find((c) => c.name === name && c.kind === 'SPA' && c.redirectUris.length === 1 && c.redirectUris[0] === redirectUri)
    const client = left ?? (await post<Client>(path, { name, kind: 'SPA', firstParty: true, redirectUris: [redirectUri], grantTypes: ['authorization_code'] })).data
    return new Trial(idOf(client.href))
  }

  /** Where its window begins. */
  async url(login: string): Promise<string> {
    const query = new URLSearchParams({
      response_type: 'code', client_id: this.client, redirect_uri: returnTo(me().issuer), scope: 'openid profile email', prompt: 'login',
      state: this.state, nonce: this.nonce, code_challenge: await challengeOf(this.verifier), code_challenge_method: 'S256', ...(login ? { login_hint: login } : {}),
    })
    return `${me().issuer.replace(/\/$/, '')}/oauth2/authorize?${query}`
  }

  /** The claims of the ID token that an answer buys. The tokens end with it. */
  async claims(answer: Answer): Promise<Claims> {
    if (answer.error) throw new ApiError(400, 400, answer.error_description || answer.error)
    if (answer.iss && answer.iss !== me().issuer) throw new ApiError(400, 400, `iss: ${answer.iss}`)
    // As an application asks, not as the console: without its cookie and its header.
    const res = await fetch(pathOf('/oauth2/token'), {
      method: 'POST',
      credentials: 'omit',
      body: new URLSearchParams({ grant_type: 'authorization_code', client_id: this.client, code: answer.code ?? '', redirect_uri: returnTo(me().issuer), code_verifier: this.verifier }),
    })
    const said = (await res.json()) as { [name: string]: string }
    if (!res.ok || !said.id_token) throw new ApiError(res.status, res.status, said.error_description ?? said.error ?? res.statusText)
    const claims = claimsOf(said.id_token)
    if (claims.nonce !== this.nonce || claims.aud !== this.client) throw new ApiError(400, 400, 'nonce, aud')
    this.session = String(claims.sid ?? '')
    return claims
  }

  /** Ends its session, and takes its client away with all that it was given. */
  async end(): Promise<void> {
    const session = this.session
    this.session = ''
    await Promise.all([remove(`/v1/clients/${this.client}`), session && remove(`/v1/sessions/${session}`)])
  }
}
