/** What a key of an operator can be allowed, as the API names it. */
export const caps = ['manage', 'mint', 'readSecrets'] as const

/** Those of them that a key has. */
export function capsOf(has: object | undefined): (typeof caps)[number][] {
  return caps.filter((c) => (has as Record<string, unknown> | undefined)?.[c] === true)
}
