/**
 * A list of the API as a page shows it: the search, the order and the first row in
 * view come from the URL, rows are fetched by the hundred when they come into view.
 */
import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { ask, asked } from '../router.svelte'
import { get, withQuery } from './client'
import { ApiError } from './error'
import { live } from './live'
import type { Rows, SearchField } from '../kit/rows'
import { format, parse, query, type Search } from '../kit/search'
import type { Page } from './types'

interface Options {
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

export class List<T> implements Rows<T> {
  /** How many there are that fit; undefined until the first answer. */
  size = $state<number>()
  error = $state<ApiError>()
  // The row on top is in the URL too: only another request begins the list anew.
  private request = $derived.by(() => this.href)
  private chunks = new SvelteMap<number, T[]>()
  private pending = new Map<number, AbortController>()

  constructor(private options: Options) {
    $effect(() => {
      void this.request
      untrack(() => this.reset())
    })
    $effect(() => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const stop = live((change) => {
        if (change.kind !== options.kind) return
        clearTimeout(timer)
        timer = setTimeout(() => this.refresh(), 500)
      })
      return () => {
        clearTimeout(timer)
        stop()
      }
    })
  }

  get fields(): SearchField[] {
    return this.options.fields?.() ?? []
  }

  get search(): Search {
    return parse(asked('find'), this.fields.map((f) => f.name))
  }

  set search(next: Search) {
    ask({ find: format(next), at: undefined }, { replace: false })
  }

  /** The order, as orderBy has it: "surname desc". */
  get order(): string {
    return asked('sort') || (this.options.order ?? '')
  }

  set order(next: string) {
    ask({ sort: next === this.options.order ? undefined : next, at: undefined }, { replace: false })
  }

  /** The row that was on top when the URL was made. */
  get at(): number {
    return Math.max(0, Number.parseInt(asked('at'), 10) || 0)
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
    return withQuery(this.options.path(), { ...query(this.search), orderBy: this.order, expand: this.options.expand, ...this.options.fixed?.() })
  }

  /** The row, once it is there. */
  row(i: number): T | undefined {
    return this.chunks.get(Math.floor(i / chunk))?.[i % chunk]
  }

  /** All rows that are there, in order. */
  get loaded(): T[] {
    return [...this.chunks.keys()].sort((a, b) => a - b).flatMap((k) => this.chunks.get(k)!)
  }

  /** Sees that the rows from..to are there or on their way. */
  async want(from: number, to: number): Promise<void> {
    const last = this.size === undefined ? to : Math.min(to, this.size)
    const all: Promise<void>[] = []
    for (let c = Math.floor(from / chunk); c * chunk < Math.max(last, 1); c++) {
      if (!this.chunks.has(c) && !this.pending.has(c)) all.push(this.fetch(c))
    }
    // Scrolled past: what is no longer in view need not come.
    for (const [c, abort] of this.pending) if ((c + 2) * chunk < from || (c - 1) * chunk > to) abort.abort()
    await Promise.all(all)
  }

  /** Reads again what is in view, and keeps showing what it was until then. */
  async refresh(): Promise<void> {
    const keep = [...this.chunks.keys()]
    const first = Math.floor(this.at / chunk)
    for (const c of keep) if (Math.abs(c - first) > 1) this.chunks.delete(c)
    await Promise.all(keep.filter((c) => Math.abs(c - first) <= 1).concat(keep.length ? [] : [0]).map((c) => this.fetch(c)))
  }

  /** Every row, in pages, for an export. */
  async *all(signal?: AbortSignal): AsyncGenerator<T[]> {
    for (let offset = 0; ; offset += chunk) {
      const { data } = await get<Page<T>>(this.page(offset), { signal })
      yield data.items
      if (data.items.length === 0 || offset + data.items.length >= data.size) return
    }
  }

  /** Shows a change at once, before the server confirms it. */
  patch(which: (row: T) => boolean, values: Partial<T>): void {
    for (const [c, rows] of this.chunks) {
      if (rows.some(which)) this.chunks.set(c, rows.map((r) => (which(r) ? { ...r, ...values } : r)))
    }
  }

  private page(offset: number): string {
    return withQuery(this.href.split('?')[0]!, { ...Object.fromEntries(new URLSearchParams(this.href.split('?')[1] ?? '')), offset, limit: chunk })
  }

  private reset(): void {
    for (const abort of this.pending.values()) abort.abort()
    this.pending.clear()
    this.chunks.clear()
    this.size = undefined
    this.error = undefined
    void this.want(this.at, this.at + 50)
  }

  private async fetch(c: number): Promise<void> {
    const abort = new AbortController()
    this.pending.set(c, abort)
    try {
      const { data } = await get<Page<T>>(this.page(c * chunk), { signal: abort.signal })
      if (abort.signal.aborted) return
      this.chunks.set(c, data.items)
      this.size = data.size
      this.error = undefined
    } catch (err) {
      if (err instanceof ApiError) this.error = err
      else if ((err as Error).name !== 'AbortError') throw err
    } finally {
      if (this.pending.get(c) === abort) this.pending.delete(c)
    }
  }
}
