import type { Read } from '../../api/types'
import { language } from '../../i18n.svelte'
import { defaults, german } from './german'
import { t } from './text'

export type Setting = Read<'Settings'>['items'][number]

const groups = {
  signin: ['hosted-application', 'session-idle', 'session-lifetime', 'code-lifetime', 'signing-key-rotation'],
  records: ['log-level', 'keep-audit', 'keep-events', 'audit-checkpoints', 'otlp-endpoint', 'metrics-addr'],
  limits: ['rate-source', 'rate-key', 'max-connections', 'max-connections-per-source', 'egress-allow'],
  mail: ['mail-from', 'smtp-url', 'mail-dir', 'dkim-key', 'dkim-selector', 'dkim-domain'],
  backups: ['backup-every', 'backup-keep', 'backup-to', 'backup-recipient', 'backup-passphrase-file', 's3-endpoint', 's3-region', 's3-path-style'],
  reach: ['http', 'public-url', 'trusted-proxies', 'https', 'acme-email', 'acme-ca', 'acme-root', 'tls-cert', 'tls-key', 'http-redirect'],
  start: ['data', 'config'],
} as const
export type Group = keyof typeof groups

/** The settings by what they are about; one that no group names is among the last. */
export function grouped(all: Setting[]): { group: Group; settings: Setting[] }[] {
  const groupOf = new Map(Object.entries(groups).flatMap(([group, names]) => names.map((name) => [name as string, group as Group])))
  return (Object.keys(groups) as Group[])
    .map((group) => {
      const names: readonly string[] = groups[group]
      const settings = all.filter((s) => (groupOf.get(s.name) ?? 'start') === group)
      return { group, settings: settings.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name)) }
    })
    .filter((g) => g.settings.length > 0)
}

/** Whether the console may give it a value. */
export function settable(s: Setting): boolean {
  return !s.bars && !s.locked
}

/** Those that are times, which have a field of their own. */
export const times = new Set(['signing-key-rotation', 'session-idle', 'session-lifetime', 'code-lifetime'])

/** What a setting does. */
export function helpOf(s: Setting): string {
  const text = (language() === 'de' && german[s.name]) || s.help
  return text[0]!.toUpperCase() + text.slice(1) + (/[.…]$/.test(text) ? '' : '.')
}

/** What it is where nobody gives it a value. */
export function defaultOf(s: Setting): string {
  return (language() === 'de' && defaults[s.default]) || s.default
}

/** Where the value comes from, as a word. */
export function originOf(s: Setting): string {
  switch (s.origin) {
    case 'flag': return t('flag')
    case 'environment': return t('environment')
    case 'file': return t('file')
    case 'console': return t('console')
    default: return t('default')
  }
}

/** Why the console does not set it, '' where it may. */
export function barOf(s: Setting): string {
  switch (s.bars) {
    case '': return ''
    case 'start': return t('barStart')
    case 'reach': return t('barReach')
    case 'trust': return t('barTrust')
    case 'secret': return t('barSecret')
    case 'files': return t('barFiles')
    case 'loss': return t('barLoss')
    default: return t('barOther')
  }
}

/** One word for a shell, whatever is in it. */
function quoted(value: string): string {
  return /^[\w./:@%+,=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

/** How it is set outside the console: as a flag, a variable, and a line of the file. */
export function elsewhere(s: Setting): string {
  const value = s.value ?? (s.secret || !s.default ? t('sample') : s.default)
  const lines = [`# ${t('asFlag')}`, `${s.flag} ${quoted(value)}`, '', `# ${t('asVariable')}`, `${s.variable}=${quoted(value)}`]
  if (s.key) lines.push('', `# ${s.file ? t('asLineOf', { path: s.file }) : t('asLine')}`, `${s.key}: ${JSON.stringify(value)}`)
  return lines.join('\n')
}
