/**
 * The one way to the server. Every request carries what the console's session needs
 * (Stormkeep-Console), asks for strict bodies, and where the session is over or the
 * act wants a fresh sign-in, waits for that and asks again: nothing typed is lost.
 */
import { ApiError, errorOf } from './error'
import { signIn } from './session.svelte'
import { t } from './text'

export interface Answer<T> {
  data: T
  /** The state that was read; given back with a change (If-Match). */
  etag: string
}

interface Options {
  body?: unknown
  etag?: string
  signal?: AbortSignal
  /** Anything but JSON that is sent as it is. */
  raw?: { type: string; bytes: BodyInit }
  /** Whether a 401 is an answer like any other: only the first look does that. */
  quiet?: boolean
}

/** What follows the host: hrefs are absolute, and their host may be another name of this one. */
export function pathOf(href: string): string {
  if (href.startsWith('/')) return href
  const u = new URL(href)
  return u.pathname + u.search
}

/** The last part of an href's path. */
export function idOf(href: string): string {
  return pathOf(href).split('?')[0]!.split('/').pop()!
}

/** The headers of a request by the console. */
export function headers(body: boolean, etag = ''): Headers {
  const h = new Headers({ Accept: 'application/json', 'Stormkeep-Console': '1', 'Stormkeep-Strict': '1' })
  if (body) h.set('Content-Type', 'application/json')
  if (etag) h.set('If-Match', etag)
  return h
}

/** Sends a request and reads its JSON; throws an ApiError. */
export async function call<T>(method: string, href: string, options: Options = {}): Promise<Answer<T>> {
  const res = await answer(method, href, options)
  const text = await res.text()
  return { data: (text ? JSON.parse(text) : undefined) as T, etag: res.headers.get('ETag') ?? '' }
}

/** Sends a request and gives the answer unread, once it is below 400. */
export async function answer(method: string, href: string, options: Options = {}): Promise<Response> {
  for (;;) {
    const h = headers(options.body !== undefined, options.etag)
    if (options.raw) h.set('Content-Type', options.raw.type)
    let res: Response
    try {
      res = await fetch(pathOf(href), {
        method,
        headers: h,
        body: options.raw?.bytes ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
        signal: options.signal,
        credentials: 'same-origin',
      })
    } catch (err) {
      if ((err as Error).name === 'AbortError') throw err
      throw new ApiError(0, 0, t('offline'))
    }
    if (res.status < 400) return res
    const err = await errorOf(res)
    if (options.quiet) throw err
    if (err.status === 401 && (await signIn(false))) continue
    if (err.status === 403 && err.reason === 'step_up' && (await signIn(true))) continue
    throw err
  }
}

export const get = <T>(href: string, options?: Options) => call<T>('GET', href, options)
export const post = <T>(href: string, body: unknown = {}, etag?: string) => call<T>('POST', href, { body, etag })
export const remove = (href: string, etag?: string) => call<undefined>('DELETE', href, { etag })

/** A path with a query: undefined and '' are left out. */
export function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const q = Object.entries(query).filter(([, v]) => v !== undefined && v !== '')
  if (q.length === 0) return path
  return `${path}?${q.map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(String(v))}`).join('&')}`
}
