import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { follow as stream } from '../api/live'
import { counts, follow } from './counts.svelte'

let tell: (type: string) => void

beforeEach(() => {
  vi.useFakeTimers()
  const encoder = new TextEncoder()
  let n = 0
  vi.stubGlobal('fetch', vi.fn(async (path: string) => {
    if (path !== '/v1/events/stream') return new Response(JSON.stringify({ accounts: ++n }))
    const body = new ReadableStream<Uint8Array>({ start: (c) => void (tell = (type) => c.enqueue(encoder.encode(`data: {"type":"${type}","record":{"href":"https://id.example/v1/accounts/a"}}\n\n`))) })
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
  }))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('the numbers are read once for many that come, and not for what only changes', async () => {
  const stop = follow()
  void stream()
  await vi.advanceTimersByTimeAsync(0)
  expect(counts.of.accounts).toBe(1)
  tell('account.update')
  await vi.advanceTimersByTimeAsync(5000)
  expect(counts.of.accounts).toBe(1)
  for (let i = 0; i < 9; i++) tell('account.create')
  await vi.advanceTimersByTimeAsync(5000)
  expect(counts.of.accounts).toBe(2)
  stop()
  tell('account.delete')
  await vi.advanceTimersByTimeAsync(5000)
  expect(counts.of.accounts).toBe(2)
})
