import { texts } from '../i18n.svelte'

const t = texts({
  en: {
    wrong_password: 'The password was wrong', unknown_login: 'Nobody has this name', account_disabled: 'The account is disabled', account_unverified: 'The address waits to be confirmed', group_disabled: 'The group through which it is found is disabled',
    directory_disabled: 'The directory is disabled', organization_disabled: 'The organization is disabled', application_disabled: 'The application is disabled', tenant_disabled: 'The tenant is disabled', no_stores: 'The application has no account stores', organization_no_stores: 'The organization has no account stores',
    store_not_mapped: 'No account store of the application holds it', linked_refused: 'The account that a link leads to is refused', revoked: 'Ended by somebody', expired: 'Expired',
  },
  de: {
    wrong_password: 'Das Passwort war falsch', unknown_login: 'Niemand heißt so', account_disabled: 'Das Konto ist gesperrt', account_unverified: 'Die Adresse ist noch nicht bestätigt', group_disabled: 'Die Gruppe, über die es gefunden wird, ist gesperrt',
    directory_disabled: 'Das Verzeichnis ist gesperrt', organization_disabled: 'Die Organisation ist gesperrt', application_disabled: 'Die Anwendung ist gesperrt', tenant_disabled: 'Der Mandant ist gesperrt', no_stores: 'Die Anwendung hat keine Kontenspeicher', organization_no_stores: 'Die Organisation hat keine Kontenspeicher',
    store_not_mapped: 'Kein Kontenspeicher der Anwendung enthält es', linked_refused: 'Das Konto, zu dem eine Verknüpfung führt, wird abgelehnt', revoked: 'Von jemandem beendet', expired: 'Abgelaufen',
  },
})

const known: Record<string, () => string> = {
  wrong_password: () => t('wrong_password'), unknown_login: () => t('unknown_login'), account_disabled: () => t('account_disabled'), account_unverified: () => t('account_unverified'), group_disabled: () => t('group_disabled'),
  directory_disabled: () => t('directory_disabled'), organization_disabled: () => t('organization_disabled'), application_disabled: () => t('application_disabled'), tenant_disabled: () => t('tenant_disabled'), no_stores: () => t('no_stores'), organization_no_stores: () => t('organization_no_stores'),
  store_not_mapped: () => t('store_not_mapped'), linked_refused: () => t('linked_refused'), revoked: () => t('revoked'), expired: () => t('expired'),
}

/** A reason of the server's in words; its own name where there are none. */
export function reasonWords(code: string): string {
  return known[code]?.() ?? code
}
