import { expanded, type Account } from '../../api/types'
import { idOf } from '../../api/client'
import type { Column, SearchField, StateKind } from '../../kit/rows'
import { url } from '../../router.svelte'
import { t } from './text'

/** What an account is called: its name, else what it signs in by. */
export function nameOf(a: Account): string {
  return a.fullName || a.email || a.username
}

/** Where its page is. */
export function pageOf(a: { href: string }): string {
  return url(`/accounts/${idOf(a.href)}`)
}

/** A status in words and as a shape. */
export function statusOf(status: string): { kind: StateKind; text: string } {
  if (status === 'ENABLED') return { kind: 'ok', text: t('enabled') }
  if (status === 'DISABLED') return { kind: 'off', text: t('disabled') }
  return { kind: 'wait', text: t('unverified') }
}

export function columns(): Column<Account>[] {
  return [
    { id: 'name', title: t('name'), text: nameOf, sort: 'surname', avatar: true, sub: (a) => a.email ?? a.username },
    { id: 'email', title: t('email'), text: (a) => a.email ?? '', sort: 'email', width: 'w-5', hide: 'sm' },
    { id: 'username', title: t('username'), text: (a) => a.username, sort: 'username', width: 'w-4', hide: 'md', off: true },
    { id: 'status', title: t('status'), text: (a) => a.status, state: (a) => statusOf(a.status), sort: 'status', width: 'w-2' },
    { id: 'directory', title: t('directory'), text: (a) => expanded(a.directory, 'name'), width: 'w-4', hide: 'sm' },
    { id: 'modifiedAt', title: t('modified'), text: (a) => a.modifiedAt, date: (a) => a.modifiedAt, sort: 'modifiedAt', width: 'w-2', hide: 'md', off: true },
    { id: 'passwordModifiedAt', title: t('passwordModifiedAt'), text: (a) => a.passwordModifiedAt ?? '', date: (a) => a.passwordModifiedAt, sort: 'passwordModifiedAt', width: 'w-2', hide: 'md', off: true },
    { id: 'createdAt', title: t('created'), text: (a) => a.createdAt, date: (a) => a.createdAt, sort: 'createdAt', width: 'w-2', hide: 'sm' },
  ]
}

export function fields(): SearchField[] {
  return [
    { name: 'email', label: t('email') },
    { name: 'username', label: t('username') },
    { name: 'givenName', label: t('givenName') },
    { name: 'middleName', label: t('middleName') },
    { name: 'surname', label: t('surname') },
    { name: 'status', label: t('status'), values: ['enabled', 'disabled', 'unverified'] },
    { name: 'createdAt', label: t('created') },
    { name: 'modifiedAt', label: t('modified') },
    { name: 'passwordModifiedAt', label: t('passwordModifiedAt') },
    { name: 'customData', label: t('customData') },
  ]
}
