/**
 * A list of the API as a page shows it: the search, the order and the first row in
 * view come from the URL, rows are fetched by the hundred when they come into view.
 */
import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { ask, asked } from '../router.svelte'
import { get, withQuery, type Answer } from './client'
import { ApiError } from './error'
import { live } from './live'
import type { Rows, SearchField } from '../kit/rows'
import { format, parse, query, type Search } from '../kit/search'
import type { Page } from './types'

export interface Options {
  /** Where the list is; read again when it changes. */
  path: () => string
  fields?: () => SearchField[]
  /** Links that come with every row. */
  expand?: string
  /** The order where the URL names none. */
  order?: string
  /** More of the query that does not come from the URL. */
  fixed?: () => Record<string, string | undefined>
  /** The kind of its records in the stream of changes. */
  kind?: string
}

const chunk = 100
// So many are on their way at a time.
const atOnce = 3

const pageOf = (href: string, offset: number) => {
  const [path, query] = href.split('?')
  return withQuery(path!, { ...Object.fromEntries(new URLSearchParams(query ?? '')), offset, limit: chunk })
}

const fieldsOf = (options: Options) => options.fields?.() ?? []
const searchOf = (options: Options) => parse(asked('find'), fieldsOf(options).map((f) => f.name))
const orderOf = (options: Options) => asked('sort') || (options.order ?? '')
const hrefOf = (options: Options) =>
  withQuery(options.path(), { ...query(searchOf(options)), orderBy: orderOf(options), expand: options.expand, ...options.fixed?.() })
const rowOnTop = () => Math.max(0, Number.parseInt(asked('at'), 10) || 0)
const chunkOnTop = () => Math.floor(rowOnTop() / chunk)

interface Early {
  href: string
  answer: Promise<Answer<Page<unknown>>>
  /** The answer, once it is there. */
  page?: Page<unknown>
}

let early: Early | undefined

/** For a page's module: asks for the rows that its list will show first, which come while the page is drawn. */
export const aheadOf = (options: Options) => () => {
  const href = pageOf(hrefOf(options), chunkOnTop() * chunk)
  const it: Early = { href, answer: get<Page<unknown>>(href) }
  it.answer.then(({ data }) => (it.page = data), () => {}) // told where it is taken
  early = it
  setTimeout(() => early === it && (early = undefined), 5000) // then it is no longer how things are
}

/** What was asked for ahead, where it is this; once. */
function taken(href: string): Early | undefined {
  if (early?.href !== href) return undefined
  const it = early
  early = undefined
  return it
}

export class List<T> implements Rows<T> {
  /** How many there are that fit; undefined until the first answer. */
  size = $state<number>()
  error = $state<ApiError>()
  // The row on top is in the URL too: only another request begins the list anew.
  private request = $derived.by(() => this.href)
  private chunks = new SvelteMap<number, T[]>()
  private pending = new Map<number, { abort: AbortController; done: Promise<void> }>()
  private wanted: number[] = []
  // Others have changed something since these came: they are shown until they come into view.
  private stale = new Set<number>()

