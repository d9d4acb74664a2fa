import { answer, call, headers } from '../../api/client'
import { ApiError } from '../../api/error'
import type { Read } from '../../api/types'
import { save } from '../../kit/export'
import { toast } from '../../kit/toast.svelte'
import { t } from './text'

export type Files = Read<'BackupFiles'>
export type Work = NonNullable<Read<'BackupWork'>['work']>
export type Found = NonNullable<Work['found']>
type Upload = Read<'BackupUpload'>

/** A restore that waits for the next start. */
export interface Staged {
  backup: { createdAt: string; form: number; size: number; withMasterKey: boolean; masterKeyId: string }
  holds?: Record<string, number>
  at: string
  keepSessions: boolean
  lost?: Record<string, number>
  replaced?: string
}

/** What a backup tells of itself, and of what is here now, in the order of the navigation. */
export const nouns = ['tenants', 'accounts', 'groups', 'directories', 'organizations', 'applications'] as const

/** Hands the reader what the server streams. It can be ended. */
export async function download(method: 'GET' | 'POST', path: string, name: string, body?: unknown): Promise<void> {
  const abort = new AbortController()
  const res = await answer(method, path, { body, signal: abort.signal })
  const file = res.headers.get('Stormkeep-Backup') ?? name
  const say = toast(t('downloading', { name: file }), { cancel: () => abort.abort() })
  try {
    save(file, 'application/octet-stream', [await res.blob()])
    toast(t('downloaded', { name: file }))
  } catch (err) {
    if ((err as Error).name === 'AbortError') return
    throw new ApiError(0, 0, t('brokeOff'))
  } finally {
    say(null)
  }
}

/** Sends a file in pieces, and tells how far it has come; gives what it is called there. */
export async function upload(file: File, signal: AbortSignal, told: (n: number) => void): Promise<string> {
  const path = '/console/api/backups/upload'
  const { data: it } = await call<Upload>('POST', path, { body: { name: file.name, size: file.size }, signal })
  for (let at = 0; at < file.size; ) {
    const bytes = file.slice(at, at + it.piece)
    const { data } = await call<Upload>('POST', `${path}/${it.id}?at=${at}`, { raw: { type: 'application/octet-stream', bytes }, signal })
    at = data.received
    told(at)
  }
  return it.id
}

/** Takes back what was uploaded, also when the page goes. */
export function forget(): void {
  void fetch('/console/api/backups/upload', { method: 'DELETE', headers: headers(false), credentials: 'same-origin', keepalive: true }).catch(() => {})
}
