import { get, withQuery } from './client'
import { ofTenant } from './session.svelte'
import type { Page } from './types'

/** The first records of a list that have the words in them, by name. */
export async function find<T extends { href: string; name: string; description?: string | null }>(path: string, words: string, signal: AbortSignal): Promise<{ value: string; label: string; detail: string }[]> {
  const { data } = await get<Page<T>>(withQuery(path, { q: words, limit: 20, orderBy: 'name' }), { signal })
  return data.items.map((it) => ({ value: it.href, label: it.name, detail: it.description ?? '' }))
}

/** Records of a noun of the tenant: directories, groups, applications. */
export const findOf = (noun: string) => (words: string, signal: AbortSignal) => find(ofTenant(noun), words, signal)
