import { texts } from '../i18n.svelte'
import type { Role } from '../api/session.svelte'

const t = texts({
  en: { owner: 'Owner', admin: 'Admin', support: 'Support', auditor: 'Auditor' },
  de: { owner: 'Eigentümer', admin: 'Admin', support: 'Support', auditor: 'Prüfer' },
})
const roles = ['owner', 'admin', 'support', 'auditor'] as const

/** What a role is called; one that nobody told of, by its name. */
export function roleWords(role: Role | string): string {
  const known = roles.find((r) => r === role)
  return known ? t(known) : role
}
