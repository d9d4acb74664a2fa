/** Hands the reader a file that was made here. */
export function save(name: string, type: string, parts: BlobPart[]): void {
  const a = document.createElement('a')
  a.href = URL.createObjectURL(new Blob(parts, { type }))
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000)
}

/**
 * One cell of a CSV (RFC 4180). What a spreadsheet would take for a formula is led by
 * an apostrophe: names come from strangers.
 */
export function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows of a CSV. */
export function csv(rows: string[][]): string {
  return rows.map((r) => `${r.map(cell).join(',')}\r\n`).join('')
}
