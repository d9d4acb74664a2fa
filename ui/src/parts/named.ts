/** What groups, directories, organizations and applications have in common: a name, a description, a status. */
import { idOf } from '../api/client'
import type { Column, SearchField, StateKind } from '../kit/rows'
import { url } from '../router.svelte'
import { t } from './text'

export interface Named {
  href: string
  name: string
  description: string | null
  status: 'ENABLED' | 'DISABLED' | 'UNVERIFIED'
  createdAt: string
  modifiedAt: string
}

/** A status in words and as a shape. */
export function statusOf(status: string): { kind: StateKind; text: string } {
  if (status === 'ENABLED') return { kind: 'ok', text: t('enabled') }
  if (status === 'DISABLED') return { kind: 'off', text: t('disabled') }
  return { kind: 'wait', text: t('unverified') }
}

/** What a select of the status offers. */
export const statuses = () => [{ value: 'ENABLED', label: t('enabled') }, { value: 'DISABLED', label: t('disabled') }]

/** Where the page of a record of a noun is. */
export const pageOf = (noun: string) => (row: { href: string }) => url(`/${noun}/${idOf(row.href)}`)

/** The columns of a list of them, with more of the noun's own before the dates, and avatars if they are wanted. */
export function namedColumns<T extends Named>(more: Column<T>[] = [], avatar?: boolean): Column<T>[] {
  return [
    { id: 'name', title: t('name'), text: (r) => r.name, sort: 'name', avatar, sub: (r) => r.description ?? '' },
    { id: 'description', title: t('description'), text: (r) => r.description ?? '', sort: 'description', width: 'w-5', hide: 'sm' },
    ...more,
    { id: 'status', title: t('status'), text: (r) => r.status, state: (r) => statusOf(r.status), sort: 'status', width: 'w-2' },
    { id: 'modifiedAt', title: t('modified'), text: (r) => r.modifiedAt, date: (r) => r.modifiedAt, sort: 'modifiedAt', width: 'w-2', hide: 'md', off: true },
    { id: 'createdAt', title: t('created'), text: (r) => r.createdAt, date: (r) => r.createdAt, sort: 'createdAt', width: 'w-2', hide: 'sm' },
  ]
}

/** What a list of them is searched by. */
export function namedFields(more: SearchField[] = []): SearchField[] {
  return [
    { name: 'name', label: t('name') },
    ...more,
    { name: 'description', label: t('description') },
    { name: 'status', label: t('status'), values: ['enabled', 'disabled'] },
    { name: 'createdAt', label: t('created') },
    { name: 'modifiedAt', label: t('modified') },
  ]
}
