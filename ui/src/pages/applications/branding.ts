import type { Read } from '../../api/types'
import type { BrandingValues } from './Branding.svelte'

/** What the form edits of a branding: what is not set is an empty text. */
export function valuesOf(b: Read<'Branding'>): BrandingValues {
  return {
    displayName: b.displayName ?? '', primaryColor: b.primaryColor ?? '', onPrimaryColor: b.onPrimaryColor ?? '', primaryColorDark: b.primaryColorDark ?? '', onPrimaryColorDark: b.onPrimaryColorDark ?? '',
    font: b.font ?? '', cornerRadius: b.cornerRadius, logo: b.logo ?? '', favicon: b.favicon ?? '', supportUrl: b.supportUrl ?? '', privacyUrl: b.privacyUrl ?? '', termsUrl: b.termsUrl ?? '', texts: b.texts as { [language: string]: unknown },
  }
}
