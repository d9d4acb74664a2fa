import { texts } from '../i18n.svelte'

export const t = texts({
  en: {
    customDataHint: 'An object of your own members: at most 10 MB. What a member is called is up to you.', customDataObject: 'Custom data is an object: { … }.', reserved: '{name} is a name of the server’s own.',
  },
  de: {
    customDataHint: 'Ein Objekt mit Ihren eigenen Angaben: höchstens 10 MB. Wie eine Angabe heißt, bestimmen Sie.', customDataObject: 'Eigene Daten sind ein Objekt: { … }.', reserved: '{name} ist ein Name des Servers.',
  },
})
