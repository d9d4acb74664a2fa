import type { Happening } from '../../kit/Timeline.svelte'
import type { IconName } from '../../kit/icons'
import { url } from '../../router.svelte'
import { device, deviceWords } from '../../parts/device'

/** One thing that happened to an account, as the server tells it. */
export interface Entry {
  at: string
  action: string
  text: string
  outcome: string
  reason: string
  actor: { kind?: string; name?: string; account?: string; role?: string; ip?: string } | string | null
  ip: string
  userAgent: string
  application: { id?: string; name?: string } | string | null
}

const signIn = /login|signIn|session|token|authenticat/i

/** What an entry is shown under. */
export function kindOf(e: Entry): string[] {
  const out = signIn.test(e.action) ? ['signIn'] : ['change']
  if (refused(e)) out.push('refused')
  return out
}

function refused(e: Entry): boolean {
  return e.outcome !== '' && !/^(success|ok|allowed|good|done)$/i.test(e.outcome)
}

function icon(e: Entry): IconName {
  if (refused(e)) return 'x'
  if (signIn.test(e.action)) return 'check'
  if (/mail/i.test(e.action)) return 'mail'
  if (/password|key/i.test(e.action)) return 'key'
  if (/group|member/i.test(e.action)) return 'group'
  return 'edit'
}

/** The entry as the timeline shows it. */
export function happening(e: Entry): Happening {
  const meta: Happening['meta'] = []
  const app = e.application
  if (typeof app === 'string' && app) meta.push({ text: app })
  else if (app && typeof app === 'object' && app.name) meta.push({ text: app.name, href: app.id ? url(`/applications/${app.id}`) : undefined })
  const on = deviceWords(device(e.userAgent ?? ''))
  if (on) meta.push({ text: on })
  const by = typeof e.actor === 'string' ? e.actor : (e.actor?.name ?? e.actor?.kind ?? '')
  if (by && !signIn.test(e.action)) meta.push({ text: by })
  if (e.ip) meta.push({ text: e.ip, code: true })
  return { at: e.at, kind: refused(e) ? 'bad' : signIn.test(e.action) ? 'ok' : undefined, icon: icon(e), text: e.text || e.action, meta, why: refused(e) && e.reason && e.reason !== e.text ? e.reason : undefined }
}
