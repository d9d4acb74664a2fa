/**
 * What this browser remembers of how someone likes the console: language, theme,
 * columns, views. Never a record and never a secret. Without storage nothing is kept.
 */
export function kept<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(`console.${name}`)
    if (text === null) return otherwise
    return typeof otherwise === 'string' ? (text as T) : (JSON.parse(text) as T)
  } catch {
    return otherwise
  }
}

/** Remembers a value under a name, or forgets it where it is undefined. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(`console.${name}`)
    else localStorage.setItem(`console.${name}`, typeof value === 'string' ? value : JSON.stringify(value))
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}
