import { texts } from '../../i18n.svelte'

export const t = texts({
  en: { title: 'Tenant', sub: 'All that is kept here belongs to it', parts: 'Tenant', profile: 'Profile', name: 'Name', nameHint: 'Operators see it in the console.', customData: 'Custom data', glance: 'At a glance', key: 'Key', issuer: 'Issuer', id: 'Id', modified: 'Changed', created: 'Created', ownerOnly: 'Only an owner changes it.', discovery: 'Discovery document', addressesText: 'Its key and its addresses are set on the machine: stormkeep tenant.' },
  de: { title: 'Mandant', sub: 'Ihm gehört alles, was hier liegt', parts: 'Mandant', profile: 'Profil', name: 'Name', nameHint: 'Betreiber sehen ihn in der Konsole.', customData: 'Eigene Daten', glance: 'Auf einen Blick', key: 'Kürzel', issuer: 'Aussteller', id: 'ID', modified: 'Geändert', created: 'Angelegt', ownerOnly: 'Nur Eigentümer ändern ihn.', discovery: 'Discovery-Dokument', addressesText: 'Sein Kürzel und seine Adressen werden auf dem Rechner festgelegt: stormkeep tenant.' },
})
