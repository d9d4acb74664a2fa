/** How many records there are of each kind, for the navigation. */
import { get } from '../api/client'
import { ApiError } from '../api/error'
import { live } from '../api/live'

export const counts = $state<{ of: Record<string, number> }>({ of: {} })

/** For how long changes are gathered before the numbers are read again. */
const pause = 1500

/** Reads the numbers, and again when records come or go; gives the function that ends that. */
export function follow(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const read = async () => {
    timer = undefined
    try {
      counts.of = (await get<Record<string, number>>('/console/api/counts', { quiet: true })).data
    } catch (err) {
      if (!(err instanceof ApiError)) throw err // else they stay as they were: whoever acts is told why
    }
  }
  void read()
  const stop = live((change) => {
    if (change.action !== 'update') timer ??= setTimeout(() => void read(), pause)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}
