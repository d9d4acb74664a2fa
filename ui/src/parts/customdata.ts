import { post, remove } from '../api/client'

/** What the server adds to custom data (spec 14): no member may have these names. */
export const reserved = ['href', 'createdAt', 'modifiedAt', 'meta', 'spMeta', 'spmeta', 'ionmeta', 'ionMeta']

type Data = Record<string, unknown>

/** The members that are the owner's own. */
export function own(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !['href', 'createdAt', 'modifiedAt'].includes(name)))
}

/** Sends what differs: members that are new or other, and those that went. */
export async function change(href: string, was: Data, now: Data): Promise<void> {
  const set = Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(was[name]) !== JSON.stringify(value)))
  if (Object.keys(set).length > 0) await post(href, set)
  for (const name of Object.keys(was)) if (!(name in now)) await remove(`${href}/${encodeURIComponent(name)}`)
}
