/**
 * The language of the search box: words that any field may have, and name:value for
 * one field. "…" keeps blanks together. It is what stands in the URL.
 */
export interface Filter {
  field: string
  value: string
}

export interface Search {
  filters: Filter[]
  text: string
}

/** Reads what was typed; a name that is no field stays part of the text. */
export function parse(typed: string, fields: string[]): Search {
  const filters: Filter[] = []
  const text: string[] = []
  for (const word of typed.match(/(?:[^\s":]+:)?(?:"[^"]*"?|[[(][^\])]*[\])]?|\S+)/g) ?? []) {
    const at = word.indexOf(':')
    const field = at > 0 ? fieldOf(word.slice(0, at), fields) : undefined
    if (field && at < word.length - 1) filters.push({ field, value: word.slice(at + 1).replaceAll('"', '') })
    else text.push(word)
  }
  return { filters: filters.filter((f) => f === filters.findLast((l) => l.field === f.field)), text: text.join(' ').replaceAll('"', '') }
}

function fieldOf(name: string, fields: string[]): string | undefined {
  if (fields.includes('customData') && name.startsWith('customData.') && name.length > 11) return name
  return fields.find((f) => f.toLowerCase() === name.toLowerCase())
}

/** Writes it as it would be typed. */
export function format({ filters, text }: Search): string {
  const out = filters.map(({ field, value }) => `${field}:${/[\s"]/.test(value) && !/^[[(]/.test(value) ? `"${value}"` : value}`)
  if (text) out.push(text)
  return out.join(' ')
}

/** The query of REST v1 that asks for it (spec 2.5). */
export function query({ filters, text }: Search): Record<string, string> {
  const out: Record<string, string> = {}
  if (text) out.q = text
  for (const { field, value } of filters) out[field] = value
  return out
}
