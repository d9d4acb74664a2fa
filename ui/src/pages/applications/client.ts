import { t } from './text'

/** What a client can be, as the API names it. */
export const kinds = ['WEB', 'SPA', 'NATIVE', 'MACHINE'] as const

/** A kind in words. */
export function kindText(kind: string): string {
  if (kind === 'WEB') return t('kindWeb')
  if (kind === 'SPA') return t('kindSpa')
  if (kind === 'NATIVE') return t('kindNative')
  if (kind === 'MACHINE') return t('kindMachine')
  return kind
}
