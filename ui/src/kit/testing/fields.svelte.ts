/** A form for tests of what edits it, and what they do to its fields. */
import { flushSync } from 'svelte'
import { afterEach } from 'vitest'
import { Form, type Values } from '../form.svelte'

const ends: (() => void)[] = []

/** A form with these values, whose labels are their names with a capital; it ends with the test. */
export function form(values: Values, more: Partial<ConstructorParameters<typeof Form<Values>>[0]> = {}): Form<Values> {
  const labels = Object.fromEntries(Object.keys(values).map((k) => [k, k.charAt(0).toUpperCase() + k.slice(1)]))
  let made!: Form<Values>
  ends.push($effect.root(() => void (made = new Form<Values>({ read: () => values, write: async () => {}, labels: () => labels, ...more }))))
  flushSync()
  return made
}

afterEach(() => ends.splice(0).forEach((end) => end()))

/** The control that a label belongs to. */
export function labelled<E extends HTMLElement = HTMLInputElement>(within: ParentNode, label: string): E {
  const found = [...within.querySelectorAll('label')].find((l) => l.textContent?.replace(/\s+/g, ' ').trim() === label)
  const control = found && document.getElementById(found.htmlFor)
  if (!control) throw new Error(`no control is labelled ${label}`)
  return control as E
}

/** What describes a control, in words; undefined where nothing does. */
export function describedBy(el: Element): string | undefined {
  const id = el.getAttribute('aria-describedby')
  if (!id) return undefined
  const by = document.getElementById(id)
  if (!by) throw new Error(`nothing is ${id}`)
  return by.textContent?.trim()
}

/** Types a text in place of what a field holds. */
export function write(el: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  el.value = text
  el.dispatchEvent(new Event('input', { bubbles: true }))
  flushSync()
}

/** Chooses one of the options of a select. */
export function choose(select: HTMLSelectElement, value: string): void {
  select.value = value
  // Svelte looks for :checked, which no option is to happy-dom.
  const look = select.querySelector.bind(select)
  select.querySelector = (q: string) => (q === ':checked' ? select.selectedOptions[0] : look(q)) as Element | null
  change(select)
}

/** Checks a box, or leaves a field with another value than it had. */
export function change(el: HTMLElement): void {
  el.dispatchEvent(new Event('change', { bubbles: true }))
  flushSync()
}
