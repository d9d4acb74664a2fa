import { afterEach, expect, test } from 'vitest'
import { fieldOf } from '../kit/form.svelte'
import { speak } from '../i18n.svelte'
import { ApiError } from './error'
import { wordsOf } from './refusals'

afterEach(() => speak('en'))

test.each([
  ['required', 'surname', 'Account surname is required; it cannot be null, empty, or blank.', 'Hier fehlt eine Angabe.'],
  ['taken', 'email', 'Account email is in use.', 'Ein anderes Konto hat schon diese E-Mail-Adresse.'],
  ['taken', 'host', 'The host is in use.', 'Das ist schon vergeben.'],
  ['too_long', 'name', 'Group name maximum length is 1255 characters.', 'Das ist zu lang: höchstens 1.255 Zeichen.'],
  ['too_long', 'note', 'The request is too long.', 'The request is too long.'],
  ['too_short', 'password', 'Account password minimum length not satisfied.', 'Das Passwort ist zu kurz.'],
  ['weak_password', 'password', 'Password requires at least 1 uppercase character.', 'Das Passwort braucht mindestens 1 Großbuchstabe.'],
  ['weak_password', 'password', 'Password requires at least 2 numeric characters.', 'Das Passwort braucht mindestens 2 Ziffern.'],
  ['weak_password', 'password', 'Account password is entirely numeric.', 'Das Passwort besteht nur aus Ziffern.'],
  ['weak_password', 'password', 'Account password is too common: it is on a list of passwords that are tried first.', 'Dieses Passwort ist zu bekannt: es wird als eines der ersten probiert.'],
  ['invalid_value', 'redirectUris', 'redirectUris[0] has a fragment.', 'Dieser Wert ist hier nicht möglich. Der Server sagt: „redirectUris[0] has a fragment.“'],
  ['a_new_one', '', 'Something new.', 'Something new.'],
])('%s of %s', (reason, field, message, want) => {
  expect(wordsOf({ status: 400, reason, field, message })).toBe(message)
  speak('de')
  expect(wordsOf({ status: 400, reason, field, message })).toBe(want)
})

test('what the server said still leads to the field', () => {
  speak('de')
  const err = new ApiError(409, 2001, 'Another group has this name.', 'taken')
  expect([err.message, err.said]).toEqual(['Das ist schon vergeben.', 'Another group has this name.'])
  expect(fieldOf(err, ['name', 'description'])).toBe('name')
})

test('a server that does not answer is told of', () => {
  speak('de')
  expect(new ApiError(0, 0, 'Failed to fetch').message).toBe('Der Server ist nicht erreichbar.')
})
