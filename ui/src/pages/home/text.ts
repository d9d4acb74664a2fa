import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    title: 'Home', range: 'Period', range24h: '24 hours', range7d: '7 days', range30d: '30 days', figures: 'Figures', signIns: 'Sign-ins', refused: 'Refused', signedIn: 'Signed in', newAccounts: 'New accounts', sessions: 'Active sessions', accounts: 'Accounts',
    on24h: 'on the day before', on7d: 'on the 7 days before', on30d: 'on the 30 days before', nothingBefore: 'none in the time before', sameBefore: 'as in the time before', allSessions: 'All sessions', atLeast: 'at least {n}', allEnabled: 'all enabled', notEnabled: '{disabled} disabled, {unverified} unverified',
    chart: 'Sign-ins and refusals', chartWhat: 'In this time: sign-ins {signIns}, refusals {refused}.', seeSignIns: 'See the sign-ins',
    attention: 'Needs attention', calm: 'Nothing is wrong', calmText: 'Mail, backups, keys and operators are as they should be.', 
    mail_stays: 'Mails are kept on this machine', mail_staysText: 'No mail server is set: nobody gets the mails.', mail_staysDo: 'Set up mail',
    jobs_lost: { one: '{n} job was given up', other: '{n} jobs were given up' }, jobs_lostText: 'It is tried no more by itself.', jobs_lostDo: 'See jobs',
    one_owner: 'There is only one owner', one_ownerText: 'If that sign-in is lost, only the machine itself helps.', one_ownerDo: 'Add one',
    key_overdue: 'A signing key is overdue', key_overdueText: '{name}: the next should sign since {at}.', key_overdueDo: 'Rotate',
    plain_http: 'Passwords can be read on the way', plain_httpText: '{name} is not https.', plain_httpDo: 'Set up https',
    certificate: 'A certificate needs care', certificateText: '{name}, good until {at}', certificateDo: 'Renew',
    certificate_bad: 'A certificate is not good', certificate_badText: '{name}: connections are refused.', certificate_badDo: 'Renew',
    backup_never: 'There is no backup yet', backup_neverText: 'Without one a broken disk loses everything.', backup_neverDo: 'Back up',
    backup_old: { one: 'The last backup is {n} day old', other: 'The last backup is {n} days old' }, backup_oldText: 'Made {at}', backup_oldDo: 'Back up',
    backup_failed: { one: 'The last backup failed', other: 'The last {n} backups failed' }, backup_failedText: 'Since {at}', backup_failedDo: 'See backups',
    steps: 'First steps', stepsText: '{done} of {all} done', hide: 'Hide', hideSteps: 'Hide the first steps', showSteps: 'Show the first steps', stepDone: 'Done',
    application: 'Connect an application', applicationText: 'A guide makes the client and shows the code for it.', people: 'Add people', peopleText: 'One by one, by an import, or they register themselves.', mail: 'Have mails sent', mailText: 'For forgotten passwords and new addresses.', backup: 'Make a backup', backupText: 'Encrypted, with a passphrase of yours.', operator: 'Add a second operator', operatorText: 'So that nobody is locked out.',
    server: 'This server', address: 'Address', storage: 'Storage', key: 'Signing key {alg}', keyAge: { one: '{n} day old, next in {next}', other: '{n} days old, next in {next}' }, keyLate: { one: '{n} day old, overdue', other: '{n} days old, overdue' }, noKey: 'made when first needed', mailQueue: 'Mail', mailNone: 'none waits', mailWaits: { one: '{n} waits', other: '{n} wait' }, mailLost: '{waits}, {lost} given up', jobs: 'Jobs given up', version: 'Version',
    latest: 'Latest', latestText: 'What happens, as it happens', stale: 'Changes are not heard at the moment. As of {at}.', reload: 'Read again', all: 'All events', noEvents: 'Nothing has happened yet', noEventsText: 'Sign-ins and changes are listed here.',
  },
  de: {
    title: 'Start', range: 'Zeitraum', range24h: '24 Stunden', range7d: '7 Tage', range30d: '30 Tage', figures: 'Kennzahlen', signIns: 'Anmeldungen', refused: 'Abgelehnt', signedIn: 'Angemeldet', newAccounts: 'Neue Konten', sessions: 'Aktive Sitzungen', accounts: 'Konten',
    on24h: 'gegenüber dem Tag davor', on7d: 'gegenüber den 7 Tagen davor', on30d: 'gegenüber den 30 Tagen davor', nothingBefore: 'keine in der Zeit davor', sameBefore: 'wie in der Zeit davor', allSessions: 'Alle Sitzungen', atLeast: 'mindestens {n}', allEnabled: 'alle aktiv', notEnabled: '{disabled} gesperrt, {unverified} unbestätigt',
    chart: 'Anmeldungen und Ablehnungen', chartWhat: 'In dieser Zeit: Anmeldungen {signIns}, Ablehnungen {refused}.', seeSignIns: 'Zu den Anmeldungen',
    attention: 'Zu beachten', calm: 'Alles in Ordnung', calmText: 'E-Mail, Sicherungen, Schlüssel und Betreiber sind, wie sie sein sollen.', 
    mail_stays: 'E-Mails bleiben auf diesem Rechner', mail_staysText: 'Kein Mailserver ist eingestellt: niemand bekommt die E-Mails.', mail_staysDo: 'E-Mail einrichten',
    jobs_lost: { one: '{n} Aufgabe ist gescheitert', other: '{n} Aufgaben sind gescheitert' }, jobs_lostText: 'Von selbst wird nichts mehr versucht.', jobs_lostDo: 'Zu den Aufgaben',
    one_owner: 'Es gibt nur einen Eigentümer', one_ownerText: 'Geht dessen Zugang verloren, hilft nur der Rechner selbst.', one_ownerDo: 'Hinzufügen',
    key_overdue: 'Ein Signierschlüssel ist überfällig', key_overdueText: '{name}: der nächste sollte seit {at} signieren.', key_overdueDo: 'Wechseln',
    plain_http: 'Passwörter sind unterwegs lesbar', plain_httpText: '{name} nutzt kein HTTPS.', plain_httpDo: 'HTTPS einrichten',
    certificate: 'Ein Zertifikat braucht Pflege', certificateText: '{name}, gültig bis {at}', certificateDo: 'Erneuern',
    certificate_bad: 'Ein Zertifikat ist nicht gültig', certificate_badText: '{name}: Verbindungen werden abgelehnt.', certificate_badDo: 'Erneuern',
    backup_never: 'Es gibt noch keine Sicherung', backup_neverText: 'Ohne sie verliert ein Plattenschaden alles.', backup_neverDo: 'Sichern',
    backup_old: { one: 'Die letzte Sicherung ist {n} Tag alt', other: 'Die letzte Sicherung ist {n} Tage alt' }, backup_oldText: 'Vom {at}', backup_oldDo: 'Sichern',
    backup_failed: { one: 'Die letzte Sicherung ist fehlgeschlagen', other: 'Die letzten {n} Sicherungen sind fehlgeschlagen' }, backup_failedText: 'Seit {at}', backup_failedDo: 'Zu den Sicherungen',
    steps: 'Erste Schritte', stepsText: '{done} von {all} erledigt', hide: 'Ausblenden', hideSteps: 'Erste Schritte ausblenden', showSteps: 'Erste Schritte anzeigen', stepDone: 'Erledigt',
    application: 'Anwendung anbinden', applicationText: 'Eine Anleitung legt den Client an und zeigt den Code dafür.', people: 'Personen hinzufügen', peopleText: 'Einzeln, durch einen Import, oder sie registrieren sich selbst.', mail: 'E-Mail-Versand einrichten', mailText: 'Für vergessene Passwörter und neue Adressen.', backup: 'Sicherung erstellen', backupText: 'Verschlüsselt, mit eigener Passphrase.', operator: 'Zweiten Betreiber hinzufügen', operatorText: 'Damit niemand ausgesperrt ist.',
    server: 'Dieser Server', address: 'Adresse', storage: 'Speicher', key: 'Signierschlüssel {alg}', keyAge: { one: '{n} Tag alt, noch {next}', other: '{n} Tage alt, noch {next}' }, keyLate: { one: '{n} Tag alt, überfällig', other: '{n} Tage alt, überfällig' }, noKey: 'entsteht bei Bedarf', mailQueue: 'E-Mail', mailNone: 'keine wartet', mailWaits: { one: '{n} wartet', other: '{n} warten' }, mailLost: '{waits}, {lost} gescheitert', jobs: 'Gescheiterte Aufgaben', version: 'Version',
    latest: 'Zuletzt', latestText: 'Ereignisse, sobald sie eintreten', stale: 'Änderungen kommen gerade nicht an. Stand: {at}.', reload: 'Neu laden', all: 'Alle Ereignisse', noEvents: 'Noch ist nichts geschehen', noEventsText: 'Anmeldungen und Änderungen stehen dann hier.',
  },
})

/** The codes of what the server warns of. */
export const warningCodes = ['mail_stays', 'jobs_lost', 'one_owner', 'key_overdue', 'plain_http', 'certificate', 'certificate_bad', 'backup_never', 'backup_old', 'backup_failed'] as const

export type WarningCode = (typeof warningCodes)[number]
