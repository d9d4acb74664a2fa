import type { Client } from '../../api/types'
import { told } from '../../kit/form.svelte'
import { t as c } from './clienttext'
import { t } from './text'

type Keys = { keys?: unknown[] }

/** What the form of a client holds: all that the API lets one set, with '' and {} for what is not there. */
export function read(c: Client) {
  return {
    name: c.name, description: c.description ?? '', status: c.status as string, firstParty: c.firstParty, profile: c.profile,
    redirectUris: c.redirectUris, postLogoutRedirectUris: c.postLogoutRedirectUris, allowedOrigins: c.allowedOrigins,
    backchannelLogoutUri: c.backchannelLogoutUri ?? '', backchannelLogoutSessionRequired: c.backchannelLogoutSessionRequired, frontchannelLogoutUri: c.frontchannelLogoutUri ?? '', frontchannelLogoutSessionRequired: c.frontchannelLogoutSessionRequired,
    grantTypes: c.grantTypes, scopes: c.scopes, tokenEndpointAuthMethod: c.tokenEndpointAuthMethod, jwks: (c.jwks ?? {}) as Keys, jwksUri: c.jwksUri ?? '',
    idTokenSignedResponseAlg: c.idTokenSignedResponseAlg, idTokenClaims: c.idTokenClaims, emailClaim: c.emailClaim,
    accessTokenLifetime: c.accessTokenLifetime, idTokenLifetime: c.idTokenLifetime, refreshTokenIdle: c.refreshTokenIdle, refreshTokenLifetime: c.refreshTokenLifetime, refreshTokenGrace: c.refreshTokenGrace,
  }
}

export type ClientValues = ReturnType<typeof read>

/** What its fields are called. */
export const labels = (): { [K in keyof ClientValues]: string } => ({
  name: t('name'), description: t('description'), status: t('status'), firstParty: t('firstParty'), profile: c('profile'),
  redirectUris: t('redirectUris'), postLogoutRedirectUris: t('postLogout'), allowedOrigins: t('allowedOrigins'),
  backchannelLogoutUri: t('backchannel'), backchannelLogoutSessionRequired: c('backchannelSession'), frontchannelLogoutUri: c('frontchannel'), frontchannelLogoutSessionRequired: c('backchannelSession'),
  grantTypes: t('grantTypes'), scopes: t('scopes'), tokenEndpointAuthMethod: t('authMethod'), jwks: c('jwks'), jwksUri: c('jwksUri'),
  idTokenSignedResponseAlg: c('alg'), idTokenClaims: c('claims'), emailClaim: c('email'),
  accessTokenLifetime: t('accessToken'), idTokenLifetime: t('idToken'), refreshTokenIdle: t('refreshIdle'), refreshTokenLifetime: t('refreshToken'), refreshTokenGrace: t('refreshGrace'),
})

/** A change of keys in words: how many there are. */
export const keysTold = (was: Keys, now: Keys, label: string) => [{ name: 'jwks', label, old: count(was), new: count(now) }]
const count = (k: Keys) => (k.keys?.length ? c('keys', { n: k.keys.length }) : told(''))

/** What is sent of what changed: no keys as null. */
export function sent(changed: Partial<ClientValues>): object {
  return 'jwks' in changed && Object.keys(changed.jwks ?? {}).length === 0 ? { ...changed, jwks: null } : changed
}

/** How clients of a kind can prove themselves. */
export function methods(kind: string): { value: string; label: string }[] {
  const all = { none: c('authNone'), client_secret_basic: c('authBasic'), client_secret_post: c('authPost'), private_key_jwt: c('authKey') }
  const can: (keyof typeof all)[] = kind === 'SPA' ? ['none'] : kind === 'NATIVE' ? ['none', 'private_key_jwt'] : ['client_secret_basic', 'client_secret_post', 'private_key_jwt']
  return can.map((value) => ({ value, label: all[value] }))
}

/** The grants that clients of a kind can have. */
export function grants(kind: string): { value: string; label: string }[] {
  const machine = { value: 'client_credentials', label: c('grantMachine') }
  if (kind === 'MACHINE') return [machine]
  const people = [{ value: 'authorization_code', label: c('grantCode') }, { value: 'refresh_token', label: c('grantRefresh') }]
  return kind === 'WEB' ? [...people, machine] : people
}
