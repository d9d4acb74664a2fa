import { afterEach, expect, test } from 'vitest'
import { speak } from '../i18n.svelte'
import { happenedWords, kindWords } from './happened'
import { fixWords, reasonWords } from './reasons'

afterEach(() => speak('en'))

test.each([
  ['auth.login', 'Signed in', 'Angemeldet'],
  ['account.create', 'An account was made', 'Konto angelegt'],
  ['apiKey.delete', 'An API key was deleted', 'API-Schlüssel gelöscht'],
  ['group.update', 'A group was changed', 'Gruppe geändert'],
  ['account.endSessions', 'All sessions of an account were ended', 'Alle Sitzungen des Kontos beendet'],
  ['roost.create', 'roost.create', 'roost.create'],
  ['create', 'create', 'create'],
])('%s', (action, en, de) => {
  expect(happenedWords(action)).toBe(en)
  speak('de')
  expect(happenedWords(action)).toBe(de)
})

test.each([['accounts', 'Konto'], ['directories', 'Verzeichnis'], ['accountLinkingPolicies', 'Verknüpfungsregel'], ['roosts', 'roosts']])('the kind %s', (kind, de) => {
  speak('de')
  expect(kindWords(kind)).toBe(de)
})

test('what helps is told in German, and else as the server says it', () => {
  expect([reasonWords('no_stores'), fixWords('no_stores', 'Map it.')]).toEqual(['The application has no account stores', 'Map it.'])
  speak('de')
  expect([fixWords('account_disabled', 'Enable it.'), fixWords('of_tomorrow', 'Wait.')]).toEqual(['Das Konto aktivieren.', 'Wait.'])
})
