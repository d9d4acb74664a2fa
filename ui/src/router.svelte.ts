/**
 * Where someone is in the console, and how they get elsewhere: history URLs below
 * /console. What a view shows is in its URL, so Back, reload and a shared link work.
 */
import { SvelteURLSearchParams } from 'svelte/reactivity'

const base = '/console'

/** here is the path below /console and its query. */
export const here = $state({ path: pathOf(location.pathname), query: new SvelteURLSearchParams(location.search) })

/** How many times the page, not only its query, was changed: focus follows it. */
export const moves = $state({ n: 0 })

const guards = new Set<() => Promise<boolean>>()

function pathOf(pathname: string): string {
  return pathname.startsWith(base) ? pathname.slice(base.length).replace(/(.)\/$/, '$1') || '/' : '/'
}

/** The URL of a path of the console. */
export function url(path: string): string {
  return base + path
}

/**
 * guard has fn asked before the page is left; false stays. It gives the function that
 * takes the guard away.
 */
export function guard(fn: () => Promise<boolean>): () => void {
  guards.add(fn)
  return () => guards.delete(fn)
}

async function mayLeave(): Promise<boolean> {
  for (const ask of [...guards]) if (!(await ask())) return false
  return true
}

/** Goes to a path of the console, with its query. */
export async function go(to: string, { replace = false } = {}): Promise<boolean> {
  const next = new URL(url(to), location.origin)
  const moved = pathOf(next.pathname) !== here.path
  if (moved && !(await mayLeave())) return false
  history[replace ? 'replaceState' : 'pushState']({}, '', next)
  arrive(moved)
  return true
}

let last = location.href

function arrive(moved: boolean): void {
  last = location.href
  here.path = pathOf(location.pathname)
  const next = new URLSearchParams(location.search)
  for (const key of [...here.query.keys()]) if (!next.has(key)) here.query.delete(key)
  for (const [key, value] of next) if (here.query.get(key) !== value) here.query.set(key, value)
  if (moved) {
    moves.n++
    scrollTo(0, 0)
  }
}

/** Changes the query of the page: undefined and "" take a name away. */
export function ask(values: Record<string, string | undefined>, { replace = true } = {}): void {
  const next = new URL(location.href)
  for (const [name, value] of Object.entries(values)) {
    if (value) next.searchParams.set(name, value)
    else next.searchParams.delete(name)
  }
  if (next.href === location.href) return
  history[replace ? 'replaceState' : 'pushState']({}, '', next)
  arrive(false)
}

/** A value of the query, "" where there is none. */
export function asked(name: string): string {
  return here.query.get(name) ?? ''
}

/** What a pattern such as /accounts/:id/:tab? takes out of a path, or null. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const want = pattern.split('/').filter(Boolean)
  const have = path.split('/').filter(Boolean)
  if (have.length > want.length) return null
  const out: Record<string, string> = {}
  for (const [i, part] of want.entries()) {
    const value = have[i]
    if (part.startsWith(':')) {
      if (value === undefined) {
        if (!part.endsWith('?')) return null
        continue
      }
      try {
        out[part.slice(1).replace('?', '')] = decodeURIComponent(value)
      } catch {
        return null
      }
    } else if (part !== value) return null
  }
  return out
}

const elsewhere = /^\/console\/(api|docs|assets|login|callback)(\/|$|\?)/

function clicked(e: MouseEvent): void {
  const a = (e.target as Element).closest?.('a')
  if (!a || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
  if (a.target || a.hasAttribute('download') || a.origin !== location.origin) return
  if (!(a.pathname === base || a.pathname.startsWith(`${base}/`)) || elsewhere.test(a.pathname)) return
  if (a.hash && a.pathname === location.pathname) return
  e.preventDefault()
  void go(pathOf(a.pathname) + a.search)
}

/** Listens to links and to the browser's own buttons. */
export function start(): void {
  history.scrollRestoration = 'manual' // a long list is not there yet when the browser would scroll it
  document.addEventListener('click', clicked)
  addEventListener('popstate', async () => {
    const moved = pathOf(location.pathname) !== here.path
    const to = location.href
    if (moved && guards.size > 0) {
      history.pushState({}, '', last)
      if (!(await mayLeave())) return
      history.replaceState({}, '', to)
    }
    arrive(moved)
  })
  addEventListener('beforeunload', (e) => {
    if (guards.size > 0) e.preventDefault()
  })
}
