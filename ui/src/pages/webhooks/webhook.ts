import { get, withQuery } from '../../api/client'
import { ofTenant } from '../../api/session.svelte'
import type { Application, Page } from '../../api/types'
import type { Choice } from '../../kit/Combo.svelte'
import type { StateKind } from '../../kit/rows'
import { t } from './text'

/** An endpoint as /v1 has it. Its kind is a plugin's: the description of /v1 itself does not tell of it. */
export interface Endpoint {
  href: string
  url: string
  description: string | null
  status: 'ENABLED' | 'DISABLED'
  events: string[]
  application: { href: string; name?: string } | null
  olderSecretUntil: string | null
  createdAt: string
  modifiedAt: string
  /** Only when it was made just now. */
  secret?: string
}

/** One event on its way to an endpoint. */
export interface Delivery {
  href: string
  event: string
  type: string
  sequence: number
  timestamp: string
  record: { href: string } | null
  changed: string[]
  state: 'QUEUED' | 'DELIVERED' | 'DEAD' | 'DROPPED'
  attempts: number
  lastStatus: number
  reason: string | null
  nextTry: string | null
  deliveredAt: string | null
  /** The last try, where a request was sent; null of what was delivered before these were kept. */
  lastTry: string | null
  /** Milliseconds. */
  lastDuration: number | null
  /** Without a value: what is not kept, since it may be a credential. */
  lastHeaders: Record<string, string | null> | null
  lastBody: string | null
  lastBodyCut: boolean
  createdAt: string
}

/** Whether a server leaves an endpoint alone that gave no answer. */
export interface Breaker {
  open: boolean
  /** Tries in a row that got no answer. */
  failures: number
  openUntil: string | null
}

/** The headers of a request, one a line. */
export const headerLines = (headers: Record<string, string | null>): string => Object.entries(headers).map(([name, value]) => `${name}: ${value ?? t('notKept')}`).join('\n')

export function stateOf(d: Delivery): { kind: StateKind; text: string } {
  const text = t(d.state)
  if (d.state === 'DELIVERED') return { kind: 'ok', text }
  if (d.state === 'DEAD') return { kind: 'bad', text }
  if (d.state === 'DROPPED') return { kind: 'off', text }
  return { kind: 'wait', text: d.attempts > 0 ? t('again') : text }
}

const nouns = ['account', 'group', 'groupMembership', 'directory', 'application', 'organization', 'client', 'apiKey', 'operator', 'session']
const patterns = ['*', ...nouns.flatMap((n) => (n === 'session' ? ['session.*', 'session.open', 'session.close'] : [`${n}.*`, `${n}.create`, `${n}.update`, `${n}.delete`])), 'auth.*', 'auth.login', 'auth.failure']

/** The patterns that fit what was typed, and that itself where it could be one. */
export async function patternsLike(words: string): Promise<Choice[]> {
  const found = patterns.filter((p) => p.toLowerCase().includes(words.toLowerCase()))
  if (words && !found.includes(words) && /^(\*|[a-zA-Z]{1,64}\.(\*|[a-zA-Z]{1,64}))$/.test(words)) found.unshift(words)
  return found.slice(0, 40).map((p) => ({ value: p, label: p }))
}

export async function applicationsLike(q: string, signal: AbortSignal): Promise<Choice[]> {
  const { data } = await get<Page<Application>>(withQuery(ofTenant('applications'), { q, limit: 20 }), { signal })
  return data.items.map((a) => ({ value: a.href, label: a.name }))
}

/** The rows of a list field that hold something, each once. */
export const tidy = (values: string[]) => [...new Set(values.map((v) => v.trim()).filter(Boolean))]
