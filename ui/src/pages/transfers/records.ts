/**
 * Takes a file apart into its records without holding the whole of it: rows of a table
 * (RFC 4180: a cell in quotation marks may have line ends), lines of JSON, or the objects
 * of one JSON array. What is in a record the server reads.
 */

/** One record, and its line in the file; its place, where the file is an array. */
export interface FileRecord {
  number: number
  text: string
}

/** What keeps a whole file from being read. */
export class FileFault extends Error {
  constructor(readonly why: 'empty' | 'utf16' | 'encoding' | 'spreadsheet' | 'binary' | 'long' | 'quote' | 'array', readonly number = 0) {
    super(why)
  }
}

export type Kind = 'table' | 'lines' | 'array'

/** Bytes of the longest record that the server takes. */
const longest = 256 << 10

/** Takes text as it comes, and gives the records that are whole. */
export class Splitter {
  kind: Kind | undefined
  private text = ''
  private at = 0
  private start = 0
  private line = 1
  private first = 1
  private quoted = false
  private fresh = true // a cell begins here
  private comma = 0
  private depth = 0
  private escaped = false
  private count = 0

  push(more: string): FileRecord[] {
    this.text += more
    const out: FileRecord[] = []
    if (!this.begun()) return out
    if (this.kind === 'array') this.objects(out)
    else this.lines(out)
    this.text = this.text.slice(this.start)
    this.at -= this.start
    this.start = 0
    if (this.text.length > longest) throw new FileFault(this.quoted && this.kind === 'table' ? 'quote' : 'long', this.first)
    return out
  }

  /** The last record, which may have no line end. */
  end(): FileRecord[] {
    if (this.kind === undefined) {
      if (this.text.trim() === '') throw new FileFault('empty')
      return this.push('\n')
    }
    if (this.kind === 'array') {
      if (this.depth > 0) throw new FileFault('array', this.count + 1)
      return []
    }
    if (this.quoted && this.kind === 'table') throw new FileFault('quote', this.first)
    return this.text === '' ? [] : this.push('\n')
  }

  // The kind is told by the first letter, what parts the cells by the whole header, as the server does.
  private begun(): boolean {
    if (this.kind) return true
    const head = this.text.trimStart()
    if (head === '') return false
    if (head[0] === '{') this.kind = 'lines'
    else if (head[0] === '[') {
      this.kind = 'array'
      this.at = this.text.length - head.length + 1
    } else {
      const to = this.text.indexOf('\n', this.text.length - head.length)
      if (to < 0 && this.text.length <= longest) return false
      const header = this.text.slice(0, to)
      this.comma = (header.includes(',') ? ',' : header.includes(';') ? ';' : header.includes('\t') ? '\t' : ',').charCodeAt(0)
      this.kind = 'table'
    }
    return true
  }

  private lines(out: FileRecord[]): void {
    const { text, comma } = this
    const table = this.kind === 'table'
    for (; this.at < text.length; this.at++) {
      const c = text.charCodeAt(this.at)
      if (c === 10) {
        this.line++
        if (this.quoted) continue
        this.take(out, this.at)
        this.start = this.at + 1
        this.first = this.line
        this.fresh = true
      } else if (!table) continue
      else if (c === 34) {
        if (this.quoted) this.quoted = false // of two in a row the second opens again
        else if (this.fresh || text.charCodeAt(this.at - 1) === 34) this.quoted = true
        this.fresh = false
      } else if (!this.quoted) this.fresh = c === comma
    }
  }

  private take(out: FileRecord[], to: number): void {
    const text = this.text.slice(this.start, this.text.charCodeAt(to - 1) === 13 ? to - 1 : to)
    if (text.trim() !== '') out.push(this.fits({ number: this.first, text }))
  }

  private fits(rec: FileRecord): FileRecord {
    if (rec.text.length * 3 > longest && new TextEncoder().encode(rec.text).length > longest) throw new FileFault('long', rec.number)
    return rec
  }

  private objects(out: FileRecord[]): void {
    const { text } = this
    if (this.depth === 0) this.start = this.at
    for (; this.at < text.length; this.at++) {
      const c = text[this.at]!
      if (this.quoted) {
        if (this.escaped) this.escaped = false
        else if (c === '\\') this.escaped = true
        else if (c === '"') this.quoted = false
      } else if (c === '"' && this.depth > 0) this.quoted = true
      else if (c === '{' || c === '[') {
        if (this.depth === 0 && c === '[') throw new FileFault('array', this.count + 1)
        if (this.depth++ === 0) this.start = this.at
      } else if ((c === '}' || c === ']') && this.depth > 0) {
        if (--this.depth > 0) continue
        out.push(this.fits({ number: ++this.count, text: text.slice(this.start, this.at + 1) }))
        this.start = this.at + 1
      } else if (this.depth === 0) {
        if (!/[\s,\]]/.test(c)) throw new FileFault('array', this.count + 1)
        this.start = this.at + 1
      }
    }
  }
}

/** Refuses by its first bytes what is no text in UTF-8. */
export function sniff(head: Uint8Array): void {
  const [a, b, c, d] = head
  if (head.length === 0) throw new FileFault('empty')
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) throw new FileFault('utf16')
  if ((a === 0x50 && b === 0x4b && c === 3 && d === 4) || (a === 0xd0 && b === 0xcf && c === 0x11)) throw new FileFault('spreadsheet')
  if (head.includes(0)) throw new FileFault('binary')
}

/** The records of a file, some at a time. split tells, once it has begun, what kind it is. */
export async function* recordsOf(file: Blob, split = new Splitter()): AsyncGenerator<FileRecord[]> {
  sniff(new Uint8Array(await file.slice(0, 512).arrayBuffer()))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = file.stream().getReader()
  const text = (bytes?: Uint8Array) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new FileFault('encoding')
    }
  }
  try {
    for (;;) {
      const { done, value } = await reader.read()
      const some = done ? split.push(text()) : split.push(text(value))
      if (some.length) yield some
      if (!done) continue
      const last = split.end()
      if (last.length) yield last
      return
    }
  } finally {
    void reader.cancel().catch(() => {})
  }
}
