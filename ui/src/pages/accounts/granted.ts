import type { StateKind } from '../../kit/rows'
import { t } from './accesstext'

/** Whether a grant still gives anything. */
export function grantState(g: { endedAt: string | null; expiresAt: string | null }, now = Date.now()): { kind: StateKind; text: string } {
  if (g.endedAt) return { kind: 'off', text: t('endedAt') }
  if (g.expiresAt && Date.parse(g.expiresAt) <= now) return { kind: 'off', text: t('expired') }
  return { kind: 'ok', text: t('running') }
}

/** What became of a mail. */
export function mailState(status: string): { kind: StateKind; text: string } {
  if (status === 'SENT') return { kind: 'ok', text: t('sent') }
  return status === 'FAILED' ? { kind: 'bad', text: t('failed') } : { kind: 'wait', text: t('queued') }
}

/** The end of a link that is not the account itself. */
export function otherOf<T extends { href: string }>(link: { leftAccount: T; rightAccount: T }, id: string): T {
  return link.leftAccount.href.endsWith(`/${id}`) ? link.rightAccount : link.leftAccount
}
