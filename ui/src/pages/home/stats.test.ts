import { afterEach, expect, test } from 'vitest'
import { session, type Role } from '../../api/session.svelte'
import { change, days, menderOf } from './stats'
import { warningCodes } from './text'

const as = (role: Role) => (session.me = { role } as typeof session.me)
afterEach(() => (session.me = null))

test.each([
  [112, 100, 0.12],
  [50, 100, -0.5],
  [0, 0, 0],
  [3, 0, null],
  [0, 3, -1],
])('%i where there were %i', (now, before, want) => {
  expect(change(now, before)).toBe(want)
})

test('whole days', () => {
  expect(days('2026-11-21T12:00:00.000Z', '2026-11-23T11:59:00.000Z')).toBe(1)
  expect(days('2026-11-21T12:00:00.000Z', '2026-11-21T12:00:00.000Z')).toBe(0)
})

test('every warning leads to a page, and who may not open the console’s is shown the handbook’s', () => {
  as('owner')
  expect(menderOf('one_owner')).toBe('/console/operators')
  expect(menderOf('key_overdue')).toBe('/console/signing-keys')
  for (const code of warningCodes) expect(menderOf(code)).toMatch(/^\/console\/[a-z]/)
  expect(menderOf('plain_http')).toBe('/console/docs/tls')
})
