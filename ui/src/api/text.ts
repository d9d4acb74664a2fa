import { texts } from '../i18n.svelte'

export const t = texts({
  en: { offline: 'The server does not answer. Nothing is lost here: try again.', answered: 'Something before the server answered: {text}.' },
  de: { offline: 'Der Server antwortet nicht. Hier geht nichts verloren: bitte erneut versuchen.', answered: 'Etwas vor dem Server antwortete: {text}.' },
})
