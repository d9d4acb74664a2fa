import type { IconName } from '../../kit/icons'

/** What an application can be, as people call it. */
export type Kind = 'web' | 'spa' | 'native' | 'machine' | 'djoser' | 'sdk'

interface Way {
  icon: IconName
  /** The kind of the OAuth client that it gets; none for what is no client. */
  client?: 'WEB' | 'SPA' | 'NATIVE' | 'MACHINE'
  /** Where its people return to while it is written; '' where nobody does. */
  example: string
}

/** What each of them gets. */
export const ways: { [K in Kind]: Way } = {
  web: { icon: 'server', client: 'WEB', example: 'http://localhost:3000/callback' },
  spa: { icon: 'app', client: 'SPA', example: 'http://localhost:5173/' },
  native: { icon: 'phone', client: 'NATIVE', example: 'http://127.0.0.1/callback' },
  machine: { icon: 'code', client: 'MACHINE', example: '' },
  djoser: { icon: 'plug', example: '' },
  sdk: { icon: 'key', example: '' },
}

export const kinds = Object.keys(ways) as Kind[]

/** The kind of that name, or the first. */
export function kindOf(name: string): Kind {
  return name in ways ? (name as Kind) : 'web'
}

/** The kind whose OAuth clients are of that sort. */
export function kindFor(client: string): Kind {
  return kinds.find((k) => ways[k].client === client) ?? 'web'
}

/** The lines that are not empty, without the space around them. */
export function lines(values: string[]): string[] {
  return values.map((v) => v.trim()).filter(Boolean)
}

/** The origin of an address of http or https, '' of any other. */
function originOf(uri: string): string {
  const u = URL.parse(uri)
  return u && /^https?:$/.test(u.protocol) ? u.origin : ''
}

/** What the client of an application is to be, as the API takes it. Nobody is asked to agree to an application of one's own. */
export function clientOf(kind: Kind, name: string, redirectUris: string[]): { [member: string]: unknown } {
  const client = ways[kind].client
  if (client === 'MACHINE') return { name, kind: client, firstParty: true }
  const uris = lines(redirectUris)
  const origins = [...new Set(uris.map(originOf).filter(Boolean))]
  return {
    name,
    kind: client,
    firstParty: true,
    redirectUris: uris,
    postLogoutRedirectUris: origins.map((o) => `${o}/`),
    ...(client === 'SPA' ? { allowedOrigins: origins } : {}),
  }
}

/** Why the server would not take an address to return to, as the key of a text; '' if it would (core/redirecturi.go). */
export function redirectProblem(uri: string, native: boolean): '' | 'redirectWhole' | 'redirectFragment' | 'redirectStar' | 'redirectHttps' | 'redirectScheme' {
  if (uri.includes('*')) return 'redirectStar'
  if (uri.includes('#')) return 'redirectFragment'
  const u = URL.parse(uri)
  if (!u || /\s/.test(uri)) return 'redirectWhole'
  if (u.protocol === 'https:') return u.host ? '' : 'redirectWhole'
  if (u.protocol === 'http:') return u.hostname === 'localhost' || u.hostname === '[::1]' || /^127(\.\d+){3}$/.test(u.hostname) ? '' : 'redirectHttps'
  if (!native) return 'redirectHttps'
  return u.protocol.includes('.') ? '' : 'redirectScheme'
}
