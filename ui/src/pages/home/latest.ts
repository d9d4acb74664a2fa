import type { Happening } from '../../kit/Timeline.svelte'
import type { IconName } from '../../kit/icons'
import { nouns } from '../../noun'
import { url } from '../../router.svelte'
import { texts } from '../../i18n.svelte'
import { happenedWords } from '../../parts/happened'
import { reasonWords } from '../../parts/reasons'

/** One line of the audit log, as far as it is shown here. */
export interface Line {
  at: string
  actor: { kind: string; account: string; ip: string }
  action: string
  target: { kind: string; id: string; name: string }
  outcome: string
  reason: string
  note: Record<string, string>
}

const t = texts({
  en: { machine: 'by the machine itself', key: 'by an API key', system: 'by itself', unknown: 'of nobody known' },
  de: { machine: 'durch den Rechner selbst', key: 'durch einen API-Schlüssel', system: 'von selbst', unknown: 'Unbekannt' },
})

const doers = ['machine', 'key', 'system'] as const

function icon(l: Line): IconName {
  if (l.outcome === 'failure') return 'x'
  if (/^(auth|session|console)\./.test(l.action)) return 'check'
  return nouns.find((n) => n.name === l.target.kind)?.icon ?? 'edit'
}

const pages = new Set(['accounts', 'groups', 'directories', 'organizations', 'applications'])

/** A line of the log as a timeline shows it; name is what an account is called. */
export function happening(l: Line, name: (id: string) => string): Happening {
  const meta: Happening['meta'] = []
  const person = l.target.kind === 'accounts' ? l.target.id : l.note.account
  const deleted = l.action.endsWith('.delete')
  if (person) meta.push({ text: l.target.name || name(person), href: deleted ? undefined : url(`/accounts/${person}`) })
  else if (l.action === 'auth.failure') meta.push({ text: t('unknown') })
  else if (l.target.name) meta.push({ text: l.target.name, href: pages.has(l.target.kind) && !deleted ? url(`/${l.target.kind}/${l.target.id}`) : undefined })
  if (l.actor.account && l.actor.account !== person) meta.push({ text: name(l.actor.account), href: url(`/accounts/${l.actor.account}`) })
  else {
    const doer = doers.find((d) => d === l.actor.kind)
    if (doer) meta.push({ text: t(doer) })
  }
  if (l.actor.ip) meta.push({ text: l.actor.ip, code: true })
  return { at: l.at, kind: l.outcome === 'failure' ? 'bad' : l.action === 'auth.login' ? 'ok' : undefined, icon: icon(l), text: happenedWords(l.action), meta, why: l.outcome === 'failure' && l.reason ? reasonWords(l.reason) : undefined }
}
