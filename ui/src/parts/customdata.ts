import { post, remove } from '../api/client'

/** What the server adds to custom data (spec 14): no member may have these names. */
export const reserved = ['href', 'createdAt', 'modifiedAt', 'meta', 'spMeta', 'spmeta', 'ionmeta', 'ionMeta']

type Data = Record<string, unknown>

/** The members that are the owner's own. */
export function own(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !['href', 'createdAt', 'modifiedAt'].includes(name)))
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Sends what differs, in as few requests as there can be: members that are new or other
 * in one, and those that went. Each is of the state that the one before it left, so that
 * what somebody else changed meanwhile is not changed back: that is a 412.
 */
export async function change(href: string, was: Data, now: Data, etag: string): Promise<void> {
  const set = Object.fromEntries(Object.entries(now).filter(([name, value]) => !same(was[name], value)))
  const gone = Object.keys(was).filter((name) => !(name in now))
  if (gone.length > 0 && Object.keys(now).length === 0) {
    await remove(href, etag)
    return
  }
  if (Object.keys(set).length > 0) etag = (await post(href, set, etag)).etag
  for (const name of gone) etag = (await remove(`${href}/${encodeURIComponent(name)}`, etag)).etag
}

/** What somebody else made of it, with what was changed here: member by member. */
export function merge(was: Data, mine: Data, theirs: Data): Data {
  const out = { ...theirs }
  for (const name of new Set([...Object.keys(was), ...Object.keys(mine)])) {
    if (same(was[name], mine[name])) continue
    if (name in mine) out[name] = mine[name]
    else delete out[name]
  }
  return out
}
