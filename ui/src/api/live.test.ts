import { expect, test } from 'vitest'
import { parse } from './live'

const event = (type: string, href: string | null) => `id: 7\nevent: ${type}\ndata: ${JSON.stringify({ type, sequence: 7, record: href && { href } })}`

test.each([
  [event('account.create', 'https://id.example/v1/accounts/a'), { kind: 'accounts', id: 'a', action: 'create' }],
  [event('account.password', 'https://id.example/v1/accounts/a'), { kind: 'accounts', id: 'a', action: 'update' }],
  [event('group.delete', 'https://id.example/v1/groups/g'), { kind: 'groups', id: 'g', action: 'delete' }],
  [event('tenant.repair', null), null],
  ['event: account.create\ndata: {"type"', null],
  [':', null],
])('%s', (block, want) => {
  expect(parse(block)).toEqual(want)
})
