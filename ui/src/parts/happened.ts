import { language, say, texts, type Text } from '../i18n.svelte'

const all = {
  en: {
    'auth.login': 'Signed in', 'auth.failure': 'Could not sign in', 'session.open': 'A session began', 'session.close': 'A session ended', 'console.open': 'Entered the console', 'console.close': 'Left the console',
    'security.update': 'A password or what guards it was changed', 'customData.update': 'Custom data was changed', 'account.endSessions': 'All sessions of an account were ended', 'account.resetRequest': 'A mail to set a password was asked for', 'account.reset': 'A password was set by a mail', 'account.verificationRequest': 'A mail to confirm an address was asked for', 'account.verify': 'An address was confirmed', 'account.emailChangeRequest': 'Another address was asked for', 'account.welcome': 'A welcome was sent', 'mail.failed': 'A mail could not be delivered',
    'operator.create': 'Somebody became an operator', 'operator.update': 'An operator has another role', 'operator.delete': 'Somebody is no operator any more', 'grant.create': 'A client was given access', 'grant.end': 'A client lost its access', 'consent.create': 'Somebody consented to a client', 'consent.update': 'Somebody consented to a client', 'consent.delete': 'A consent was withdrawn',
    'groupMembership.create': 'Somebody came into a group', 'groupMembership.delete': 'Somebody left a group', 'accountLink.create': 'Two accounts were linked', 'accountLink.delete': 'Two accounts were unlinked', 'setupLink.create': 'A setup link was made', 'setupLink.use': 'A setup link was used',
    'settings.update': 'Settings were changed', 'job.retry': 'Jobs are tried again', 'job.discard': 'Jobs were discarded', 'import.tenant': 'A tenant was imported', 'import.accounts': 'Accounts were imported', 'import.groups': 'Groups were imported', 'backup.make': 'A backup was made', 'backup.download': 'A backup was downloaded', 'backup.verify': 'A backup was verified', 'backup.stage': 'A restore was laid ready', 'setup.done': 'The setup was done', 'setup.restore': 'The setup began from a backup', 'account.recovery': 'An owner was let in again', 'tenant.restore': 'The tenant was restored', 'tenant.repair': 'The tenant was repaired', 'tenant.rotateMaster': 'The master key was replaced', 'tenant.update': 'The tenant was changed', 'tenant.delete': 'A tenant was deleted',
    create: '{noun} was made', update: '{noun} was changed', delete: '{noun} was deleted',
  },
  de: {
    'auth.login': 'Angemeldet', 'auth.failure': 'Anmeldung abgelehnt', 'session.open': 'Sitzung begonnen', 'session.close': 'Sitzung beendet', 'console.open': 'Konsole betreten', 'console.close': 'Konsole verlassen',
    'security.update': 'Passwort oder dessen Schutz geändert', 'customData.update': 'Eigene Daten geändert', 'account.endSessions': 'Alle Sitzungen des Kontos beendet', 'account.resetRequest': 'E-Mail für ein neues Passwort angefordert', 'account.reset': 'Passwort über eine E-Mail gesetzt', 'account.verificationRequest': 'E-Mail zur Bestätigung einer Adresse angefordert', 'account.verify': 'Adresse bestätigt', 'account.emailChangeRequest': 'Andere Adresse angefordert', 'account.welcome': 'Willkommen gesendet', 'mail.failed': 'E-Mail nicht zustellbar',
    'operator.create': 'Betreiber hinzugefügt', 'operator.update': 'Rolle eines Betreibers geändert', 'operator.delete': 'Betreiber entfernt', 'grant.create': 'Client hat Zugang erhalten', 'grant.end': 'Client hat den Zugang verloren', 'consent.create': 'In einen Client eingewilligt', 'consent.update': 'In einen Client eingewilligt', 'consent.delete': 'Einwilligung zurückgezogen',
    'groupMembership.create': 'In eine Gruppe aufgenommen', 'groupMembership.delete': 'Aus einer Gruppe entfernt', 'accountLink.create': 'Zwei Konten verknüpft', 'accountLink.delete': 'Verknüpfung zweier Konten getrennt', 'setupLink.create': 'Einrichtungslink angelegt', 'setupLink.use': 'Einrichtungslink benutzt',
    'settings.update': 'Einstellungen geändert', 'job.retry': 'Aufgaben erneut versucht', 'job.discard': 'Aufgaben verworfen', 'import.tenant': 'Mandant importiert', 'import.accounts': 'Konten importiert', 'import.groups': 'Gruppen importiert', 'backup.make': 'Sicherung erstellt', 'backup.download': 'Sicherung heruntergeladen', 'backup.verify': 'Sicherung geprüft', 'backup.stage': 'Zurückspielen vorbereitet', 'setup.done': 'Einrichtung abgeschlossen', 'setup.restore': 'Einrichtung aus einer Sicherung begonnen', 'account.recovery': 'Eigentümer wieder eingelassen', 'tenant.restore': 'Mandant zurückgespielt', 'tenant.repair': 'Mandant repariert', 'tenant.rotateMaster': 'Hauptschlüssel ersetzt', 'tenant.update': 'Mandant geändert', 'tenant.delete': 'Mandant gelöscht',
    create: '{noun} angelegt', update: '{noun} geändert', delete: '{noun} gelöscht',
  },
}
const t = texts(all)

