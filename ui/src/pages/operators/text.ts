import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    title: 'Operators', sub: 'Who has authority over the tenant', none: 'No operators', noneText: 'An operator is an account of the administrators’ directory that has a role.', name: 'Name', email: 'E-mail', role: 'Role', since: 'Since', add: 'Add an operator', account: 'Account', accountHint: 'One of the administrators’ directory.', chooseAccount: 'Please choose an account.', notDone: 'This was not done',
    ownerText: 'Owner: everything', adminText: 'Admin: everything but operators and the tenant', supportText: 'Support: reads, and helps end users', auditorText: 'Auditor: reads', make: 'Make: {role}', madeIt: '{name} is now {role}', remove: 'Take the role away', removeTitle: 'Take the role of {name} away?', removeText: 'The account stays, but has no authority any more, from the next request on.', removed: '{name} is no operator any more',
   
  },
  de: {
    title: 'Betreiber', sub: 'Wer über den Mandanten bestimmt', none: 'Keine Betreiber', noneText: 'Ein Betreiber ist ein Konto im Verzeichnis der Administratoren, das eine Rolle hat.', name: 'Name', email: 'E-Mail', role: 'Rolle', since: 'Seit', add: 'Betreiber hinzufügen', account: 'Konto', accountHint: 'Eines aus dem Verzeichnis der Administratoren.', chooseAccount: 'Bitte ein Konto auswählen.', notDone: 'Das hat nicht geklappt',
    ownerText: 'Eigentümer: alles', adminText: 'Admin: alles außer Betreibern und Mandant', supportText: 'Support: liest und hilft Endnutzern', auditorText: 'Prüfer: liest', make: 'Zur Rolle: {role}', madeIt: '{name} ist jetzt {role}', remove: 'Rolle entziehen', removeTitle: 'Die Rolle von {name} entziehen?', removeText: 'Das Konto bleibt, bestimmt aber ab der nächsten Anfrage über nichts mehr.', removed: '{name} ist kein Betreiber mehr',
   
  },
})
