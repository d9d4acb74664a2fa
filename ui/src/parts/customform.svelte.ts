import { Record as ApiRecord } from '../api/record.svelte'
import { Form, members } from '../kit/form.svelte'
import { change, merge, own } from './customdata'
import { t } from './text'

type Data = { [name: string]: unknown }

/** The custom data of a record and the form that edits it, for CustomData.svelte. */
export function customForm(of: () => string, may: () => boolean): { record: ApiRecord<Data>; form: Form<{ customData: Data }> } {
  const href = () => `${of()}/customData`
  const record = new ApiRecord<Data>(href)
  const form: Form<{ customData: Data }> = new Form({
    read: () => record.data && { customData: own(record.data) },
    labels: () => ({ customData: t('customData') }),
    may,
    reload: () => record.load(),
    merge: { customData: merge },
    tell: { customData: (was, now) => members(was, now, 'customData') },
    write: async (changed) => {
      await change(href(), own(record.data!), changed.customData ?? {}, record.version)
      await record.load()
    },
  })
  return { record, form }
}
