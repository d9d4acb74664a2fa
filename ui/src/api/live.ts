/**
 * What others change while someone looks: one stream of events for all pages. It is
 * read by fetch, since an EventSource cannot send the header that the session needs.
 */
import { headers } from './client'

export interface Change {
  kind: string
  id: string
  action: 'create' | 'update' | 'delete'
}

const listeners = new Set<(change: Change) => void>()

/** Has fn told of every change; gives the function that ends that. */
export function live(fn: (change: Change) => void): () => void {
  listeners.add(fn)
  return () => listeners.delete(fn)
}

/** Reads the stream for as long as the page lives: after a break again, ever more slowly. */
export async function follow(): Promise<never> {
  let wait = 1000
  for (;;) {
    const began = Date.now()
    try {
      const h = headers(false)
      h.set('Accept', 'text/event-stream')
      const res = await fetch('/console/api/events', { headers: h, credentials: 'same-origin' })
      if (res.ok && res.body && res.headers.get('Content-Type')?.startsWith('text/event-stream')) await read(res.body)
    } catch {
      // The server is away; the next request that someone makes says so.
    }
    wait = Date.now() - began > 30_000 ? 1000 : Math.min(wait * 2, 300_000)
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

async function read(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const blocks = (rest + value.replaceAll('\r', '')).split('\n\n')
    rest = blocks.pop()!
    for (const block of blocks) {
      const change = parse(block)
      if (change) for (const fn of listeners) fn(change)
    }
  }
}

/** The change that a block of the stream tells of; null for a ping. */
export function parse(block: string): Change | null {
  let event = ''
  let data = ''
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim()
    if (line.startsWith('data:')) data += line.slice(5).trim()
  }
  if (event !== 'change') return null
  try {
    return JSON.parse(data) as Change
  } catch {
    return null
  }
}
