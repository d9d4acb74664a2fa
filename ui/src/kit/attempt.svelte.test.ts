import { expect, test } from 'vitest'
import { Attempt } from './attempt.svelte'

test('a refusal is kept until the next attempt, and only what succeeds is followed by what comes after', async () => {
  let after = 0
  const attempt = new Attempt(() => after++)
  const refused = attempt.act(() => Promise.reject(new Error('no')))
  expect([attempt.failed, after]).toEqual([undefined, 0])
  await refused()
  expect([attempt.failed?.message, after]).toEqual(['no', 0])
  await attempt.run(() => Promise.resolve())
  expect([attempt.failed, after]).toEqual([undefined, 1])
})
