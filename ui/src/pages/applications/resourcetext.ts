import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    edit: 'Edit', save: 'Save', close: 'Close', scopeName: 'Scope', scopeText: 'What people are told of it', addScope: 'Add a scope', removeScope: 'Remove the scope {name}', scopesHint: 'What a client can be allowed to do with it. Who is asked for consent reads the text.',
    what: 'An API of yours that takes tokens of this server', alg: 'Access tokens signed by', lifetime: 'Access token', lifetimeHint: '0s: as the client says.', clients: 'Clients that may get tokens for it', clientsHint: 'None: all of the application’s.', introspectors: 'Clients that may introspect its tokens', introspectorsHint: 'Usually the client that stands for this API.', conflict: 'Somebody else changed this meanwhile. Try again loads what they made of it; what you changed stays here.',
  },
  de: {
    edit: 'Bearbeiten', save: 'Speichern', close: 'Schließen', scopeName: 'Scope', scopeText: 'Was man darüber erfährt', addScope: 'Scope hinzufügen', removeScope: 'Scope {name} entfernen', scopesHint: 'Was einem Client bei ihr erlaubt werden kann. Wer um Einwilligung gefragt wird, liest den Text.',
    what: 'Eine eigene API, die Tokens dieses Servers annimmt', alg: 'Access-Tokens signiert mit', lifetime: 'Access-Token', lifetimeHint: '0s: wie der Client sagt.', clients: 'Clients, die Tokens dafür erhalten', clientsHint: 'Ohne Angabe: alle der Anwendung.', introspectors: 'Clients, die ihre Tokens prüfen lassen dürfen', introspectorsHint: 'Meist der Client, der für diese API steht.', conflict: 'Jemand anderes hat dies inzwischen geändert. „Erneut versuchen“ lädt dessen Stand; die eigenen Änderungen bleiben.',
  },
})
