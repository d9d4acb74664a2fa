import { get } from '../../api/client'
import type { Link } from '../../api/types'

export type Settings = { [name: string]: unknown }

/** A place where an application answers as djoser does. The plugin's records are not in the OpenAPI document of a server without it. */
export interface Mount {
  href: string
  path: string
  version: string
  status: string
  directory: Link
  settings: Settings
  templates: Settings
}

/** What differs of an object that is merged where it is posted; gone stands for what is no longer there. */
export function differing(was: Settings, now: Settings, gone: unknown): Settings {
  const out: Settings = {}
  for (const [name, value] of Object.entries(now)) if (JSON.stringify(was[name]) !== JSON.stringify(value)) out[name] = value
  for (const name of Object.keys(was)) if (!(name in now)) out[name] = gone
  return out
}

/** Whether the server has mounts: not every one has the plugin. */
export async function hasMounts(application: string): Promise<boolean> {
  try {
    await get(`/v1/applications/${application}/djoserMounts?limit=1`)
    return true
  } catch {
    return false
  }
}
