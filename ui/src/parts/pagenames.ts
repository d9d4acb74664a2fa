/** The pages of the server that an application's people see, as the API names them, and what they are called. */
import { texts } from '../i18n.svelte'

const t = texts({
  en: { login: 'Sign in', register: 'Register', forgot: 'Forgotten password', resend: 'Send the link again', change: 'New password', verify: 'Confirm the address', consent: 'Consent', message: 'Message' },
  de: { login: 'Anmelden', register: 'Registrieren', forgot: 'Passwort vergessen', resend: 'Link erneut senden', change: 'Neues Passwort', verify: 'Adresse bestätigen', consent: 'Einwilligung', message: 'Meldung' },
})

export const pages = ['login', 'register', 'forgot', 'resend', 'change', 'verify', 'consent', 'message'] as const

/** What a page is called; its own name where it has no other. */
export function titleOf(page: string): string {
  const known = pages.find((p) => p === page)
  return known ? t(known) : page
}
