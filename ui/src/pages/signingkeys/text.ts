import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    title: 'Signing keys', sub: 'What the tenant signs its tokens with', none: 'No signing keys yet', noneText: 'The first is made when something is to be signed for the first time.', kid: 'Key id', alg: 'Algorithm', purpose: 'For', state: 'State', age: 'Made', signs: 'Signs from', rotate: 'Next {alg} key', rotated: 'The next {alg} key signs a day after it was made', jwks: 'JWKS', notDone: 'This was not done',
    waiting: 'Next', active: 'Current', retired: 'Retired', hints: 'Old ID tokens only', revoked: 'Revoked', revoke: 'Revoke', revokeTitle: 'Revoke the key {kid}?', revokeText: 'It verifies nothing from now on, and every session and every token given before ends. Do this after a leak.', revokedNow: 'The key is revoked',
  },
  de: {
    title: 'Signierschlüssel', sub: 'Womit der Mandant seine Tokens signiert', none: 'Noch keine Signierschlüssel', noneText: 'Der erste entsteht, sobald etwas zum ersten Mal zu signieren ist.', kid: 'Schlüssel-ID', alg: 'Verfahren', purpose: 'Für', state: 'Zustand', age: 'Erstellt', signs: 'Signiert ab', rotate: 'Nächster {alg}-Schlüssel', rotated: 'Der nächste {alg}-Schlüssel signiert einen Tag nach seiner Erstellung', jwks: 'JWKS', notDone: 'Das hat nicht geklappt',
    waiting: 'Nächster', active: 'Aktuell', retired: 'Abgelöst', hints: 'Nur alte ID-Tokens', revoked: 'Widerrufen', revoke: 'Widerrufen', revokeTitle: 'Den Schlüssel {kid} widerrufen?', revokeText: 'Er bestätigt ab jetzt nichts mehr, und alle Sitzungen und Tokens von vorher enden. Das ist nach einem Leck richtig.', revokedNow: 'Der Schlüssel ist widerrufen',
  },
})
