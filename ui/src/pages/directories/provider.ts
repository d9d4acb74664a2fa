import { t } from './text'

/** Where the accounts of a directory come from: its own are this server's. */
export function providerOf(id: string): string {
  return id === 'stormpath' || id === '' ? t('providerOwn') : id
}
