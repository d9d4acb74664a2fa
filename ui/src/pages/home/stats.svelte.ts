import { untrack } from 'svelte'
import { get, withQuery } from '../../api/client'
import { ApiError } from '../../api/error'
import { live, watch } from '../../api/live'

/** For how long changes are gathered before what is shown is read again. */
const pause = 2000

/** What the console's API says at a path, read again as things happen. */
export class Glance<T> {
  data = $state.raw<T>()
  error = $state<ApiError>()
  /** When it was read. */
  at = $state('')
  /** Whether it follows what happens. */
  follows = $state(false)
  private turn = 0

  constructor(private path: () => string, private query: () => Record<string, string | number | undefined>) {
    $effect(() => {
      void withQuery(this.path(), this.query())
      untrack(() => void this.load())
    })
    $effect(() => {
      let timer: ReturnType<typeof setTimeout> | undefined
      let missed = false
      const later = () => (timer ??= setTimeout(() => ((timer = undefined), void this.load()), pause))
      const stops = [
        live(later),
        watch((follows) => {
          this.follows = follows
          if (follows && missed) later()
          missed = !follows
        }),
      ]
      return () => {
        clearTimeout(timer)
        for (const stop of stops) stop()
        this.turn++
      }
    })
  }

  /** Reads it again. */
  async load(): Promise<void> {
    const turn = ++this.turn
    try {
      const { data } = await get<T>(withQuery(this.path(), this.query()))
      if (turn !== this.turn) return
      this.data = data
      this.at = new Date().toISOString()
      this.error = undefined
    } catch (err) {
      if (!(err instanceof ApiError)) throw err
      if (turn === this.turn) this.error = err
    }
  }
}
