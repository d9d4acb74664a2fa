import { get } from '../../api/client'
import { Record } from '../../api/record.svelte'
import type { Read } from '../../api/types'
import { Form, type Change } from '../../kit/form.svelte'
import { differs } from '../../parts/template'
import { t } from './text'

/** A text in one language. */
export type Body = { subject: string; textBody: string; htmlBody: string }

export type TemplateValues = Body & { mimeType: string; fromName: string; fromEmailAddress: string; linkBaseUrl: string; translations: { [locale: string]: Body } }

const bodies = ['subject', 'textBody', 'htmlBody'] as const

/** What changed in translations: one for each text of each language. */
function inTranslations(was: TemplateValues['translations'], now: TemplateValues['translations']): Change[] {
  return [...new Set([...Object.keys(was), ...Object.keys(now)])].flatMap((locale) => {
    const [a, b] = [was[locale], now[locale]]
    if (!a || !b) return [{ name: `translations.${locale}`, label: locale, old: a?.subject ?? '', new: b?.subject ?? '' }]
    return bodies.filter((name) => a[name] !== b[name]).map((name) => ({ name: `translations.${locale}.${name}`, label: `${locale} · ${name}`, ...differs(a[name], b[name]) }))
  })
}

/** A template and the form that edits it. */
export function template(id: () => string, may: boolean) {
  const record = new Record<Read<'EmailTemplate'>>(() => `/v1/emailTemplates/${id()}`, 'emailTemplates', () => form.dirty)
  const model = () => record.data?.defaultModel as { linkBaseUrl: string } | undefined
  const tell = (name: string) => (was: string, now: string, label: string) => [{ name, label, ...differs(was, now) }]
  const form: Form<TemplateValues> = new Form<TemplateValues>({
    read: () => {
      const r = record.data
      return r && { subject: r.subject, textBody: r.textBody, htmlBody: r.htmlBody, mimeType: r.mimeType, fromName: r.fromName ?? '', fromEmailAddress: r.fromEmailAddress ?? '', linkBaseUrl: model()?.linkBaseUrl ?? '', translations: r.translations as TemplateValues['translations'] }
    },
    labels: () => ({ subject: t('subject'), textBody: t('plain'), htmlBody: t('html'), mimeType: t('mimeType'), fromName: t('fromName'), fromEmailAddress: t('fromEmailAddress'), linkBaseUrl: t('linkBaseUrl'), translations: t('translations') }),
    may: () => may,
    reload: () => record.load(),
    tell: { textBody: tell('textBody'), htmlBody: tell('htmlBody'), translations: inTranslations },
    write: ({ linkBaseUrl, ...changed }) => {
      for (const name of bodies) if (name in changed) changed[name] ??= ''
      return record.save({ ...changed, ...(linkBaseUrl === undefined ? {} : { defaultModel: { linkBaseUrl: linkBaseUrl ?? '' } }) })
    },
  })
  return { record, form, leads: () => model() !== undefined }
}

/** Where a translation begins: with the text that the server comes with in that language, else with one's own. */
export async function begin(id: string, locale: string, own: Body): Promise<Body> {
  const { data } = await get<Body & { locale: string }>(`/v1/emailTemplates/${id}/original?locale=${encodeURIComponent(locale)}`)
  const from = locale.toLowerCase().split('-')[0] === data.locale ? data : own
  return { subject: from.subject, textBody: from.textBody, htmlBody: from.htmlBody }
}
