/** The rules of a directory, each with the form that edits it; their ids are the directory's (spec 13, 14). */
import { Record as ApiRecord } from '../../api/record.svelte'
import type { Link, Page, Read } from '../../api/types'
import { Form, type Values } from '../../kit/form.svelte'
import { t } from './text'

export type PasswordPolicy = Read<'PasswordPolicy'>
export type CreationPolicy = Read<'AccountCreationPolicy'>
export type Template = Read<'EmailTemplate'>
type Strength = Read<'PasswordStrength'>

export type StrengthValues = Pick<Strength, 'minLength' | 'maxLength' | 'minLowerCase' | 'minUpperCase' | 'minNumeric' | 'minSymbol' | 'minDiacritic' | 'preventReuse' | 'denyCommon' | 'denySimilar' | 'denyNumeric'>

/** The e-mails that a policy sends, by the beginning of its members' names. */
export const passwordMails = ['resetEmail', 'resetSuccessEmail'] as const
export const creationMails = ['verificationEmail', 'verificationSuccessEmail', 'welcomeEmail'] as const

const strengthNames = ['minLength', 'maxLength', 'minLowerCase', 'minUpperCase', 'minNumeric', 'minSymbol', 'minDiacritic', 'preventReuse', 'denyCommon', 'denySimilar', 'denyNumeric'] as const

function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>
}

/** The one template of a list that was expanded. */
export function templateOf(list: Link | Page<Template>): Template | undefined {
  return (list as Partial<Page<Template>>).items?.[0]
}

/** A form of some members of a record. */
function formOf<T extends object, V extends Values>(record: ApiRecord<T>, read: (of: T) => V, labels: () => { [K in keyof V]: string }, may: () => boolean): Form<V> {
  return new Form<V>({ read: () => record.data && read(record.data), labels, may, reload: () => record.load(), write: (changed) => record.save(changed) })
}

export function policies(id: () => string, may: () => boolean) {
  const expand = (mails: readonly string[]) => `?expand=${mails.map((m) => `${m}Templates`).join(',')}`
  const passwords = new ApiRecord<PasswordPolicy>(() => `/v1/passwordPolicies/${id()}${expand(passwordMails)}`)
  const strength = new ApiRecord<Strength>(() => `/v1/passwordPolicies/${id()}/strength`)
  const creation = new ApiRecord<CreationPolicy>(() => `/v1/accountCreationPolicies/${id()}${expand(creationMails)}`)
  return {
    passwords,
    strength,
    creation,
    resetForm: formOf(passwords, (p) => ({ resetTokenTtl: p.resetTokenTtl }), () => ({ resetTokenTtl: t('resetTokenTtl') }), may),
    strengthForm: formOf(strength, (s): StrengthValues => pick(s, strengthNames), () => Object.fromEntries(strengthNames.map((name) => [name, t(name)])) as { [K in keyof StrengthValues]: string }, may),
    creationForm: formOf(creation, (c) => ({ emailDomainWhitelist: c.emailDomainWhitelist, emailDomainBlacklist: c.emailDomainBlacklist }), () => ({ emailDomainWhitelist: t('whitelist'), emailDomainBlacklist: t('blacklist') }), may),
  }
}

export type Policies = ReturnType<typeof policies>
