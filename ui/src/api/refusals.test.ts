import { afterEach, expect, test } from 'vitest'
import { fieldOf } from '../kit/form.svelte'
import { speak } from '../i18n.svelte'
import { ApiError } from './error'
import { wordsOf } from './refusals'

afterEach(() => speak('en'))

test.each([
  ['taken', 'email', 'Account email is in use.', 'Ein anderes Konto hat schon diese E-Mail-Adresse.'],
  ['taken', 'host', 'The host is in use.', 'Das ist schon vergeben.'],
  ['too_long', 'name', 'A name has 1255 characters.', 'Das ist zu lang: höchstens 1.255 Zeichen.'],
  ['too_long', 'note', 'The request is too long.', 'The request is too long.'],
  ['too_short', 'password', 'Account password minimum length not satisfied.', 'Das Passwort ist zu kurz.'],
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

test('what is asked of input is said in both languages, whatever the code', () => {
  const wrong = { status: 400, reason: 'weak_password', field: 'password', message: 'Password requires at least 2 numeric characters.', need: 2 }
  expect(wordsOf(wrong)).toBe('At least 2 digits.')
  speak('de')
  expect(wordsOf(wrong)).toBe('Mindestens 2 Ziffern.')
})
