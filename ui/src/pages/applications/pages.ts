import { t } from './text'

const known = ['login', 'register', 'forgot', 'resend', 'change', 'verify', 'consent', 'message'] as const

/** What a page is called. */
export function titleOf(page: string): string {
  const name = known.find((k) => k === page)
  return name ? t(`page_${name}`) : page
}

/** What every template may put in, with what it is. */
export const pieces = [
  { code: '{{template "form" .}}', what: 'csrfToken' },
  { code: '{{template "mark" .}}', what: 'logo' },
  { code: '{{template "notice" .}}', what: '.Data.Notice' },
  { code: '{{t "login.submit"}}', what: 'en.json' },
  { code: '{{.Data.Application}}', what: 'Application' },
  { code: '{{.Lang}}', what: 'ui_locales' },
]
