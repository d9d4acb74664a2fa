/** What succeeded, for five seconds. What failed stands where it failed instead. */
export interface Toast {
  id: number
  text: string
  undo?: () => unknown
  /** Work under way: it stays, counts, and can be ended. */
  cancel?: () => void
}

export const toasts = $state<{ all: Toast[] }>({ all: [] })

let last = 0

/** Says that something succeeded; gives the function that changes or ends the message. */
export function toast(text: string, more: Pick<Toast, 'undo' | 'cancel'> = {}): (text: string | null) => void {
  const id = ++last
  toasts.all.push({ id, text, ...more })
  return (next) => {
    const found = toasts.all.find((it) => it.id === id)
    if (next === null) drop(id)
    else if (found) found.text = next
  }
}

/** Takes a message away. */
export function drop(id: number): void {
  toasts.all = toasts.all.filter((it) => it.id !== id)
}
