import { idOf } from '../../api/client'
import type { Application } from '../../api/types'
import type { Column, SearchField, StateKind } from '../../kit/rows'
import { url } from '../../router.svelte'
import { t } from './text'

/** Where its page is. */
export function pageOf(a: { href: string }): string {
  return url(`/applications/${idOf(a.href)}`)
}

/** A status in words and as a shape. */
export function statusOf(status: string): { kind: StateKind; text: string } {
  return status === 'ENABLED' ? { kind: 'ok', text: t('enabled') } : { kind: 'off', text: t('disabled') }
}

/** What a status can be set to. */
export function statuses(): { value: string; label: string }[] {
  return [{ value: 'ENABLED', label: t('enabled') }, { value: 'DISABLED', label: t('disabled') }]
}

export function columns(): Column<Application>[] {
  return [
    { id: 'name', title: t('name'), text: (a) => a.name, sort: 'name', avatar: true, sub: (a) => a.description ?? '' },
    { id: 'description', title: t('description'), text: (a) => a.description ?? '', sort: 'description', width: 'w-5', hide: 'sm' },
    { id: 'status', title: t('status'), text: (a) => a.status, state: (a) => statusOf(a.status), sort: 'status', width: 'w-2' },
    { id: 'modifiedAt', title: t('modified'), text: (a) => a.modifiedAt, date: (a) => a.modifiedAt, sort: 'modifiedAt', width: 'w-2', hide: 'md', off: true },
    { id: 'createdAt', title: t('created'), text: (a) => a.createdAt, date: (a) => a.createdAt, sort: 'createdAt', width: 'w-2', hide: 'sm' },
  ]
}

export function fields(): SearchField[] {
  return [
    { name: 'name', label: t('name') },
    { name: 'description', label: t('description') },
    { name: 'status', label: t('status'), values: ['enabled', 'disabled'] },
    { name: 'createdAt', label: t('created') },
    { name: 'modifiedAt', label: t('modified') },
  ]
}