/** What a record is called, by its noun. */
const nouns: Record<string, Text> = {
  account: { en: 'account', de: 'Konto' }, group: { en: 'group', de: 'Gruppe' }, directory: { en: 'directory', de: 'Verzeichnis' }, organization: { en: 'organization', de: 'Organisation' },
  application: { en: 'application', de: 'Anwendung' }, client: { en: 'client', de: 'Client' }, resource: { en: 'resource', de: 'Ressource' }, domain: { en: 'domain', de: 'Domain' },
  session: { en: 'session', de: 'Sitzung' }, apiKey: { en: 'API key', de: 'API-Schlüssel' }, signingKey: { en: 'signing key', de: 'Signierschlüssel' }, operator: { en: 'operator', de: 'Betreiber' },
  tenant: { en: 'tenant', de: 'Mandant' }, accountStoreMapping: { en: 'account store', de: 'Kontenspeicher' }, organizationAccountStoreMapping: { en: 'account store', de: 'Kontenspeicher' }, groupMembership: { en: 'membership', de: 'Mitgliedschaft' },
  accountLink: { en: 'link', de: 'Verknüpfung' }, consent: { en: 'consent', de: 'Einwilligung' }, grant: { en: 'access', de: 'Zugang' }, passwordPolicy: { en: 'password policy', de: 'Passwortrichtlinie' },
  passwordStrength: { en: 'set of password rules', de: 'Passwortregeln' }, accountCreationPolicy: { en: 'registration policy', de: 'Registrierungsrichtlinie' }, accountLinkingPolicy: { en: 'linking policy', de: 'Verknüpfungsregel' }, accountSchema: { en: 'account schema', de: 'Kontenschema' },
  schema: { en: 'account schema', de: 'Kontenschema' }, provider: { en: 'provider', de: 'Anbieter' }, branding: { en: 'branding', de: 'Erscheinungsbild' }, emailTemplate: { en: 'mail template', de: 'E-Mail-Vorlage' },
  pageTemplate: { en: 'page', de: 'Seite' }, smtpServer: { en: 'mail server', de: 'Mailserver' }, djoserMount: { en: 'djoser mount', de: 'djoser-Mount' }, webhookEndpoint: { en: 'webhook', de: 'Webhook' },
  note: { en: 'note', de: 'Notiz' },
}

/** What a line of the audit log tells of, such as "account.create"; one that has no words, by its name. */
export function happenedWords(action: string): string {
  if (action.includes('.') && action in all.en) return t(action as keyof typeof all.en)
  const [name = '', verb = ''] = action.split('.')
  const noun = nouns[name]
  if (!noun || !['create', 'update', 'delete'].includes(verb)) return action
  const article = language() === 'de' ? '' : /^[aeiou]/i.test(noun.en) ? 'An ' : 'A '
  return t(verb as 'create', { noun: article + say(noun) })
}

/** What a record of a kind is called, such as "accounts"; a kind that has no word, by its name. */
export function kindWords(kind: string): string {
  const noun = nouns[kind.replace(/ies$/, 'y').replace(/s$/, '')]
  return noun ? say(noun).replace(/^./, (c) => c.toUpperCase()) : kind
}
