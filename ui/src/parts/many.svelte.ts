import { post, remove } from '../api/client'
import type { List } from '../api/list.svelte'
import type { Action } from '../kit/action'
import { bulk, type Failure } from '../kit/bulk'
import { confirm } from '../kit/confirm.svelte'
import { toast } from '../kit/toast.svelte'
import type { Named } from './named'
import { t } from './text'

/** What is done to many rows of a list: enable, disable, delete. */
export class Many<T extends Named> {
  /** What the server refused of the last of it. */
  failed = $state.raw<Failure<T>[]>([])

  /** ask is the question before n of them are deleted, and what goes with them. */
  constructor(private list: List<T>, private ask: (n: number) => { title: string; text: string }) {}

  actions = (rows: T[]): Action[] => [
    { title: t('enable'), icon: 'check', run: () => this.setStatus(rows, 'ENABLED') },
    { title: t('disable'), icon: 'ban', run: () => this.setStatus(rows, 'DISABLED') },
    { title: t('delete'), icon: 'trash', danger: true, run: () => this.remove(rows) },
  ]

  // The rows show the new status at once; what the server refuses goes back.
  private async setStatus(rows: T[], status: T['status']): Promise<void> {
    const was = new Map(rows.map((r) => [r.href, r.status]))
    this.list.patch((r) => was.has(r.href), { status } as Partial<T>)
    const { done, failed } = await bulk(rows.filter((r) => r.status !== status), (r) => post(r.href, { status }))
    this.failed = failed
    if (failed.length) void this.list.refresh()
    if (done.length) toast(t(status === 'ENABLED' ? 'enabledN' : 'disabledN', { n: done.length }), { undo: () => bulk(done, (r) => post(r.href, { status: was.get(r.href) })).then(() => this.list.refresh()) })
  }

  private async remove(rows: T[]): Promise<void> {
    if (!(await confirm({ ...this.ask(rows.length), act: t('delete'), danger: true, typed: String(rows.length) }))) return
    const { done, failed } = await bulk(rows, (r) => remove(r.href))
    this.failed = failed
    await this.list.refresh()
    if (done.length) toast(t('deletedN', { n: done.length }))
  }
}
