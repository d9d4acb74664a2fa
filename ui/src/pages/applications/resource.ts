/** A scope and what people are told of it when they are asked. */
export type ScopeText = { name: string; description: string }

/** A resource of an application: the OpenAPI document names only the href of what is read. */
export interface Resource {
  href: string
  name: string
  description: string | null
  identifier: string
  status: string
  default: boolean
  scopes: ScopeText[]
  accessTokenSigningAlg: string
  accessTokenLifetime: number
  clients: string[]
  introspectors: string[]
}

/** The scopes that have a name, without the space around them. */
export function named(scopes: ScopeText[]): ScopeText[] {
  return scopes.map((s) => ({ name: s.name.trim(), description: s.description.trim() })).filter((s) => s.name !== '')
}

/** Scopes in a few words. */
export const scopesTold = (scopes: ScopeText[]) => scopes.map((s) => (s.description ? `${s.name} (${s.description})` : s.name)).join(', ')
