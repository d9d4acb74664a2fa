import type { Read } from '../../api/types'
import { t } from './text'

/** The mails of a directory, in the order of its list. */
export const purposes = ['passwordReset', 'passwordResetSuccess', 'emailVerification', 'emailVerificationSuccess', 'welcome', 'passwordChanged', 'emailChange', 'emailChanged', 'newDevice', 'failedLogins', 'alreadyRegistered'] as const
export type Purpose = (typeof purposes)[number]

const idLength = 22

/** The directory and the purpose that the id of a template is made of. */
export function ofTemplate(id: string): { directory: string; purpose: string } {
  return { directory: id.slice(0, idLength), purpose: id.slice(idLength) }
}

/** What a mail is called. */
export function titleOf(purpose: string): string {
  const known = purposes.find((p) => p === purpose)
  return known ? t(known) : purpose
}

const statuses: { [purpose: string]: string } = { passwordReset: 'resetEmailStatus', passwordResetSuccess: 'resetSuccessEmailStatus', emailVerification: 'verificationEmailStatus', emailVerificationSuccess: 'verificationSuccessEmailStatus', welcome: 'welcomeEmailStatus' }

/** Whether a directory's policies have a mail sent; those that no policy names always are. */
export function isSent(purpose: string, passwords?: Read<'PasswordPolicy'>, creation?: Read<'AccountCreationPolicy'>): boolean {
  const name = statuses[purpose]
  if (!name) return true
  const value = { ...(passwords as object), ...(creation as object) }[name as never] as unknown
  return value === undefined || value === 'ENABLED'
}

export interface Macro {
  code: string
  what: string
}

/** The macros that stand for something in a mail. */
export function macrosOf(purpose: string): Macro[] {
  const leads = ['passwordReset', 'emailVerification', 'emailChange'].includes(purpose)
  const of: { [macro: string]: string[] } = {
    code: ['emailVerification', 'emailChange'],
    newEmail: ['emailChange', 'emailChanged'],
    time: ['passwordChanged', 'emailChanged', 'newDevice', 'failedLogins', 'passwordResetSuccess'],
    ip: ['newDevice'],
    device: ['newDevice'],
    count: ['failedLogins'],
  }
  const macro = (name: string, what: string): Macro => ({ code: `$!{${name}}`, what })
  return [
    ...(leads ? [macro('url', t('m_url')), macro('sptoken', t('m_sptoken')), macro('sptokenNameValuePair', t('m_pair'))] : []),
    ...(of.code!.includes(purpose) ? [macro('code', t('m_code'))] : []),
    macro('account.givenName', t('m_givenName')), macro('account.surname', t('m_surname')), macro('account.fullName', t('m_fullName')), macro('account.username', t('m_username')), macro('account.email', t('m_email')),
    macro('account.customData.plan', t('m_custom')), macro('account.directory.name', t('m_directory')), macro('application.name', t('m_application')),
    ...(['newEmail', 'time', 'ip', 'device', 'count'] as const).filter((name) => of[name]!.includes(purpose)).map((name) => macro(name, t(`m_${name}`))),
  ]
}

/** Whether a text names a language: "de", "de-AT". */
export const isLocale = (tag: string) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,2}$/.test(tag)
