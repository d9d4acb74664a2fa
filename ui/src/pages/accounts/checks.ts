import { texts } from '../../i18n.svelte'

const t = texts({
  en: {
    tenant: 'Tenant', application: 'Application', stores: 'Has account stores', mapping: 'One holds the account', login: 'Name leads to it', account: 'Account', email: 'Address', group: 'Group', directory: 'Directory', organization: 'Organization', password: 'Has a password', links: 'Links', tries: 'Wrong tries',
  },
  de: {
    tenant: 'Mandant', application: 'Anwendung', stores: 'Hat Kontenspeicher', mapping: 'Einer enthält das Konto', login: 'Name führt zu ihm', account: 'Konto', email: 'Adresse', group: 'Gruppe', directory: 'Verzeichnis', organization: 'Organisation', password: 'Hat ein Passwort', links: 'Verknüpfungen', tries: 'Falsche Versuche',
  },
})

const known: Record<string, () => string> = {
  tenant: () => t('tenant'), application: () => t('application'), stores: () => t('stores'), mapping: () => t('mapping'), login: () => t('login'), account: () => t('account'), email: () => t('email'), group: () => t('group'), directory: () => t('directory'), organization: () => t('organization'), password: () => t('password'), links: () => t('links'), tries: () => t('tries'),
}

/** A check of signing in, in words. */
export function checkWords(name: string): string {
  return known[name]?.() ?? name
}
