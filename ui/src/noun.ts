import type { Component } from 'svelte'
import type { Role } from './api/session.svelte'
import type { Text } from './i18n.svelte'
import type { IconName } from './kit/icons'

/** The parts of the navigation, in its order. */
export type Part = 'home' | 'identity' | 'applications' | 'activity' | 'settings'

/** A page, loaded when it is first gone to. */
export interface PageModule {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each page has properties of its own
  default: Component<any>
  props?: object
  /** Asks for what the page shows first, where the console begins with it. */
  ahead?: () => void
}

/** What pages/NOUN/index.ts says of the pages of a noun. */
export interface Noun {
  /** The kind of its records, as in the API: "accounts". */
  name: string
  title: Text
  icon: IconName
  part: Part
  /** Where it stands in its part: lower is further up. */
  place: number
  /** Whose role sees it; all see it where none is named. */
  roles?: Role[]
  /** About the whole server: for operators of its first tenant alone. */
  whole?: boolean
  /** The kind that the server must have, where a plugin brings it: without it there is no such noun. */
  needs?: string
  /** Not in the navigation: its pages are reached from elsewhere. */
  hidden?: boolean
  /** Hidden, but offered by the palette. */
  command?: boolean
  /** The first path is what the navigation leads to; :id goes to the page as a property. */
  routes: Record<string, () => Promise<PageModule>>
}

const found = import.meta.glob<{ default: Noun }>('./pages/*/index.ts', { eager: true })
const parts: Part[] = ['home', 'identity', 'applications', 'activity', 'settings']

/** Every noun that has pages of the console's own. */
export const nouns: Noun[] = Object.values(found).map((m) => m.default)

/** In the order of the navigation. */
export function ordered(all: Noun[]): Noun[] {
  return all.toSorted((a, b) => parts.indexOf(a.part) - parts.indexOf(b.part) || a.place - b.place || a.name.localeCompare(b.name))
}

/** Where a noun's list is. */
export function home(noun: Noun): string {
  return Object.keys(noun.routes)[0]!
}
