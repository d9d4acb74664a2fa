/**
 * What plugins add to the console: each brings a script (apis.Server.ExtendConsole) whose
 * default export names pages, tabs and commands. It fills an element that it is given, by
 * the DOM alone, with the class names of the console's own parts. The handbook page
 * "Extend" says it for those who write one.
 */
import { get, idOf, post, remove } from './api/client'
import { live } from './api/live'
import { may, me, type Role } from './api/session.svelte'
import { ago, date, language, number, say, type Text } from './i18n.svelte'
import { confirm } from './kit/confirm.svelte'
import { icons, type IconName } from './kit/icons'
import { toast } from './kit/toast.svelte'
import type { Noun, Part } from './noun'
import { go, url } from './router.svelte'

/** Fills an element; what it returns is called when the element goes. */
type Show<At> = (el: HTMLElement, at: At) => void | (() => void) | Promise<void | (() => void)>

export interface ForeignPage {
  /** Below the plugin's own place: "" or "/:id". */
  path: string
  title: Text
  icon?: string
  part?: Part
  place?: number
  roles?: Role[]
  /** Reached from elsewhere only. */
  hidden?: boolean
  show: Show<{ id: string; console: typeof tools }>
}

export interface ForeignTab {
  /** Of which records: "accounts", "groups", "directories", "organizations" or "applications". */
  of: string
  id: string
  title: Text
  roles?: Role[]
  show: Show<{ id: string; href: string; console: typeof tools }>
}

export interface ForeignCommand {
  title: Text
  icon?: string
  roles?: Role[]
  run: (console: typeof tools) => unknown
}

export interface Extension {
  pages?: ForeignPage[]
  tabs?: ForeignTab[]
  commands?: ForeignCommand[]
}

/** What a script may use of the console. Its requests are made with the session of who is signed in. */
export const tools = {
  version: 1,
  get: async <T>(path: string) => (await get<T>(path)).data,
  post: async <T>(path: string, body: unknown) => (await post<T>(path, body)).data,
  remove: async (path: string) => void (await remove(path)),
  /** Has fn told of every change of a record; gives the function that ends that. */
  live,
  idOf,
  go,
  url,
  toast: (text: string) => void toast(text),
  confirm,
  say,
  ago,
  date,
  number,
  language,
  may,
  me,
}

const state = $state.raw<{ all: { name: string; it: Extension }[] }>({ all: [] })

/** Asks which scripts there are; who is not signed in is not asked to. */
export const list = () => get<{ items: { name: string; script: string }[] }>('/console/api/extensions', { quiet: true })

/** Loads the scripts of the server's plugins. One that fails is told of in the browser's log, and the others go on. */
export async function extend(listed: ReturnType<typeof list>): Promise<void> {
  const { items } = (await listed).data
  const found = await Promise.all(
    items.map(async ({ name, script }) => {
      try {
        const { default: it } = (await import(/* @vite-ignore */ script)) as { default: Extension }
        return { name, it }
      } catch (err) {
        console.error(`The extension ${name} could not be loaded:`, err)
        return null
      }
    }),
  )
  state.all = found.filter((f) => f !== null)
}

const allowed = (it: { roles?: Role[] }) => !it.roles || may(...it.roles)
const known = (icon?: string): IconName => (icon && icon in icons ? (icon as IconName) : 'hook')

/** The pages of plugins, as nouns of the navigation. */
export function foreignNouns(): Noun[] {
  return state.all.flatMap(({ name, it }) =>
    (it.pages ?? []).map((page): Noun => {
      const path = `/x/${name}${page.path}`
      const load = async () => ({ default: (await import('./frame/ForeignPage.svelte')).default, props: { page } })
      return { name: `${name}${page.path}`, title: page.title, icon: known(page.icon), part: page.part ?? 'activity', place: page.place ?? 1000, roles: page.roles, hidden: page.hidden || path.includes(':'), routes: { [path]: load } }
    }),
  )
}

/** The tabs that plugins add to records of a kind. Their ids are no other tab's. */
export function foreignTabs(of: string): (ForeignTab & { tab: string })[] {
  return state.all.flatMap(({ name, it }) => (it.tabs ?? []).filter((t) => t.of === of && allowed(t)).map((t) => ({ ...t, tab: `x-${name}-${t.id}` })))
}

/** What plugins add to the palette. */
export function foreignCommands(): { title: string; icon: IconName; run: () => unknown }[] {
  return state.all.flatMap(({ it }) => (it.commands ?? []).filter(allowed).map((c) => ({ title: say(c.title), icon: known(c.icon), run: () => c.run(tools) })))
}
