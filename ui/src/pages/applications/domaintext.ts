import { texts } from '../../i18n.svelte'

export const t = texts({
  en: { organization: 'Organization', organizationHint: 'Who signs in there does so through this organization.', change: 'Choose the organization', none: 'No organization', what: 'Through whom people sign in at {name}', saved: '{name} saved' },
  de: { organization: 'Organisation', organizationHint: 'Wer sich dort anmeldet, tut es über diese Organisation.', change: 'Organisation wählen', none: 'Keine Organisation', what: 'Über wen man sich bei {name} anmeldet', saved: '{name} gespeichert' },
})
