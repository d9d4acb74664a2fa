import { Record as ApiRecord } from '../api/record.svelte'
import type { Read } from '../api/types'
import { Form } from '../kit/form.svelte'
import { t } from './linkingtext'

type Policy = Read<'AccountLinkingPolicy'>
export type LinkingValues = { status: boolean; automaticProvisioning: boolean; matchingProperty: string }

const on = (is: boolean) => (is ? 'ENABLED' : 'DISABLED')

/** What a sign-in makes of linked accounts, at an application or an organization, and the form that edits it, for Linking.svelte. */
export function linkingForm(id: () => string, may: () => boolean): { record: ApiRecord<Policy>; form: Form<LinkingValues> } {
  const record: ApiRecord<Policy> = new ApiRecord<Policy>(() => `/v1/accountLinkingPolicies/${id()}`, 'accountLinkingPolicies', () => form.dirty)
  const form: Form<LinkingValues> = new Form({
    read: () => record.data && { status: record.data.status === 'ENABLED', automaticProvisioning: record.data.automaticProvisioning === 'ENABLED', matchingProperty: record.data.matchingProperty ?? '' },
    labels: () => ({ status: t('follow'), automaticProvisioning: t('make'), matchingProperty: t('match') }),
    may,
    reload: () => record.load(),
    write: ({ status, automaticProvisioning, ...rest }) =>
      record.save({ ...rest, ...(status === undefined ? {} : { status: on(status) }), ...(automaticProvisioning === undefined ? {} : { automaticProvisioning: on(automaticProvisioning) }) }),
  })
  return { record, form }
}
