import { t } from './text'

/** What is wrong with a template, as its preview tells. */
export interface Problem {
  /** The member that it is about: "htmlBody", "translations.de.textBody", "source". */
  part: string
  /** Where it stands, 0 where it is no single place. */
  line: number
  /** Whether it keeps the template from being saved. */
  serious: boolean
  says: string
}

/** What a template becomes: HTML, "" where none could be made, and plain text. */
export interface Shown {
  subject?: string
  html: string
  text?: string
  problems: Problem[]
}

/** The problems of one member. */
export const of = (all: Problem[], part: string) => all.filter((p) => p.part === part)

/** The first lines in which two texts differ, for the save bar. */
export function differs(was: string, now: string): { old: string; new: string } {
  const [a, b] = [was.split('\n'), now.split('\n')]
  let i = 0
  while (i < Math.max(a.length, b.length) && a[i] === b[i]) i++
  const cut = (line = '') => (line.trim().length > 60 ? `${line.trim().slice(0, 60)}…` : line.trim())
  return { old: `${t('line', { n: i + 1 })}: ${cut(a[i])}`, new: cut(b[i]) }
}
