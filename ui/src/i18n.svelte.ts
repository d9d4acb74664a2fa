/**
 * The languages of the console. Texts stand beside what shows them, in a text.ts that
 * gives each language the same keys: one that is missing fails the check.
 */
import { keep, kept } from './kept'

export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

/** One text in every language. */
export type Text = Record<Language, string>

/** A text that depends on the number {n}: forms as Intl.PluralRules names them. */
export type Plural = { one: string; other: string }

type Values = Record<string, string | number>

const state = $state({ language: first() })

function first(): Language {
  const chosen = kept('language', '')
  if (chosen in languages) return chosen as Language
  for (const tag of navigator.languages ?? []) {
    const short = tag.slice(0, 2).toLowerCase()
    if (short in languages) return short as Language
  }
  return 'en'
}

/** The language that is chosen, or that the browser asks for. */
export function language(): Language {
  return state.language
}

/** Chooses a language, here and at the next visit. */
export function speak(next: Language): void {
  state.language = next
  keep('language', next)
  document.documentElement.lang = next
}

/** One of a pair of texts. */
export function say(text: Text): string {
  return text[state.language]
}

/**
 * texts gives the function that says a text in the chosen language. {name} stands for
 * a value; a plural is chosen by n, which is written as a number of the language.
 */
export function texts<T extends Record<string, string | Plural>>(all: { en: T; de: { [K in keyof T]: T[K] extends string ? string : Plural } }) {
  return (key: keyof T, values: Values = {}): string => {
    const found = all[state.language][key] as string | Plural
    const text = typeof found === 'string' ? found : found[rules(state.language).select(Number(values.n)) === 'one' ? 'one' : 'other']
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      return value === undefined ? whole : typeof value === 'number' ? number(value) : value
    })
  }
}

const made = new Map<string, unknown>()

function once<T>(key: string, make: () => T): T {
  if (!made.has(key)) made.set(key, make())
  return made.get(key) as T
}

const rules = (l: Language) => once(`rules ${l}`, () => new Intl.PluralRules(l))

/** A number as the language writes it. */
export function number(n: number, options: Intl.NumberFormatOptions = {}): string {
  const l = state.language
  return once(`number ${l} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(l, options)).format(n)
}

/** A size in bytes, in the unit that keeps it short. */
export function bytes(n: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']
  let i = 0
  while (n >= 1000 && i < units.length - 1) {
    n /= 1000
    i++
  }
  return number(n, { style: 'unit', unit: units[i], unitDisplay: 'short', maximumFractionDigits: n < 10 && i > 0 ? 1 : 0 })
}

const styles = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  date: { day: 'numeric', month: 'short' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  full: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

/** A moment in the reader's own time zone. */
export function date(at: string | number | Date, style: keyof typeof styles = 'day'): string {
  const l = state.language
  return once(`date ${l} ${style}`, () => new Intl.DateTimeFormat(l === 'en' ? 'en-GB' : l, styles[style])).format(new Date(at))
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86400], ['hour', 3600], ['minute', 60]]

/** How long ago a moment is, or how far ahead; the day itself from a week on. */
export function ago(at: string | number | Date, now = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000
  if (Math.abs(seconds) > 7 * 86400) return date(at)
  const l = state.language
  const format = once(`ago ${l}`, () => new Intl.RelativeTimeFormat(l, { numeric: 'auto', style: 'short' }))
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(Math.trunc(seconds), 'second')
}
