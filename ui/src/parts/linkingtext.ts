import { texts } from '../i18n.svelte'

export const t = texts({
  en: {
    linking: 'Linked accounts', sub: 'Which of a person’s accounts a sign-in ends at', follow: 'Sign-ins follow links', followHint: 'Whoever signs in as an account that is linked comes out as the one in the directory where new accounts go.', make: 'Make the other account', makeHint: 'For accounts of other providers: in the directory where new accounts go.', match: 'Link by itself', matchNone: 'Never', matchEmail: 'By the same e-mail address', matchHint: 'For accounts of other providers: one that is there already is linked if it matches.',
  },
  de: {
    linking: 'Verknüpfte Konten', sub: 'Bei welchem Konto einer Person eine Anmeldung endet', follow: 'Anmeldungen folgen Verknüpfungen', followHint: 'Wer sich als verknüpftes Konto anmeldet, kommt als das in dem Verzeichnis an, in das neue Konten gehen.', make: 'Das andere Konto anlegen', makeHint: 'Für Konten anderer Anbieter: in dem Verzeichnis, in das neue Konten gehen.', match: 'Von selbst verknüpfen', matchNone: 'Nie', matchEmail: 'Bei derselben E-Mail-Adresse', matchHint: 'Für Konten anderer Anbieter: eines, das es schon gibt, wird verknüpft, wenn es passt.',
  },
})
