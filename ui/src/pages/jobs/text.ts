import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    title: 'Jobs', sub: 'What the server does by itself, after the request that asked for it', states: 'Jobs by their state', waiting: 'Waiting', dead: 'Given up', what: 'Job', kind: 'Kind', id: 'Id', made: 'Made', due: 'Due', last: 'Last tried', tries: 'Tries', error: 'Last error', lane: 'Row', common: 'the common one', state: 'State',
    isDue: 'Due', later: 'Scheduled', failing: 'To be tried again', gone: 'Given up', 
    retry: 'Try again', retryAll: 'Try all again', retried: { one: '{n} job is tried again', other: '{n} jobs are tried again' }, retryTitle: 'Try all that were given up again?', retryKind: 'Try all of the kind “{kind}” again?', retryText: 'Each begins anew, with all its tries before it. At most 1,000 at a time; what was done in part may be done twice.', more: 'Some are left: do it once more',
    discard: 'Discard', discardTitle: 'Discard this job?', discardMany: { one: 'Discard {n} job?', other: 'Discard {n} jobs?' }, discardText: 'Nobody will do it: the mail is not sent, the record is not cleared away. This cannot be taken back.', discarded: { one: '{n} job discarded', other: '{n} jobs discarded' },
    notDone: 'This was not done', noneWaiting: 'Nothing waits', noneWaitingText: 'Mails, webhooks and the clearing away of deleted records wait here until they are done, most of them for less than a second.', noneDead: 'Nothing was given up', noneDeadText: 'What fails is tried again, more and more rarely. What fails for too long is given up and stays here until you try it again or discard it.', partly: 'There are more than are shown.',
    'k.mail': 'Send a mail', 'k.mail.asked': 'Make a mail that was asked for', 'k.sweep': 'Clear away what was deleted', 'k.forget': 'Forget what is out of date', 'k.proof': 'Forget a used link', 'k.logout': 'Tell a client of a sign-out', 'k.session.end': 'End the sessions of an account', 'k.session.endAll': 'End all sessions', 'k.setupLink': 'Forget a setup link', 'k.customDataIndex': 'Build an index of custom data', 'k.webhooks.send': 'Deliver to a webhook', 'k.webhooks.tidy': 'Clear away old deliveries', 'k.djoser.mail': 'Send a mail (djoser)', 'k.djoser.token': 'Forget a token (djoser)',
  },
  de: {
    title: 'Aufgaben', sub: 'Was der Server von selbst tut, nach der Anfrage, die es ausgelöst hat', states: 'Aufgaben nach Zustand', waiting: 'Wartend', dead: 'Gescheitert', what: 'Aufgabe', kind: 'Art', id: 'ID', made: 'Erstellt', due: 'Fällig', last: 'Zuletzt versucht', tries: 'Versuche', error: 'Letzter Fehler', lane: 'Warteschlange', common: 'die gemeinsame', state: 'Zustand',
    isDue: 'Fällig', later: 'Geplant', failing: 'Wird wiederholt', gone: 'Gescheitert',
    retry: 'Erneut versuchen', retryAll: 'Alle erneut versuchen', retried: { one: '{n} Aufgabe wird erneut versucht', other: '{n} Aufgaben werden erneut versucht' }, retryTitle: 'Alle gescheiterten erneut versuchen?', retryKind: 'Alle der Art „{kind}“ erneut versuchen?', retryText: 'Jede beginnt von vorn, mit allen ihren Versuchen. Höchstens 1.000 auf einmal; was zum Teil getan war, geschieht womöglich zweimal.', more: 'Es sind noch welche übrig: bitte noch einmal',
    discard: 'Verwerfen', discardTitle: 'Diese Aufgabe verwerfen?', discardMany: { one: '{n} Aufgabe verwerfen?', other: '{n} Aufgaben verwerfen?' }, discardText: 'Niemand wird sie erledigen: die E-Mail wird nicht gesendet, der Datensatz nicht weggeräumt. Das lässt sich nicht rückgängig machen.', discarded: { one: '{n} Aufgabe verworfen', other: '{n} Aufgaben verworfen' },
    notDone: 'Das hat nicht geklappt', noneWaiting: 'Nichts wartet', noneWaitingText: 'E-Mails, Webhooks und das Wegräumen gelöschter Datensätze warten hier, bis sie erledigt sind, meist weniger als eine Sekunde.', noneDead: 'Nichts ist gescheitert', noneDeadText: 'Was fehlschlägt, wird erneut versucht, immer seltener. Was zu lange fehlschlägt, gilt als gescheitert und bleibt hier, bis es erneut versucht oder verworfen wird.', partly: 'Es gibt mehr, als gezeigt werden.',
    'k.mail': 'E-Mail senden', 'k.mail.asked': 'Angeforderte E-Mail erstellen', 'k.sweep': 'Gelöschtes wegräumen', 'k.forget': 'Veraltetes löschen', 'k.proof': 'Benutzten Link löschen', 'k.logout': 'Client über eine Abmeldung benachrichtigen', 'k.session.end': 'Sitzungen eines Kontos beenden', 'k.session.endAll': 'Alle Sitzungen beenden', 'k.setupLink': 'Einrichtungslink löschen', 'k.customDataIndex': 'Index über eigene Daten aufbauen', 'k.webhooks.send': 'An einen Webhook zustellen', 'k.webhooks.tidy': 'Alte Zustellungen wegräumen', 'k.djoser.mail': 'E-Mail senden (djoser)', 'k.djoser.token': 'Token löschen (djoser)',
  },
})

const known = ['mail', 'mail.asked', 'sweep', 'forget', 'proof', 'logout', 'session.end', 'session.endAll', 'setupLink', 'customDataIndex', 'webhooks.send', 'webhooks.tidy', 'djoser.mail', 'djoser.token'] as const

/** What a kind of job does, in words; that of a plugin that nobody told of by its name. */
export function kindOf(kind: string): string {
  return (known as readonly string[]).includes(kind) ? t(`k.${kind as (typeof known)[number]}`) : kind
}
