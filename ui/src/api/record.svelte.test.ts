import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Record } from './record.svelte'

let asked: string[] = []

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return new Response(JSON.stringify({ href: path }), { headers: { 'Content-Type': 'application/json' } })
  })
})
afterEach(() => vi.unstubAllGlobals())

test('a record stays on the page while its path is made anew and is the same', async () => {
  let params = $state.raw({ id: 'a' })
  let record!: Record<{ href: string }>
  const end = $effect.root(() => {
    record = new Record<{ href: string }>(() => `/v1/accounts/${params.id}`)
  })
  flushSync()
  await vi.waitFor(() => expect(record.data?.href).toBe('/v1/accounts/a'))
  params = { id: 'a' }
  flushSync()
  expect(record.data?.href).toBe('/v1/accounts/a')
  expect(asked).toEqual(['/v1/accounts/a'])
  params = { id: 'b' }
  flushSync()
  expect(record.data).toBeUndefined()
  await vi.waitFor(() => expect(record.data?.href).toBe('/v1/accounts/b'))
  end()
})
