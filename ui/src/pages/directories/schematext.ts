import { texts } from '../../i18n.svelte'

export const t = texts({
  en: { tab: 'Schema', title: 'What an account must have', sub: 'Asked when one is made or its profile changes', field: 'Field', required: 'Required', require: 'Require: {name}', givenName: 'Given name', surname: 'Surname', nowRequired: '{name} is required from now on', nowFree: '{name} is free from now on', hint: 'Whether an e-mail address is needed was said when the directory was made, and stands, with the custom data that is searched fast, in the' },
  de: { tab: 'Schema', title: 'Was ein Konto haben muss', sub: 'Geprüft, wenn eines entsteht oder sein Profil sich ändert', field: 'Feld', required: 'Erforderlich', require: 'Verlangen: {name}', givenName: 'Vorname', surname: 'Nachname', nowRequired: '{name} ist ab jetzt erforderlich', nowFree: '{name} ist ab jetzt optional', hint: 'Ob eine E-Mail-Adresse erforderlich ist, wurde beim Anlegen des Verzeichnisses festgelegt und steht mit den schnell durchsuchten eigenen Daten im' },
})
