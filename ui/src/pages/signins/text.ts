import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    title: 'Sign-ins', sub: { one: '{n} try in this time', other: '{n} tries in this time' }, outcome: 'Outcome', good: 'Signed in', refused: 'Refused', all: 'All', account: 'Account', application: 'Application', reason: 'Reason', device: 'Device', ip: 'Address', at: 'When', unknown: 'of nobody known', range: 'How long',
    range24h: '24 hours', range7d: '7 days', range30d: '30 days', none: 'Nobody has tried to sign in', noneText: 'Each try at any door is listed here, with the reason for every refusal. Strangers are told less.',
  },
  de: {
    title: 'Anmeldungen', sub: { one: '{n} Versuch in dieser Zeit', other: '{n} Versuche in dieser Zeit' }, outcome: 'Ergebnis', good: 'Angemeldet', refused: 'Abgelehnt', all: 'Alle', account: 'Konto', application: 'Anwendung', reason: 'Grund', device: 'Gerät', ip: 'Adresse', at: 'Wann', unknown: 'Unbekannt', range: 'Zeitraum',
    range24h: '24 Stunden', range7d: '7 Tage', range30d: '30 Tage', none: 'Kein Anmeldeversuch', noneText: 'Jeder Versuch steht hier, mit dem Grund jeder Ablehnung. Wer sich anmelden will, erfährt weniger.',
  },
})
