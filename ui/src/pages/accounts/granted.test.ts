import { expect, test } from 'vitest'
import { grantState, mailState, otherOf } from './granted'

const now = Date.parse('2026-11-22T12:00:00.000Z')

test.each([
  [{ endedAt: null, expiresAt: '2026-11-23T12:00:00.000Z' }, 'ok'],
  [{ endedAt: null, expiresAt: null }, 'ok'],
  [{ endedAt: null, expiresAt: '2026-11-22T12:00:00.000Z' }, 'off'],
  [{ endedAt: '2026-11-21T12:00:00.000Z', expiresAt: '2026-11-23T12:00:00.000Z' }, 'off'],
])('a grant %j is %s', (grant, kind) => {
  expect(grantState(grant, now).kind).toBe(kind)
})

test.each([['SENT', 'ok'], ['QUEUED', 'wait'], ['FAILED', 'bad']])('a mail that is %s', (status, kind) => {
  expect(mailState(status).kind).toBe(kind)
})

test('a link is told by its other end, whichever side the account is on', () => {
  const [a, b] = [{ href: 'https://id.example/v1/accounts/a' }, { href: 'https://id.example/v1/accounts/b' }]
  expect(otherOf({ leftAccount: a, rightAccount: b }, 'a')).toBe(b)
  expect(otherOf({ leftAccount: b, rightAccount: a }, 'a')).toBe(b)
})
