/** The actions that the page on the screen offers to the palette and to the keyboard. */
import { untrack } from 'svelte'
import { possible, typing, type Action } from './action'

const offered = $state.raw<{ all: (() => Action[])[] }>({ all: [] })

/** Offers actions for as long as the component is there. Call it while one is made. */
export function offer(actions: () => Action[]): void {
  $effect(() => {
    untrack(() => (offered.all = [...offered.all, actions]))
    return () => {
      offered.all = offered.all.filter((o) => o !== actions)
    }
  })
}

/** What is offered now. */
export function offers(): Action[] {
  return possible(offered.all.flatMap((o) => o()))
}

/** Runs the action whose key was pressed. */
export function byKey(e: KeyboardEvent): void {
  if (e.metaKey || e.ctrlKey || e.altKey || typing(e) || document.querySelector('dialog[open]')) return
  const found = offers().find((a) => a.shortcut?.toLowerCase() === e.key.toLowerCase())
  if (!found?.run) return
  e.preventDefault()
  found.run()
}
