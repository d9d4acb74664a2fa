import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    title: 'Audit', sub: 'Who changed what, newest first. The log is sealed and never changed.', at: 'When', action: 'What', event: 'Event', who: 'Who', target: 'Of what', fields: 'Fields', ip: 'Address', reason: 'Reason', request: 'Request', before: 'Before', after: 'After', nothing: 'nothing',
    account: 'The id of an account', from: 'From a day on, such as 2026-01-31', to: 'Until a day', none: 'Nothing has happened yet', noneText: 'Every change that is made, by whomever, is written here in the transaction that makes it.',
    console: 'In the console', key: 'By an API key', machine: 'On the machine', by_session: 'The account itself', link: 'By a setup link', door: 'At a public page', system: 'The server itself', anonymous: 'Nobody in particular',
  },
  de: {
    title: 'Protokoll', sub: 'Wer was geändert hat, das Neueste zuerst. Das Protokoll ist versiegelt und wird nie geändert.', at: 'Wann', action: 'Was', event: 'Ereignis', who: 'Wer', target: 'Woran', fields: 'Felder', ip: 'Adresse', reason: 'Grund', request: 'Anfrage', before: 'Vorher', after: 'Nachher', nothing: 'nichts',
    account: 'Die ID eines Kontos', from: 'Ab einem Tag, etwa 2026-01-31', to: 'Bis zu einem Tag', none: 'Noch ist nichts geschehen', noneText: 'Jede Änderung, von wem auch immer, wird hier in derselben Transaktion vermerkt.',
    console: 'In der Konsole', key: 'Mit einem API-Schlüssel', machine: 'Auf dem Rechner', by_session: 'Das Konto selbst', link: 'Mit einem Einrichtungslink', door: 'Auf einer öffentlichen Seite', system: 'Der Server selbst', anonymous: 'Niemand Bestimmtes',
  },
})
