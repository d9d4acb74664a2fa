/** What every template may put in, with what it is. */
export const pieces = [
  { code: '{{template "form" .}}', what: 'csrfToken' },
  { code: '{{template "mark" .}}', what: 'logo' },
  { code: '{{template "notice" .}}', what: '.Data.Notice' },
  { code: '{{t "login.submit"}}', what: 'en.json' },
  { code: '{{.Data.Application}}', what: 'Application' },
  { code: '{{.Lang}}', what: 'ui_locales' },
]
