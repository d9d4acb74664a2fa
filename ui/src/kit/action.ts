import type { IconName } from './icons'

/**
 * An action is a value: the same one shows as a button, as an entry of a menu and as a
 * command of the palette, and runs by its key.
 */
export interface Action {
  title: string
  icon: IconName
  /** One key such as "n", without a modifier. */
  shortcut?: string
  danger?: boolean
  primary?: boolean
  /** Where it leads, in place of run. */
  href?: string
  /** Whether it can be done now; absent is yes. */
  when?: boolean
  run?: () => unknown
}

/** The ones that can be done now. */
export function possible(actions: Action[]): Action[] {
  return actions.filter((a) => a.when !== false)
}

/** Whether a key was typed into something that takes text. */
export function typing(e: KeyboardEvent): boolean {
  const el = e.target as HTMLElement
  return el.isContentEditable || el.matches?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [role=textbox]') === true
}
