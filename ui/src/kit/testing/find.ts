/** What a page shows, found as people find it: by what it is and by its name. */
import { flushSync } from 'svelte'

const text = (el: Element | null) => (el?.textContent ?? '').replace(/\s+/g, ' ').trim()

/** The name of an element, as a screen reader says it. */
export function nameOf(el: Element): string {
  const ids = el.getAttribute('aria-labelledby')?.split(' ')
  return ids ? ids.map((id) => text(document.getElementById(id))).join(' ') : (el.getAttribute('aria-label') ?? text(el))
}

/** The names of all that a selector finds. */
export const names = (within: ParentNode, selector: string): string[] => [...within.querySelectorAll(selector)].map(nameOf)

/** The one element of a selector, and of a name where one is given. */
export function one<E extends HTMLElement = HTMLElement>(within: ParentNode, selector: string, name?: string): E {
  const found = [...within.querySelectorAll<E>(selector)].filter((el) => name === undefined || nameOf(el) === name)
  if (found.length !== 1) throw new Error(`${found.length} of ${selector} ${name ?? ''} in: ${names(within, selector).join(', ')}`)
  return found[0]!
}

/** Clicks, and has what follows shown. */
export function click(el: HTMLElement, init: MouseEventInit = {}): void {
  el.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }))
  flushSync()
}

/** Presses a key where the focus is, or on an element; says whether the browser was told to leave it alone. */
export function press(key: string, el: Element = document.activeElement ?? document.body, init: KeyboardEventInit = {}): boolean {
  const free = el.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))
  flushSync()
  return !free
}

/** What was begun comes to its end. */
export async function settled(): Promise<void> {
  await new Promise((done) => setTimeout(done))
  flushSync()
}
