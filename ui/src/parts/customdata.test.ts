import { expect, test, vi } from 'vitest'
import { change, own } from './customdata'

test('what the server adds is not shown as one’s own', () => {
  expect(own({ href: 'x', createdAt: 'x', modifiedAt: 'x', plan: 'team' })).toEqual({ plan: 'team' })
})

test('only members that differ are sent, and those that went are removed', async () => {
  const sent: [string, string, string][] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    sent.push([String(init.method), path, String(init.body ?? '')])
    return new Response('{}')
  })
  await change('/v1/accounts/a/customData', { plan: 'a', seats: 1, 'old/one': true }, { plan: 'b', seats: 1 })
  expect(sent).toEqual([
    ['POST', '/v1/accounts/a/customData', '{"plan":"b"}'],
    ['DELETE', '/v1/accounts/a/customData/old%2Fone', ''],
  ])
})
