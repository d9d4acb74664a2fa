/** Times as people write them: "90s", "30m", "8h", "7d", "1h 30m". */
import { number } from '../i18n.svelte'

const sizes = { d: 86_400, h: 3_600, m: 60, s: 1 } as const
type Unit = keyof typeof sizes
const units = Object.keys(sizes) as Unit[]
const names = { d: 'day', h: 'hour', m: 'minute', s: 'second' } as const
const written: Record<string, Unit> = { d: 'd', h: 'h', std: 'h', m: 'm', min: 'm', s: 's', sec: 's', sek: 's' }

/** The whole seconds that a text says, undefined where it says none: a bare number has no unit. */
export function seconds(text: string): number | undefined {
  const said = text.trim().toLowerCase()
  const parts = [...said.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)\s*/g)]
  if (parts.length === 0 || parts.map((p) => p[0]).join('') !== said) return undefined
  let sum = 0
  let last = Infinity
  for (const [, count, name] of parts) {
    const unit = written[name!]
    if (!unit || sizes[unit] >= last) return undefined
    last = sizes[unit]
    sum += Number(count!.replace(',', '.')) * sizes[unit]
  }
  return Number.isInteger(sum) ? sum : undefined
}

/** Seconds as a text of one unit, the largest that fits: "90m", never "1h 30m". */
export function short(of: number): string {
  const unit = units.find((u) => of > 0 && of % sizes[u] === 0) ?? 's'
  return `${of / sizes[unit]}${unit}`
}

/** Seconds in words: "1 hour 30 minutes". */
export function words(of: number): string {
  const said: string[] = []
  let left = Math.floor(of)
  for (const u of units) {
    const n = Math.floor(left / sizes[u])
    left -= n * sizes[u]
    if (n > 0) said.push(number(n, { style: 'unit', unit: names[u], unitDisplay: 'long' }))
  }
  return said.slice(0, 2).join(' ') || number(0, { style: 'unit', unit: 'second', unitDisplay: 'long' })
}
