import { Record as ApiRecord } from '../api/record.svelte'
import type { Read } from '../api/types'
import { Form, members, type Change } from '../kit/form.svelte'
import { t } from './brandingtext'

type Branding = Read<'Branding'>

/** What the form of a branding holds. */
export type BrandingValues = { displayName: string; primaryColor: string; onPrimaryColor: string; primaryColorDark: string; onPrimaryColorDark: string; font: string; cornerRadius: number; logo: string; favicon: string; supportUrl: string; privacyUrl: string; termsUrl: string; texts: { [language: string]: unknown } }

/** What the form edits of a branding: what is not set is an empty text. */
export function valuesOf(b: Branding): BrandingValues {
  return {
    displayName: b.displayName ?? '', primaryColor: b.primaryColor ?? '', onPrimaryColor: b.onPrimaryColor ?? '', primaryColorDark: b.primaryColorDark ?? '', onPrimaryColorDark: b.onPrimaryColorDark ?? '',
    font: b.font ?? '', cornerRadius: b.cornerRadius, logo: b.logo ?? '', favicon: b.favicon ?? '', supportUrl: b.supportUrl ?? '', privacyUrl: b.privacyUrl ?? '', termsUrl: b.termsUrl ?? '', texts: b.texts as { [language: string]: unknown },
  }
}

const picture = (name: string) => (_was: string, now: string, label: string): Change[] => [{ name, label, old: '', new: now ? '…' : '' }]

/** The look of an application or an organization, and the form that edits it, for Branding.svelte. */
export function brandingForm(of: () => string, may: () => boolean): { record: ApiRecord<Branding>; form: Form<BrandingValues> } {
  const record: ApiRecord<Branding> = new ApiRecord<Branding>(() => `${of()}/branding`, 'brandings', () => form.dirty)
  const form: Form<BrandingValues> = new Form({
    read: () => record.data && valuesOf(record.data),
    labels: () => ({ displayName: t('displayName'), primaryColor: t('primaryColor'), onPrimaryColor: t('onPrimaryColor'), primaryColorDark: t('primaryColorDark'), onPrimaryColorDark: t('onPrimaryColorDark'), font: t('font'), cornerRadius: t('cornerRadius'), logo: t('logo'), favicon: t('favicon'), supportUrl: t('supportUrl'), privacyUrl: t('privacyUrl'), termsUrl: t('termsUrl'), texts: t('pageTexts') }),
    may,
    reload: () => record.load(),
    tell: { logo: picture('logo'), favicon: picture('favicon'), texts: (was, now) => members(was, now, 'texts') },
    write: (changed) => record.save(changed),
  })
  return { record, form }
}
