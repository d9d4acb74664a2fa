import { expect, test, vi } from 'vitest'
import { change, merge, own } from './customdata'

test('what the server adds is not shown as one’s own', () => {
  expect(own({ href: 'x', createdAt: 'x', modifiedAt: 'x', plan: 'team' })).toEqual({ plan: 'team' })
})

function answering(sent: string[][]) {
  let n = 1
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    sent.push([String(init.method), path, String(init.body ?? ''), new Headers(init.headers).get('If-Match') ?? ''])
    return new Response('{}', { headers: { ETag: `"${++n}"` } })
  })
}

test('only members that differ are sent, and those that went are removed, each of the state before it', async () => {
  const sent: string[][] = []
  answering(sent)
  await change('/v1/accounts/a/customData', { plan: 'a', seats: 1, 'old/one': true, older: 1 }, { plan: 'b', seats: 1 }, '"1"')
  expect(sent).toEqual([
    ['POST', '/v1/accounts/a/customData', '{"plan":"b"}', '"1"'],
    ['DELETE', '/v1/accounts/a/customData/old%2Fone', '', '"2"'],
    ['DELETE', '/v1/accounts/a/customData/older', '', '"3"'],
  ])
})

test('all of it is removed at once', async () => {
  const sent: string[][] = []
  answering(sent)
  await change('/v1/accounts/a/customData', { plan: 'a', seats: 1 }, {}, '"7"')
  expect(sent).toEqual([['DELETE', '/v1/accounts/a/customData', '', '"7"']])
})

test.each([
  ['another member stays theirs', { a: 1 }, { a: 2 }, { a: 1, b: 3 }, { a: 2, b: 3 }],
  ['the same member is mine', { a: 1 }, { a: 2 }, { a: 3 }, { a: 2 }],
  ['what went here goes', { a: 1, b: 1 }, { a: 1 }, { a: 4, b: 1 }, { a: 4 }],
  ['what went there stays gone', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1 }, { a: 2 }],
  ['what is new here comes', {}, { a: 1 }, { b: 1 }, { a: 1, b: 1 }],
])('two change it at once: %s', (_name, was, mine, theirs, want) => {
  expect(merge(was, mine, theirs)).toEqual(want)
})
