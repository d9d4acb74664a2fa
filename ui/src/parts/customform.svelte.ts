import { Record as ApiRecord } from '../api/record.svelte'
import { Form, members } from '../kit/form.svelte'
import { change, own } from './customdata'
import { t } from './text'

type Data = { [name: string]: unknown }

/** The custom data of a record and the form that edits it, for CustomData.svelte. */
export function customForm(of: () => string, may: () => boolean): { record: ApiRecord<Data>; form: Form<{ customData: Data }> } {
  const href = () => `${of()}/customData`
  const record = new ApiRecord<Data>(href)
  const form = new Form({
    read: () => record.data && { customData: own(record.data) },
    labels: () => ({ customData: t('customData') }),
    may,
    tell: { customData: (was, now) => members(was, now, 'customData') },
    write: async (changed) => {
      await change(href(), own(record.data!), changed.customData ?? {})
      await record.load()
    },
  })
  return { record, form }
}
