import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    title: 'Sessions', sub: { one: '{n} session, newest first', other: '{n} sessions, newest first' }, account: 'Account', application: 'Application', device: 'Device', ip: 'Address', began: 'Began', seen: 'Last seen', expires: 'Expires', unknown: 'An unknown device',
    end: 'End the session', ended: 'The session is ended', notDone: 'This was not done', none: 'Nobody is signed in', noneText: 'Each sign-in at the server’s own pages is a session until it ends or expires. Ending it signs its device out everywhere.',
  },
  de: {
    title: 'Sitzungen', sub: { one: '{n} Sitzung, die neueste zuerst', other: '{n} Sitzungen, die neueste zuerst' }, account: 'Konto', application: 'Anwendung', device: 'Gerät', ip: 'Adresse', began: 'Begonnen', seen: 'Zuletzt gesehen', expires: 'Läuft ab', unknown: 'Ein unbekanntes Gerät',
    end: 'Sitzung beenden', ended: 'Die Sitzung ist beendet', notDone: 'Das hat nicht geklappt', none: 'Niemand ist angemeldet', noneText: 'Jede Anmeldung auf den Seiten des Servers ist eine Sitzung, bis sie endet oder abläuft. Wer sie beendet, meldet ihr Gerät überall ab.',
  },
})
