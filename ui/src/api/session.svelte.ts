/** Who is signed in to the console, and how someone signs in again without leaving. */
import { call, get } from './client'
import { ApiError } from './error'

export type Role = 'owner' | 'admin' | 'support' | 'auditor'

export interface Me {
  account: { href: string; id: string; email: string; username: string; givenName: string | null; surname: string | null; fullName: string }
  role: Role
  tenant: { href: string; id: string; name: string; key: string }
  session: { expiresAt: string; idleExpiresAt: string; authenticatedAt: string; freshUntil: string }
  version: string
  locale: string | null
  issuer: string
  /** The tenant is the server's first: its operators see what is about the whole server. */
  whole: boolean
  /** The kinds of records that the server has: plugins bring some. */
  kinds: string[]
}

export const session = $state<{ me: Me | null; asks: null | { fresh: boolean } }>({ me: null, asks: null })

/** Who is signed in. Only pages inside the frame ask, where somebody is. */
export function me(): Me {
  if (!session.me) throw new Error('nobody is signed in')
  return session.me
}

/** Whether the role of who is signed in is one of these. */
export function may(...roles: Role[]): boolean {
  return session.me !== null && roles.includes(session.me.role)
}

/** The path of a list of the tenant: accounts, groups, directories, applications. */
export function ofTenant(name: string): string {
  return `/v1/tenants/${me().tenant.id}/${name}`
}

/** Finds out who is signed in; sends the browser to the sign-in where nobody is. */
export async function begin(): Promise<void> {
  try {
    session.me = (await get<Me>('/console/api/me', { quiet: true })).data
  } catch (err) {
    if (!(err instanceof ApiError) || err.status !== 401) throw err
    location.assign(loginURL(location.pathname + location.search))
    await new Promise(() => {})
  }
}

/** Where someone signs in, and comes back to next. */
export function loginURL(next: string, fresh = false): string {
  return `/console/login?next=${encodeURIComponent(next)}${fresh ? '&fresh=1' : ''}`
}

let waiting: Promise<boolean> | null = null
let settle: ((signedIn: boolean) => void) | null = null

/**
 * Shows the sign-in dialog and waits: true is that somebody is signed in again, as
 * who it was. All requests that need it wait for the same dialog.
 */
export function signIn(fresh: boolean): Promise<boolean> {
  waiting ??= new Promise<boolean>((resolve) => {
    session.asks = { fresh }
    settle = resolve
  })
  return waiting
}

/** Looks whether the sign-in has happened, and lets those that wait go on. */
export async function signedIn(): Promise<void> {
  if (!session.asks) return
  try {
    const now = (await get<Me>('/console/api/me', { quiet: true })).data
    if (session.asks.fresh && Date.parse(now.session.freshUntil) < Date.now()) return
    if (session.me && now.account.id !== session.me.account.id) {
      location.reload() // what is on the screen is another person's
      return
    }
    session.me = now
    done(true)
  } catch {
    // Not yet: the window is still open.
  }
}

/** Ends the waiting: what needed the sign-in fails where it is false. */
export function done(ok: boolean): void {
  settle?.(ok)
  session.asks = null
  settle = waiting = null
}

/** Signs out, here and where the session came from. */
export async function signOut(): Promise<void> {
  await call('POST', '/console/api/logout', { body: {}, quiet: true }).catch(() => {})
  location.assign('/console/')
}
