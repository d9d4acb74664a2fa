import { keep, kept } from '../kept'

export type Theme = 'light' | 'dark' | 'auto'

export const theme = $state<{ now: Theme }>({ now: (kept('theme', 'auto') || 'auto') as Theme })

/** Chooses light, dark, or what the system has. theme.js does so before a page is painted. */
export function paint(next: Theme): void {
  theme.now = next
  keep('theme', next === 'auto' ? undefined : next)
  if (next === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
}
