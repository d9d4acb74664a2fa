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

const watchers = new Set<(following: boolean) => void>()
let following = false

/** Has fn told now, and at every change, whether changes are heard; gives the function that ends that. */
export function watch(fn: (following: boolean) => void): () => void {
  watchers.add(fn)
  fn(following)
  return () => watchers.delete(fn)
}

function hears(now: boolean): void {
  if (now === following) return
  following = now
  for (const fn of watchers) fn(now)
}

/** Reads the stream for as long as the page lives: after a break again, ever more slowly. */
export async function follow(): Promise<never> {
  let wait = 1000
  for (;;) {
    const began = Date.now()
    try {
      const h = headers(false)
      h.set('Accept', 'text/event-stream')
      const res = await fetch('/v1/events/stream', { headers: h, credentials: 'same-origin' })
      if (res.ok && res.body && res.headers.get('Content-Type')?.startsWith('text/event-stream')) {
        hears(true)
        await read(res.body)
      }
    } catch {
      // The server is away; the next request that someone makes says so.
    }
    hears(false)
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

/** The change that a block of the stream tells of; null for one of no record, and for what only keeps the connection. */
export function parse(block: string): Change | null {
  let data = ''
  for (const line of block.split('\n')) if (line.startsWith('data:')) data += line.slice(5).trim()
  if (!data) return null
  try {
    const event = JSON.parse(data) as { type: string; record: { href: string } | null }
    const [, kind, id] = event.record?.href.match(/\/v1\/([^/]+)\/([^/]+)$/) ?? []
    if (!kind || !id) return null
    const what = event.type.slice(event.type.lastIndexOf('.') + 1)
    return { kind, id, action: what === 'create' || what === 'delete' ? what : 'update' }
  } catch {
    return null
  }
}
