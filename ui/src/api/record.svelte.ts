/** One record of the API as a page shows and changes it. */
import { untrack } from 'svelte'
import { call, get, idOf } from './client'
import { ApiError } from './error'
import { live } from './live'

export class Record<T extends object> {
  data = $state.raw<T>()
  error = $state<ApiError>()
  /** Somebody else changed it while a form held changes. */
  stale = $state(false)
  private etag = ''
  // Which reading is the last: an answer that comes later than the next question, or
  // than the end of the page, is nobody's.
  private turn = 0
  // What path gives may be made anew, and be the same: only another place is read.
  private at = $derived.by(() => this.path())

  /** path is where the record is; kind is its kind in the stream of changes. */
  constructor(private path: () => string, kind = '', private busy: () => boolean = () => false) {
    $effect(() => {
      void this.at
      untrack(() => {
        this.data = undefined
        void this.load()
      })
      return () => {
        this.turn++
      }
    })
    $effect(() =>
      live((change) => {
        if (change.kind !== kind || change.id !== idOf(this.at) || change.action === 'delete') return
        if (!this.busy()) void this.load()
      }),
    )
  }

  /** The state that was read, for a change that is made by other requests. */
  get version(): string {
    return this.etag
  }

  /** Reads it again. */
  async load(): Promise<void> {
    const turn = ++this.turn
    try {
      const { data, etag } = await get<T>(this.at)
      if (turn !== this.turn) return
      this.data = data
      this.etag = etag
      this.error = undefined
      this.stale = false
    } catch (err) {
      if (!(err instanceof ApiError)) throw err
      if (turn === this.turn) this.error = err
    }
  }

  /** Changes the members that are named, if it still is as it was read; else it throws a 412. */
  async save(values: object): Promise<void> {
    const bare = this.at.split('?')[0]!
    const query = this.at.slice(bare.length)
    try {
      const { data, etag } = await call<T>('POST', bare + query, { body: values, etag: this.etag })
      this.data = data
      this.etag = etag
    } catch (err) {
      if (err instanceof ApiError && err.status === 412) this.stale = true
      throw err
    }
  }

  async remove(): Promise<void> {
    await call('DELETE', this.at.split('?')[0]!, { etag: this.etag })
  }
}
