import { t } from './text'
import { toast } from './toast.svelte'

/** What was refused of one of many rows. */
export interface Failure<T> {
  row: T
  error: Error
}

/**
 * Does the same to many rows, four at a time, with a message that counts and can stop it.
 * Where nobody is signed in any more, or somebody would not prove it again, the rest is left.
 */
export async function bulk<T>(rows: T[], act: (row: T) => Promise<unknown>): Promise<{ done: T[]; failed: Failure<T>[] }> {
  const done: T[] = []
  const failed: Failure<T>[] = []
  let stop = false
  const say = toast(t('doneSome', { n: 0, size: rows.length }), { cancel: () => (stop = true) })
  const queue = [...rows]
  const work = async () => {
    for (let row = queue.shift(); row !== undefined && !stop; row = queue.shift()) {
      try {
        await act(row)
        done.push(row)
      } catch (err) {
        failed.push({ row, error: err as Error })
        const { status, reason } = err as { status?: number; reason?: string }
        if (status === 401 || reason === 'step_up') stop = true
      }
      say(t('doneSome', { n: done.length + failed.length, size: rows.length }))
    }
  }
  await Promise.all([work(), work(), work(), work()])
  say(null)
  return { done, failed }
}
