import type { Happening } from '../../kit/Timeline.svelte'
import type { IconName } from '../../kit/icons'
import { language } from '../../i18n.svelte'
import { url } from '../../router.svelte'
import { device, deviceWords } from '../../parts/device'
import { happenedWords } from '../../parts/happened'
import { reasonWords } from '../../parts/reasons'
import { t } from './text'

/** One thing that happened to an account, as the server tells it. */
export interface Entry {
  at: string
  action: string
  text: string
  outcome: string
  reason: string
  actor: { kind: string; account: string }
  ip: string
  userAgent: string
  /** The id of the one that was signed in to, "" of what has none. */
  application: string
}

const signIn = /login|signIn|session|token|authenticat/i

const over = /\.(close|revoke|delete)$/i

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
  if (over.test(e.action)) return 'signin'
  if (signIn.test(e.action)) return 'check'
  if (/mail/i.test(e.action)) return 'mail'
  if (/password|key/i.test(e.action)) return 'key'
  if (/group|member/i.test(e.action)) return 'group'
  return 'edit'
}

/** What it says: in English the server's words, which are about this one account. */
const saidOf = (e: Entry) => (language() === 'en' && e.text !== e.action && e.text) || happenedWords(e.action)

/** The entry as the timeline shows it; the names of accounts and applications are those that are given. */
export function happening(e: Entry, own: string, accounts: (id: string) => string, applications: (id: string) => string): Happening {
  const meta: Happening['meta'] = []
  if (e.application) meta.push({ text: applications(e.application), href: url(`/applications/${e.application}`) })
  const on = deviceWords(device(e.userAgent ?? ''))
  if (on) meta.push({ text: on })
  if (!signIn.test(e.action)) {
    const { kind, account } = e.actor
    if (account) meta.push({ text: accounts(account), href: account === own ? undefined : url(`/accounts/${account}`) })
    else if (kind === 'machine') meta.push({ text: t('byMachine') })
    else if (kind === 'system') meta.push({ text: t('bySystem') })
  }
  if (e.ip) meta.push({ text: e.ip, code: true })
  if (!refused(e) && e.reason) meta.push({ text: reasonWords(e.reason) })
  const no = refused(e)
  return {
    at: e.at,
    kind: no ? 'bad' : signIn.test(e.action) && !over.test(e.action) ? 'ok' : undefined,
    icon: icon(e),
    text: saidOf(e),
    meta,
    why: no && e.reason && e.reason !== e.text ? reasonWords(e.reason) : undefined,
    more: no && e.application ? { text: t('whyNow'), href: url(`/accounts/${own}?tab=access&why=${e.application}`) } : undefined,
  }
}
