import { untrack } from 'svelte'
import { call } from '../api/client'

/** What the server makes of what is being typed: asked a moment after the last key. */
export class Live<T> {
  data = $state.raw<T>()
  error = $state.raw<Error>()

  /** ask gives the request, undefined while there is nothing to ask. */
  constructor(ask: () => { path: string; body: object } | undefined) {
    $effect(() => {
      const now = ask()
      if (!now) return
      const { path } = now
      const body = JSON.stringify(now.body)
      const abort = new AbortController()
      const timer = setTimeout(() => void this.read(path, JSON.parse(body) as object, abort.signal), untrack(() => this.data) ? 300 : 0)
      return () => {
        clearTimeout(timer)
        abort.abort()
      }
    })
  }

  private async read(path: string, body: object, signal: AbortSignal) {
    try {
      const { data } = await call<T>('POST', path, { body, signal })
      if (signal.aborted) return
      this.data = data
      this.error = undefined
    } catch (err) {
      if (!signal.aborted) this.error = err as Error
    }
  }
}
