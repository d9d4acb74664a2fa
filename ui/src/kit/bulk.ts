import { t } from './text'
import { toast } from './toast.svelte'

/** Does the same to many rows, four at a time, with a message that counts and can stop it. */
export async function bulk<T>(rows: T[], act: (row: T) => Promise<unknown>): Promise<{ done: T[]; failed: Error[] }> {
  const done: T[] = []
  const failed: Error[] = []
  let stop = false
  const say = toast(t('doneSome', { n: 0, size: rows.length }), { cancel: () => (stop = true) })
  const queue = [...rows]
  const work = async () => {
    for (let row = queue.shift(); row !== undefined && !stop; row = queue.shift()) {
      try {
        await act(row)
        done.push(row)
      } catch (err) {
        failed.push(err as Error)
      }
      say(t('doneSome', { n: done.length + failed.length, size: rows.length }))
    }
  }
  await Promise.all([work(), work(), work(), work()])
  say(null)
  return { done, failed }
}
