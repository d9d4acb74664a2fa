import { url } from '../../router.svelte'
import { t } from './text'

/** One line of the audit log, as the console's API has it. */
export interface Line {
  id: string
  at: string
  actor: { kind: string; account: string; role: string; key: string; session: string; ip: string; userAgent: string }
  action: string
  target: { kind: string; id: string; name: string }
  changes: { field: string; old: unknown; new: unknown }[]
  outcome: string
  reason: string
  note: Record<string, string>
  requestId: string
}

const kinds: Record<string, () => string> = {
  console: () => t('console'), key: () => t('key'), machine: () => t('machine'), session: () => t('by_session'),
  link: () => t('link'), door: () => t('door'), system: () => t('system'), anonymous: () => t('anonymous'),
}

/** By what right it was done, in words. */
export function rightOf(line: Line): string {
  return kinds[line.actor.kind]?.() ?? line.actor.kind
}

const pages = new Set(['accounts', 'groups', 'directories', 'organizations', 'applications', 'clients'])

/** The page of what it was done to, "" where there is none. */
export function pageOf(target: Line['target']): string {
  return pages.has(target.kind) && target.id ? url(`/${target.kind}/${target.id}`) : ''
}

/** A value of a field as it is shown: texts as they are, the rest as JSON. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return t('nothing')
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1)
}
