import type { Read } from '../../api/types'
import { may } from '../../api/session.svelte'
import { home, nouns } from '../../noun'
import { url } from '../../router.svelte'

export type Stats = Read<'ConsoleStats'>
export type Warning = Stats['warnings'][number]

/** How much more something is than before, as a share; null where there was nothing to compare with. */
export function change(now: number, before: number): number | null {
  if (before === 0) return now === 0 ? 0 : null
  return (now - before) / before
}

/** Where what mends each thing is: the names of nouns, the first that there is, else a page of the handbook. */
const menders: Record<string, { nouns: string[]; page: string }> = {
  mail_stays: { nouns: ['smtpservers', 'mail', 'caughtmails'], page: 'mail' },
  jobs_lost: { nouns: ['jobs'], page: 'watching' },
  one_owner: { nouns: ['operators'], page: 'operators' },
  key_overdue: { nouns: ['signingkeys'], page: 'keys' },
  plain_http: { nouns: [], page: 'tls' },
  certificate: { nouns: [], page: 'tls' },
  certificate_bad: { nouns: [], page: 'tls' },
  backup_never: { nouns: ['backups'], page: 'backup' },
  backup_old: { nouns: ['backups'], page: 'backup' },
  backup_failed: { nouns: ['backups'], page: 'backup' },
}

/** Where what mends a thing is, for whoever is signed in. */
export function menderOf(code: string): string {
  const { nouns: names, page } = menders[code] ?? { nouns: [], page: 'operate' }
  for (const name of names) {
    const noun = nouns.find((n) => n.name.toLowerCase() === name && (!n.roles || may(...n.roles)))
    if (noun) return url(home(noun))
  }
  return `/console/docs/${page}`
}

/** How many whole days lie between two moments. */
export function days(from: string, to: string | number): number {
  return Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 86_400_000)
}

/** How far the reader's clock is ahead of UTC, in minutes. */
export function zone(): number {
  return -new Date().getTimezoneOffset()
}
