import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    role: 'Role', account: 'Account', accountPage: 'Its page', since: 'Since', by: 'Made by', own: 'Nobody changes their own role.', roleOnly: 'Only an owner changes roles.', keys: 'API keys', keysSub: 'With which programs act as this operator', noKeys: 'No API keys', noKeysText: 'With a key a program calls the API as this operator, within the present role.',
    newKey: 'New API key', keyName: 'Name', description: 'Description', optional: 'optional', caps: 'What it may', manage: 'Manage: what the role may', mint: 'Mint: passwords for tokens, and what is signed with its secret', readSecrets: 'Read secrets, such as those of other keys', capsHint: 'At most what you may yourself.', status: 'Status', enabled: 'Enabled', disabled: 'Disabled', created: 'Created', id: 'Id', enable: 'Enable', disable: 'Disable', delete: 'Delete', create: 'Create',
    disableTitle: 'Disable the key {name}?', disableText: 'What uses it is refused from now on, until it is enabled again.', deleteTitle: 'Delete the key {name}?', deleteText: 'What uses it is refused from now on. This cannot be undone.', keyEnabled: 'API key enabled', keyDisabled: 'API key disabled', keyDeleted: 'API key deleted', notDone: 'This was not done',
  },
  de: {
    role: 'Rolle', account: 'Konto', accountPage: 'Seine Seite', since: 'Seit', by: 'Gemacht von', own: 'Niemand ändert die eigene Rolle.', roleOnly: 'Nur Eigentümer ändern Rollen.', keys: 'API-Schlüssel', keysSub: 'Mit denen Programme als dieser Betreiber handeln', noKeys: 'Keine API-Schlüssel', noKeysText: 'Mit einem Schlüssel ruft ein Programm die API als dieser Betreiber auf, im Rahmen der jetzigen Rolle.',
    newKey: 'Neuer API-Schlüssel', keyName: 'Name', description: 'Beschreibung', optional: 'freiwillig', caps: 'Was er darf', manage: 'Verwalten: was die Rolle darf', mint: 'Ausstellen: Passwörter gegen Tokens, und was mit seinem Geheimnis signiert wird', readSecrets: 'Geheimnisse lesen, etwa die anderer Schlüssel', capsHint: 'Höchstens, was man selbst darf.', status: 'Status', enabled: 'Aktiv', disabled: 'Gesperrt', created: 'Angelegt', id: 'Id', enable: 'Aktivieren', disable: 'Sperren', delete: 'Löschen', create: 'Anlegen',
    disableTitle: 'Den Schlüssel {name} sperren?', disableText: 'Was ihn benutzt, wird ab jetzt abgewiesen, bis er wieder aktiviert wird.', deleteTitle: 'Den Schlüssel {name} löschen?', deleteText: 'Was ihn benutzt, wird ab jetzt abgewiesen. Das lässt sich nicht rückgängig machen.', keyEnabled: 'API-Schlüssel aktiviert', keyDisabled: 'API-Schlüssel gesperrt', keyDeleted: 'API-Schlüssel gelöscht', notDone: 'Das wurde nicht getan',
  },
})
