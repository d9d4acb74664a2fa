import { describe, expect, it } from 'vitest'
import { headerLines, patternsLike, stateOf, tidy, type Delivery } from './webhook'

describe('patterns', () => {
  for (const [typed, first] of [['account.c', 'account.create'], ['badge.*', 'badge.*'], ['*', '*'], ['auth.l', 'auth.l'], ['no pattern', undefined]] as const) {
    it(`offers ${first} for ${typed}`, async () => {
      const found = (await patternsLike(typed)).map((c) => c.value)
      if (first === undefined) expect(found).toEqual([])
      else expect(found).toContain(first)
    })
  }
})

it('keeps each event once', () => expect(tidy([' account.* ', '', 'account.*', 'group.create'])).toEqual(['account.*', 'group.create']))

it('names a header whose value is not kept', () => expect(headerLines({ Authorization: null, 'User-Agent': 'x' })).toBe('Authorization: (not kept)\nUser-Agent: x'))

it('tells each state by its shape', () => {
  const of = (state: Delivery['state']) => stateOf({ state, attempts: 0 } as Delivery).kind
  expect(['DELIVERED', 'DEAD', 'DROPPED', 'QUEUED'].map((s) => of(s as Delivery['state']))).toEqual(['ok', 'bad', 'off', 'wait'])
})
