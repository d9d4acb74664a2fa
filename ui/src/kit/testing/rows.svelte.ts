/** Rows that come from nowhere, and props that change under a component. */
import type { Rows, SearchField } from '../rows'
import type { Search } from '../search'

export interface Person {
  id: string
  name: string
  mail: string
  note?: string
}

/** So many people: p0 "Person 0", p1 and on. */
export const people = (n: number): Person[] => Array.from({ length: n }, (_, i) => ({ id: `p${i}`, name: `Person ${i}`, mail: `p${i}@example.org` }))

export class FakeRows implements Rows<Person> {
  size = $state<number>()
  error = $state<{ message: string; requestId?: string }>()
  fields = $state<SearchField[]>([])
  search = $state<Search>({ filters: [], text: '' })
  order = $state('')
  at = $state(0)
  narrowed = $state(false)
  href = '/api/people'
  refreshed = 0
  waited: [number, number][] = []
  private there = $state<boolean[]>([])

  /** here says which of them have come already. */
  constructor(
    readonly people: Person[],
    here: (i: number) => boolean = () => true,
  ) {
    this.size = people.length
    this.there = people.map((_, i) => here(i))
  }

  get loaded(): Person[] {
    return this.people.filter((_, i) => this.there[i])
  }

  row(i: number): Person | undefined {
    return this.there[i] ? this.people[i] : undefined
  }

  want(): void {}

  async have(from: number, to: number): Promise<void> {
    this.waited.push([from, to])
    await Promise.resolve()
    for (let i = from; i <= to; i++) this.there[i] = true
  }

  async refresh(): Promise<void> {
    this.refreshed++
  }

  async *all(signal?: AbortSignal): AsyncGenerator<Person[]> {
    for (let i = 0; i < this.people.length; i += 2) {
      await Promise.resolve()
      signal?.throwIfAborted()
      yield this.people.slice(i, i + 2)
    }
  }
}

/** Props that are shown anew when a test sets them. */
export function held<T extends object>(props: T): T {
  const it = $state(props)
  return it
}
