import type { Record as ApiRecord } from '../api/record.svelte'
import type { Action } from '../kit/action'
import { Attempt } from '../kit/attempt.svelte'
import { confirm } from '../kit/confirm.svelte'
import { toast } from '../kit/toast.svelte'
import { go } from '../router.svelte'
import type { Named } from './named'
import { t } from './text'

interface Options<T extends Named> {
  record: ApiRecord<T>
  may: () => boolean
  /** What goes with it when it is deleted. */
  lost: () => string
  /** Where its list is. */
  list: string
  /** What was typed and goes with it. */
  forms: () => { discard: () => void }[]
}

/** What is done to one record: enable, disable, delete. */
export class Deeds<T extends Named> extends Attempt {
  constructor(private of: Options<T>) {
    super()
  }

  get actions(): Action[] {
    const status = this.of.record.data?.status
    const may = this.of.may()
    return [
      { title: t('enable'), icon: 'check', when: may && status === 'DISABLED', run: this.act(() => this.setStatus('ENABLED')) },
      { title: t('disable'), icon: 'ban', when: may && status === 'ENABLED', run: this.act(() => this.setStatus('DISABLED')) },
      { title: t('delete'), icon: 'trash', danger: true, when: may, run: this.act(() => this.remove()) },
    ]
  }

  private async setStatus(status: 'ENABLED' | 'DISABLED'): Promise<void> {
    const { record } = this.of
    const { name, status: was } = record.data!
    await record.save({ status })
    toast(t(status === 'ENABLED' ? 'enabledOne' : 'disabledOne', { name }), { undo: this.act(() => record.save({ status: was })) })
  }

  private async remove(): Promise<void> {
    const { record, lost, forms, list } = this.of
    const { name } = record.data!
    if (!(await confirm({ title: t('deleteOne', { name }), text: lost(), act: t('delete'), danger: true, typed: name }))) return
    await record.remove()
    for (const form of forms()) form.discard()
    toast(t('deleted', { name }))
    await go(list)
  }
}
