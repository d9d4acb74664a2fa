import { expect, test } from 'vitest'
import { isLocale, isSent, macrosOf, ofTemplate, purposes, titleOf } from './purposes'

test('the id of a template is that of its directory and what it is for', () => {
  expect(ofTemplate('0352H0koVRsg3tlmeJUw4Ywelcome')).toEqual({ directory: '0352H0koVRsg3tlmeJUw4Y', purpose: 'welcome' })
})

test('a mail that leads somewhere offers its link, another does not', () => {
  expect(macrosOf('passwordReset').map((m) => m.code)).toContain('$!{url}')
  expect(macrosOf('welcome').map((m) => m.code)).not.toContain('$!{url}')
  expect(macrosOf('newDevice').map((m) => m.code)).toEqual(expect.arrayContaining(['$!{ip}', '$!{device}', '$!{time}']))
})

test('a mail is off where its policy says so', () => {
  expect(isSent('welcome', undefined, { welcomeEmailStatus: 'DISABLED' } as never)).toBe(false)
  expect(isSent('passwordReset', { resetEmailStatus: 'ENABLED' } as never)).toBe(true)
  expect(isSent('newDevice')).toBe(true)
})

test('every mail has a name', () => {
  for (const p of purposes) expect(titleOf(p)).not.toBe(p)
  expect(titleOf('other')).toBe('other')
})

test.each([['de', true], ['de-AT', true], ['d', false], ['de_AT', false], ['', false], ['de AT', false]])('%s', (tag, is) => {
  expect(isLocale(tag)).toBe(is)
})
