import { language, texts } from '../i18n.svelte'

const t = texts({
  en: {
    wrong_password: 'The password was wrong', unknown_login: 'Nobody has this name', account_disabled: 'The account is disabled', account_unverified: 'The address waits to be confirmed', group_disabled: 'The group through which it is found is disabled',
    directory_disabled: 'The directory is disabled', organization_disabled: 'The organization is disabled', application_disabled: 'The application is disabled', tenant_disabled: 'The tenant is disabled', no_stores: 'The application has no account stores', organization_no_stores: 'The organization has no account stores',
    store_not_mapped: 'No account store of the application holds it', linked_refused: 'The account that a link leads to is refused', revoked: 'Ended by somebody', expired: 'Expired',
  },
  de: {
    wrong_password: 'Das Passwort war falsch', unknown_login: 'Diesen Namen gibt es nicht', account_disabled: 'Das Konto ist gesperrt', account_unverified: 'Die Adresse ist noch nicht bestätigt', group_disabled: 'Die Gruppe, über die es gefunden wird, ist gesperrt',
    directory_disabled: 'Das Verzeichnis ist gesperrt', organization_disabled: 'Die Organisation ist gesperrt', application_disabled: 'Die Anwendung ist gesperrt', tenant_disabled: 'Der Mandant ist gesperrt', no_stores: 'Die Anwendung hat keine Kontenspeicher', organization_no_stores: 'Die Organisation hat keine Kontenspeicher',
    store_not_mapped: 'Kein Kontenspeicher der Anwendung enthält es', linked_refused: 'Das Konto, zu dem eine Verknüpfung führt, wird abgelehnt', revoked: 'Von jemandem beendet', expired: 'Abgelaufen',
  },
})

// What mends what stands in the way of signing in, in German; the server says it in English (core/why.go).
const mends: Record<string, string> = {
  tenant_disabled: 'Den Mandanten auf dem Rechner aktivieren.', application_disabled: 'Die Anwendung aktivieren.', no_stores: 'Das Verzeichnis des Kontos oder eine seiner Gruppen als Kontenspeicher der Anwendung hinzufügen.', store_not_mapped: 'Das Verzeichnis des Kontos oder eine seiner Gruppen als Kontenspeicher der Anwendung hinzufügen.', unknown_login: 'Ein anderes Konto in einem Kontenspeicher davor heißt ebenso: einen der Namen oder die Reihenfolge der Kontenspeicher ändern.',
  account_disabled: 'Das Konto aktivieren.', account_unverified: 'Die E-Mail noch einmal senden oder das Konto aktivieren.', group_disabled: 'Die Gruppe aktivieren.', directory_disabled: 'Das Verzeichnis aktivieren.', organization_disabled: 'Die Organisation aktivieren.', wrong_password: 'Eine E-Mail senden, über die ein Passwort gesetzt wird.', linked_refused: 'Das Konto ansehen, zu dem die Verknüpfung führt.',
}

const reasons = ['wrong_password', 'unknown_login', 'account_disabled', 'account_unverified', 'group_disabled', 'directory_disabled', 'organization_disabled', 'application_disabled', 'tenant_disabled', 'no_stores', 'organization_no_stores', 'store_not_mapped', 'linked_refused', 'revoked', 'expired'] as const

/** A reason of the server's in words; its own name where there are none. */
export function reasonWords(code: string): string {
  const known = reasons.find((r) => r === code)
  return known ? t(known) : code
}

/** What mends it, of which the server says so much. */
export function fixWords(code: string, said: string): string {
  return (language() === 'de' && mends[code]) || said
}
