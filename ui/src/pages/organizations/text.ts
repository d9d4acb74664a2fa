import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    organizations: 'Organizations', count: { one: '{n} organization', other: '{n} organizations' }, new: 'New organization', drawer: 'A customer of yours, with accounts of its own', notYet: 'No organizations yet', notYetText: 'An organization is one of your customers: directories and groups under a name of its own, taken by an application as one account store.',
    deleteMany: { one: 'Delete {n} organization?', other: 'Delete {n} organizations?' }, lost: 'Its custom data and its account stores’ places go with it; directories, groups and accounts stay. This cannot be undone.',
    parts: 'Organization', stores: 'Account stores', accounts: 'Accounts', groups: 'Groups', nameKey: 'Key', nameKeyHint: 'Small letters, digits and hyphens: it stands in links and host names.', createDirectory: 'Make a directory for its accounts', statusHint: 'Through a disabled organization nobody signs in.',
    noAccounts: 'No accounts', noAccountsText: 'The accounts of its account stores are here.', noGroups: 'No groups', noGroupsText: 'The groups of its account stores are here.',
  },
  de: {
    organizations: 'Organisationen', count: { one: '{n} Organisation', other: '{n} Organisationen' }, new: 'Neue Organisation', drawer: 'Ein Kunde mit eigenen Konten', notYet: 'Noch keine Organisationen', notYetText: 'Eine Organisation ist ein Kunde: Verzeichnisse und Gruppen unter eigenem Namen, die eine Anwendung als einen Kontenspeicher nimmt.',
    deleteMany: { one: '{n} Organisation löschen?', other: '{n} Organisationen löschen?' }, lost: 'Eigene Daten und die Zuordnung der Kontenspeicher gehen mit; Verzeichnisse, Gruppen und Konten bleiben. Das lässt sich nicht rückgängig machen.',
    parts: 'Organisation', stores: 'Kontenspeicher', accounts: 'Konten', groups: 'Gruppen', nameKey: 'Kürzel', nameKeyHint: 'Kleinbuchstaben, Ziffern und Bindestriche: es steht in Links und Rechnernamen.', createDirectory: 'Ein Verzeichnis für ihre Konten anlegen', statusHint: 'Über eine gesperrte Organisation meldet sich niemand an.',
    noAccounts: 'Keine Konten', noAccountsText: 'Die Konten ihrer Kontenspeicher stehen hier.', noGroups: 'Keine Gruppen', noGroupsText: 'Die Gruppen ihrer Kontenspeicher stehen hier.',
  },
})
