import type { Search } from './search'

/** What a list may be searched by. */
export interface SearchField {
  name: string
  /** What it is, for the completion. */
  label: string
  /** Its values, where they are few. */
  values?: string[]
}

/** Rows are what a Table shows: of any noun, from anywhere, more than fit into memory. */
export interface Rows<T> {
  /** How many there are, undefined while nobody knows. */
  readonly size: number | undefined
  readonly error: { message: string; requestId?: string } | undefined
  readonly fields: SearchField[]
  search: Search
  /** As orderBy has it: "surname desc". */
  order: string
  /** The row on top. */
  at: number
  readonly narrowed: boolean
  /** The request for all of them. */
  readonly href: string
  readonly loaded: T[]
  row(i: number): T | undefined
  /** Has them come when the server can; what was wanted before and has not been asked for is forgotten. */
  want(from: number, to: number): void
  /** Waits until they are there. */
  have(from: number, to: number): Promise<void>
  refresh(): Promise<void>
  all(signal?: AbortSignal): AsyncGenerator<T[]>
}

/** A column of a table of T. */
export interface Column<T> {
  id: string
  title: string
  /** Its text, for the cell, the export and the tooltip. */
  text: (row: T) => string
  /** The name that orderBy takes, where the list can be in its order. */
  sort?: string
  /** A moment: shown as how long ago. */
  date?: (row: T) => string | null | undefined
  /** A state: a shape and a word. */
  state?: (row: T) => { kind: StateKind; text: string }
  /** Where the cell leads. */
  href?: (row: T) => string
  /** A line below the text, on phones only. */
  sub?: (row: T) => string
  /** Whether the name stands beside a picture of its letters. */
  avatar?: boolean
  width?: 'w-2' | 'w-3' | 'w-4' | 'w-5'
  /** From which width on it gives way. */
  hide?: 'sm' | 'md'
  /** Not shown unless someone chooses it. */
  off?: boolean
}

export type StateKind = 'ok' | 'off' | 'wait' | 'bad'
