import { expect, test } from 'vitest'
import { bulk } from './bulk'
import { toasts } from './toast.svelte'

const rows = Array.from({ length: 40 }, (_, i) => i)

test('what is refused is told by its row, and the others are done', async () => {
  const { done, failed } = await bulk(rows, async (n) => {
    if (n % 10 === 3) throw new Error(`no ${n}`)
  })
  expect(done.length).toBe(36)
  expect(failed.map((f) => [f.row, f.error.message]).sort()).toEqual([[13, 'no 13'], [23, 'no 23'], [3, 'no 3'], [33, 'no 33']])
  expect(toasts.all).toEqual([])
})

test('it stops where it is told to', async () => {
  let n = 0
  const { done } = await bulk(rows, async () => {
    if (++n === 8) toasts.all[0]!.cancel!()
    await Promise.resolve()
  })
  expect(done.length).toBeGreaterThanOrEqual(8)
  expect(done.length).toBeLessThanOrEqual(12)
})

test('nobody is asked again for each row to prove who it is', async () => {
  let asked = 0
  const { done, failed } = await bulk(rows, async () => {
    asked++
    throw Object.assign(new Error('Sign in once more to do this.'), { status: 403, reason: 'step_up' })
  })
  expect(done).toEqual([])
  expect(asked).toBe(4)
  expect(failed.length).toBe(4)
})
