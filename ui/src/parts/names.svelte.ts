import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { get } from '../api/client'
import { ApiError } from '../api/error'

/** The names of records of which a list tells the ids alone, each read once when it comes into view. */
export class Names {
  private known = new SvelteMap<string, string>()
  private asked = new Set<string>()

  constructor(
    private path: (id: string) => string,
    private name: (record: { [field: string]: string | null }) => string,
  ) {}

  /** The name of one; its id until the name has come, and where there is no such record any more. */
  of(id: string): string {
    const known = this.known.get(id)
    if (known === undefined && id && !this.asked.has(id)) {
      this.asked.add(id)
      untrack(() => void this.read(id))
    }
    return known ?? id
  }

  private async read(id: string) {
    try {
      const { data } = await get<{ [field: string]: string | null }>(this.path(id), { quiet: true })
      this.known.set(id, this.name(data) || id)
    } catch (err) {
      if (!(err instanceof ApiError)) this.asked.delete(id) // the server was away
    }
  }
}

/** What accounts are called. */
export const accountNames = () => new Names((id) => `/v1/accounts/${id}`, (a) => a.fullName || a.email || a.username || '')

/** What applications are called. */
export const applicationNames = () => new Names((id) => `/v1/applications/${id}`, (a) => a.name || '')
