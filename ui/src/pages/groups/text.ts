import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    groups: 'Groups', count: { one: '{n} group', other: '{n} groups' }, new: 'New group', drawer: 'Accounts of one directory that may do the same', directory: 'Directory', directoryHint: 'Its accounts can be members. A group cannot be moved later.', chooseDirectory: 'Please choose a directory.', notYet: 'No groups yet', notYetText: 'A group holds accounts of one directory. An application can let in a group alone, and learns the groups of whoever signs in.',
    deleteMany: { one: 'Delete {n} group?', other: 'Delete {n} groups?' }, lost: 'Its memberships, its custom data and its place in applications go with it; its accounts stay. This cannot be undone.',
    members: 'Members', applications: 'Applications', parts: 'Group', number: 'Number', statusHint: 'Through a disabled group nobody signs in.',
    account: 'Account', since: 'Member since', addMember: 'Add an account', addMemberHint: 'An account of the directory {name}, by name or e-mail.', added: '{name} added', removed: '{name} removed', removeMember: 'Remove from the group', noMembers: 'No members', noMembersText: 'Add an account above, or on the page of the account.',
    noApplications: 'No application uses it', noApplicationsText: 'An application or an organization takes a group as an account store; then its members can sign in there.',
  },
  de: {
    groups: 'Gruppen', count: { one: '{n} Gruppe', other: '{n} Gruppen' }, new: 'Neue Gruppe', drawer: 'Konten eines Verzeichnisses, die dasselbe dürfen', directory: 'Verzeichnis', directoryHint: 'Seine Konten können Mitglied sein. Eine Gruppe lässt sich später nicht verschieben.', chooseDirectory: 'Bitte ein Verzeichnis auswählen.', notYet: 'Noch keine Gruppen', notYetText: 'Eine Gruppe fasst Konten eines Verzeichnisses zusammen. Eine Anwendung kann nur eine Gruppe einlassen und erfährt die Gruppen derer, die sich anmelden.',
    deleteMany: { one: '{n} Gruppe löschen?', other: '{n} Gruppen löschen?' }, lost: 'Mitgliedschaften, eigene Daten und der Platz in Anwendungen gehen mit; die Konten bleiben. Das lässt sich nicht rückgängig machen.',
    members: 'Mitglieder', applications: 'Anwendungen', parts: 'Gruppe', number: 'Nummer', statusHint: 'Über eine gesperrte Gruppe meldet sich niemand an.',
    account: 'Konto', since: 'Mitglied seit', addMember: 'Konto hinzufügen', addMemberHint: 'Ein Konto des Verzeichnisses {name}, nach Name oder E-Mail.', added: '{name} hinzugefügt', removed: '{name} entfernt', removeMember: 'Aus der Gruppe entfernen', noMembers: 'Keine Mitglieder', noMembersText: 'Ein Konto lässt sich oben hinzufügen, oder auf der Seite des Kontos.',
    noApplications: 'Keine Anwendung nutzt sie', noApplicationsText: 'Eine Anwendung oder Organisation nimmt eine Gruppe als Kontenspeicher; dann können sich ihre Mitglieder dort anmelden.',
  },
})
