import { expect, test } from 'vitest'
import { happening, type Line } from './latest'

const line = (more: Partial<Line>): Line => ({
  at: '2026-11-21T12:00:00.000Z', actor: { kind: 'console', account: 'own', ip: '10.0.0.1' }, action: 'account.update',
  target: { kind: 'accounts', id: 'ann', name: '' }, outcome: 'success', reason: '', note: {}, ...more,
})
const name = (id: string) => ({ ann: 'Ann Lee', own: 'Hannah' })[id] ?? id

test.each([
  ['whose it was and who did it', line({}), 'An account was changed', ['Ann Lee', 'Hannah', '10.0.0.1'], undefined],
  ['her own act names her once', line({ actor: { kind: 'session', account: 'ann', ip: '' } }), 'An account was changed', ['Ann Lee'], undefined],
  ['a refusal says why', line({ action: 'auth.failure', outcome: 'failure', reason: 'wrong_password', target: { kind: 'applications', id: 'app', name: '' }, note: { account: 'ann' }, actor: { kind: 'door', account: '', ip: '10.0.0.2' } }), 'Could not sign in', ['Ann Lee', '10.0.0.2'], 'The password was wrong'],
  ['of nobody', line({ action: 'auth.failure', outcome: 'failure', reason: 'unknown_login', target: { kind: 'applications', id: 'app', name: '' }, actor: { kind: 'door', account: '', ip: '' } }), 'Could not sign in', ['of nobody known'], 'Nobody has this name'],
  ['what has no words is its own name', line({ action: 'webhook.sent', target: { kind: 'webhooks', id: 'w', name: 'CRM' }, actor: { kind: 'system', account: '', ip: '' } }), 'webhook.sent', ['CRM', 'by itself'], undefined],
])('%s', (_, l, text, meta, why) => {
  const h = happening(l, name)
  expect([h.text, h.meta.map((m) => m.text), h.why]).toEqual([text, meta, why])
})

test('what was deleted has no page', () => {
  expect(happening(line({ action: 'account.delete' }), name).meta[0]!.href).toBeUndefined()
  expect(happening(line({}), name).meta[0]!.href).toBe('/console/accounts/ann')
})
