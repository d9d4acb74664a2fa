import { expect, test } from 'vitest'
import { speak } from '../i18n.svelte'
import { told } from './said'

test.each([
  ['Group name is required; it cannot be null, empty, or blank.', 0, 'This is needed.', 'Dies wird gebraucht.'],
  ['Account with that email already exists.  Please choose another email.', 0, 'This is taken already. Please choose another.', 'Dies ist schon vergeben. Bitte etwas anderes wählen.'],
  ['Account surname maximum length is 255 characters.', 0, 'At most 255 characters.', 'Höchstens 255 Zeichen.'],
  ['PasswordPolicy resetTokenTtl must be at most 168 hours.', 0, 'At most 168.', 'Höchstens 168.'],
  ['Branding cornerRadius must be 0 to 16.', 0, 'From 0 to 16.', 'Von 0 bis 16.'],
  ['Account password minimum length not satisfied.', 8, 'At least 8 characters.', 'Mindestens 8 Zeichen.'],
  ['Password requires at least 1 uppercase character.', 1, 'At least 1 capital.', 'Mindestens 1 Großbuchstabe.'],
  ['AccountCreationPolicy emailDomainWhitelist has an entry that is no domain: "a b".', 0, 'a b is no domain.', 'a b ist keine Domain.'],
  ['Account password minimum length not satisfied.', 0, undefined, undefined],
  ['The SMTP server cannot be reached at this host and port.', 0, undefined, undefined],
])('%s', (message, need, en, de) => {
  speak('en')
  expect(told(message, need)).toBe(en)
  speak('de')
  expect(told(message, need)).toBe(de)
  speak('en')
})