  constructor(private options: Options) {
    let begun = this.beginAhead()
    $effect(() => {
      if (this.request !== begun) untrack(() => this.reset())
      begun = undefined
    })
    $effect(() => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const stop = live((change) => {
        if (change.kind !== options.kind) return
        clearTimeout(timer)
        timer = setTimeout(() => this.again(), 500)
      })
      return () => {
        clearTimeout(timer)
        stop()
      }
    })
  }

  get fields(): SearchField[] {
    return fieldsOf(this.options)
  }

  get search(): Search {
    return searchOf(this.options)
  }

  set search(next: Search) {
    ask({ find: format(next), at: undefined }, { replace: false })
  }

  /** The order, as orderBy has it: "surname desc". */
  get order(): string {
    return orderOf(this.options)
  }

  set order(next: string) {
    ask({ sort: next === this.options.order ? undefined : next, at: undefined }, { replace: false })
  }

  /** The row that was on top when the URL was made. */
  get at(): number {
    return rowOnTop()
  }

  set at(row: number) {
    ask({ at: row > 0 ? String(row) : undefined })
  }

  /** Whether anything narrows the list. */
  get narrowed(): boolean {
    return asked('find') !== ''
  }

  /** The query without a page of it, for the API drawer and for an export. */
  get href(): string {
    return hrefOf(this.options)
  }

  /** The row, once it is there. */
  row(i: number): T | undefined {
    return this.chunks.get(Math.floor(i / chunk))?.[i % chunk]
  }

  /** All rows that are there, in order. */
  get loaded(): T[] {
    return [...this.chunks.keys()].sort((a, b) => a - b).flatMap((k) => this.chunks.get(k)!)
  }

  /** Has the rows from..to come, in place of any that were wanted before and have not been asked for: the server sets the pace. */
  want(from: number, to: number): void {
    this.wanted = this.missing(from, to).filter((c) => !this.pending.has(c))
    this.pump()
  }

  /** Waits until all rows from..to are there. */
  async have(from: number, to: number): Promise<void> {
    const all = this.missing(from, to)
    const work = async () => {
      for (let c = all.shift(); c !== undefined; c = all.shift()) if (this.lacks(c)) await (this.pending.get(c)?.done ?? this.fetch(c))
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  }

  private missing(from: number, to: number): number[] {
    const last = Math.max(1, this.size === undefined ? to : Math.min(to, this.size))
    const first = Math.floor(from / chunk)
    return Array.from({ length: Math.max(0, Math.ceil(last / chunk) - first) }, (_, i) => first + i).filter((c) => this.lacks(c))
  }

  private lacks(c: number): boolean {
    return !this.chunks.has(c) || this.stale.has(c)
  }

  private pump(): void {
    while (this.pending.size < atOnce && this.wanted.length > 0) void this.fetch(this.wanted.shift()!)
  }

  /** Reads again what is in view, and keeps showing what it was until then. */
  async refresh(): Promise<void> {
    const keep = [...this.chunks.keys()]
    const first = Math.floor(this.at / chunk)
    for (const c of keep) if (Math.abs(c - first) > 1) this.chunks.delete(c)
    await Promise.all(keep.filter((c) => Math.abs(c - first) <= 1).concat(keep.length ? [] : [0]).map((c) => this.fetch(c)))
  }

  /** Reads again what is in view, and the rest once it comes into view: nothing that is selected is lost. */
  private async again(): Promise<void> {
    this.stale = new Set(this.chunks.keys())
    const first = Math.floor(this.at / chunk)
    const near = [...this.stale].filter((c) => Math.abs(c - first) <= 1)
    await Promise.all((near.length ? near : [first]).map((c) => this.fetch(c)))
  }

  /** Every row, in pages, for an export: some pages are on their way while one is taken. */
  async *all(signal?: AbortSignal): AsyncGenerator<T[]> {
    const href = this.href
    const read = (offset: number) => {
      const page = get<Page<T>>(pageOf(href, offset), { signal })
      page.catch(() => {}) // told when its turn comes
      return page
    }
    const coming = [read(0)]
    for (let offset = 0; ; offset += chunk) {
      const { data } = await coming.shift()!
      while (coming.length < atOnce && offset + (coming.length + 1) * chunk < data.size) coming.push(read(offset + (coming.length + 1) * chunk))
      yield data.items
      if (coming.length === 0) return
    }
  }

  /** Shows a change at once, before the server confirms it. */
  patch(which: (row: T) => boolean, values: Partial<T>): void {
    for (const [c, rows] of this.chunks) {
      if (rows.some(which)) this.chunks.set(c, rows.map((r) => (which(r) ? { ...r, ...values } : r)))
    }
  }

  /** Begins with the rows that were asked for ahead, if they are there; gives the request that they answer. */
  private beginAhead(): string | undefined {
    const page = early?.page as Page<T> | undefined
    if (!page || !taken(pageOf(this.href, chunkOnTop() * chunk))) return undefined
    this.chunks.set(chunkOnTop(), page.items)
    this.size = page.size
    return this.request
  }

  private reset(): void {
    for (const { abort } of this.pending.values()) abort.abort()
    this.pending.clear()
    this.wanted = []
    this.chunks.clear()
    this.stale.clear()
    this.size = undefined
    this.error = undefined
    this.want(this.at, this.at + 50)
  }

  private fetch(c: number): Promise<void> {
    const abort = new AbortController()
    const done = this.read(c, abort)
    this.pending.set(c, { abort, done })
    return done
  }

  private async read(c: number, abort: AbortController): Promise<void> {
    try {
      const href = pageOf(this.href, c * chunk)
      const { data } = (await (taken(href)?.answer ?? get(href, { signal: abort.signal }))) as Answer<Page<T>>
      if (abort.signal.aborted) return
      this.chunks.set(c, data.items)
      this.stale.delete(c)
      this.size = data.size
      this.error = undefined
    } catch (err) {
      if (err instanceof ApiError) this.error = err
      else if ((err as Error).name !== 'AbortError') throw err
    } finally {
      if (this.pending.get(c)?.abort === abort) {
        this.pending.delete(c)
        this.pump()
      }
    }
  }
}
