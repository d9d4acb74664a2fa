import type { Happening } from '../../kit/Timeline.svelte'
import type { IconName } from '../../kit/icons'
import { nouns } from '../../noun'
import { url } from '../../router.svelte'
import { texts } from '../../i18n.svelte'

/** One line of the audit log, as far as it is shown here. */
export interface Line {
  at: string
  actor: { kind: string; account: string; ip: string }
  action: string
  target: { kind: string; id: string; name: string }
  outcome: string
  reason: string
  note: Record<string, string>
}

const all = {
  en: {
    'auth.login': 'Signed in', 'auth.failure': 'Could not sign in', 'session.open': 'A session began', 'session.close': 'A session ended', 'console.open': 'Entered the console', 'console.close': 'Left the console',
    'account.create': 'An account was made', 'account.update': 'An account was changed', 'account.delete': 'An account was deleted', 'security.update': 'A password or what guards it was changed', 'account.endSessions': 'All sessions of an account were ended',
    'group.create': 'A group was made', 'group.update': 'A group was changed', 'group.delete': 'A group was deleted', 'directory.create': 'A directory was made', 'directory.update': 'A directory was changed', 'directory.delete': 'A directory was deleted',
    'application.create': 'An application was made', 'application.update': 'An application was changed', 'application.delete': 'An application was deleted', 'client.create': 'A client was made', 'client.update': 'A client was changed', 'client.delete': 'A client was deleted',
    'operator.create': 'Somebody became an operator', 'operator.update': 'An operator has another role', 'operator.delete': 'Somebody is no operator any more', 'mail.failed': 'A mail could not be delivered', 'signingKey.create': 'A signing key was made',
    'grant.create': 'A client was given access', 'grant.end': 'A client lost its access', 'apiKey.create': 'An API key was made', 'apiKey.update': 'An API key was changed', 'apiKey.delete': 'An API key was deleted', 'groupMembership.create': 'Somebody came into a group', 'groupMembership.delete': 'Somebody left a group', 'organization.create': 'An organization was made', 'organization.update': 'An organization was changed', 'organization.delete': 'An organization was deleted', 'tenant.update': 'The tenant was changed', 'account.resetRequest': 'A mail to set a password was asked for', 'account.reset': 'A password was set by a mail', 'account.verify': 'An address was confirmed',
    machine: 'by the machine itself', key: 'by an API key', system: 'by itself', unknown: 'of nobody known',
  },
  de: {
    'auth.login': 'Angemeldet', 'auth.failure': 'Anmeldung abgelehnt', 'session.open': 'Eine Sitzung begann', 'session.close': 'Eine Sitzung endete', 'console.open': 'Konsole betreten', 'console.close': 'Konsole verlassen',
    'account.create': 'Ein Konto wurde angelegt', 'account.update': 'Ein Konto wurde geändert', 'account.delete': 'Ein Konto wurde gelöscht', 'security.update': 'Ein Passwort oder dessen Schutz wurde geändert', 'account.endSessions': 'Alle Sitzungen eines Kontos wurden beendet',
    'group.create': 'Eine Gruppe wurde angelegt', 'group.update': 'Eine Gruppe wurde geändert', 'group.delete': 'Eine Gruppe wurde gelöscht', 'directory.create': 'Ein Verzeichnis wurde angelegt', 'directory.update': 'Ein Verzeichnis wurde geändert', 'directory.delete': 'Ein Verzeichnis wurde gelöscht',
    'application.create': 'Eine Anwendung wurde angelegt', 'application.update': 'Eine Anwendung wurde geändert', 'application.delete': 'Eine Anwendung wurde gelöscht', 'client.create': 'Ein Client wurde angelegt', 'client.update': 'Ein Client wurde geändert', 'client.delete': 'Ein Client wurde gelöscht',
    'operator.create': 'Jemand wurde Betreiber', 'operator.update': 'Ein Betreiber hat eine andere Rolle', 'operator.delete': 'Jemand ist kein Betreiber mehr', 'mail.failed': 'Eine Mail war nicht zustellbar', 'signingKey.create': 'Ein Signierschlüssel wurde erzeugt',
    'grant.create': 'Ein Client erhielt Zugang', 'grant.end': 'Ein Client verlor seinen Zugang', 'apiKey.create': 'Ein API-Schlüssel wurde angelegt', 'apiKey.update': 'Ein API-Schlüssel wurde geändert', 'apiKey.delete': 'Ein API-Schlüssel wurde gelöscht', 'groupMembership.create': 'Jemand kam in eine Gruppe', 'groupMembership.delete': 'Jemand verließ eine Gruppe', 'organization.create': 'Eine Organisation wurde angelegt', 'organization.update': 'Eine Organisation wurde geändert', 'organization.delete': 'Eine Organisation wurde gelöscht', 'tenant.update': 'Der Mandant wurde geändert', 'account.resetRequest': 'Eine Mail für ein neues Passwort wurde verlangt', 'account.reset': 'Ein Passwort wurde durch eine Mail gesetzt', 'account.verify': 'Eine Adresse wurde bestätigt',
    machine: 'durch den Rechner selbst', key: 'durch einen API-Schlüssel', system: 'von selbst', unknown: 'niemand Bekanntes',
  },
}

const t = texts(all)

/** What an action is called; one that has no words, by its name. */
const words = (key: string): string => (key in all.en ? t(key as keyof typeof all.en) : key)

function icon(l: Line): IconName {
  if (l.outcome === 'failure') return 'x'
  if (/^(auth|session|console)\./.test(l.action)) return 'check'
  return nouns.find((n) => n.name === l.target.kind)?.icon ?? 'edit'
}

const pages = new Set(['accounts', 'groups', 'directories', 'organizations', 'applications'])

/** A line of the log as a timeline shows it; name is what an account is called. */
export function happening(l: Line, name: (id: string) => string): Happening {
  const meta: Happening['meta'] = []
  const person = l.target.kind === 'accounts' ? l.target.id : l.note.account
  const deleted = l.action.endsWith('.delete')
  if (person) meta.push({ text: l.target.name || name(person), href: deleted ? undefined : url(`/accounts/${person}`) })
  else if (l.action === 'auth.failure') meta.push({ text: words('unknown') })
  else if (l.target.name) meta.push({ text: l.target.name, href: pages.has(l.target.kind) && !deleted ? url(`/${l.target.kind}/${l.target.id}`) : undefined })
  if (l.actor.account && l.actor.account !== person) meta.push({ text: name(l.actor.account), href: url(`/accounts/${l.actor.account}`) })
  else if (['machine', 'key', 'system'].includes(l.actor.kind)) meta.push({ text: words(l.actor.kind) })
  if (l.actor.ip) meta.push({ text: l.actor.ip, code: true })
  return { at: l.at, kind: l.outcome === 'failure' ? 'bad' : l.action === 'auth.login' ? 'ok' : undefined, icon: icon(l), text: words(l.action), meta, why: l.outcome === 'failure' && l.reason ? l.reason : undefined }
}
