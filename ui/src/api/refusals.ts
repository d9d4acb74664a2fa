import { language, number } from '../i18n.svelte'
import { told } from './said'

/** A refusal as the server says it. */
interface Refusal {
  status: number
  /** Its name, such as "taken" (core/errors.go). */
  reason: string
  field: string
  /** What the server says, in English. */
  message: string
  /** How many characters a password needs, of the kind that it lacks. */
  need?: number
}

// What the server says in these cases is no more than the name of the case; {n} is the
// number in it. A name behind a member's goes before the name alone.
const plain: Record<string, string> = {
  required: 'Hier fehlt eine Angabe.',
  taken: 'Das ist schon vergeben.',
  'email taken': 'Ein anderes Konto hat schon diese E-Mail-Adresse.',
  'username taken': 'Ein anderes Konto hat schon diesen Benutzernamen.',
  'name taken': 'Diesen Namen gibt es schon.',
  'nameKey taken': 'Dieses Kürzel gibt es schon.',
  directory_taken: 'Ein Verzeichnis mit diesem Namen gibt es schon.',
  organization_directory_taken: 'Ein Verzeichnis mit diesem Namen gibt es schon.',
  already_mapped: 'Dieser Kontenspeicher ist schon hinzugefügt.',
  organization_already_mapped: 'Dieser Kontenspeicher ist schon hinzugefügt.',
  'email invalid_format': 'Das ist keine E-Mail-Adresse.',
  bad_encoding: 'Das ist kein gültiger Text in UTF-8.',
  'password too_short': 'Das Passwort ist zu kurz.',
  'password too_long': 'Das Passwort ist zu lang.',
  too_short: 'Das ist zu kurz: mindestens {n} Zeichen.',
  too_long: 'Das ist zu lang: höchstens {n} Zeichen.',
  password_reused: 'Dieses Passwort wurde schon einmal benutzt.',
  domain_blacklisted: 'Adressen dieser Domain nimmt das Verzeichnis nicht an.',
  domain_not_whitelisted: 'Adressen dieser Domain nimmt das Verzeichnis nicht an.',
  same_address: 'Das Konto hat diese Adresse schon.',
  custom_empty: 'Ein Feld der eigenen Daten braucht einen Namen.',
  custom_long: 'Ein Feldname der eigenen Daten hat höchstens 255 Zeichen.',
  custom_size: 'Das ist zu viel: eigene Daten haben höchstens 10 MB.',
  not_found: 'Das gibt es nicht, oder nicht mehr.',
  forbidden: 'Die eigene Rolle erlaubt das nicht.',
  stale: 'Jemand anderes hat dies inzwischen geändert.',
  unauthenticated: 'Dafür ist eine Anmeldung nötig.',
  internal: 'Auf dem Server ist etwas schiefgegangen. Sein Protokoll sagt, was.',
  too_large: 'Das ist zu groß für eine Anfrage.',
  store_full: 'Der Datenträger des Servers ist voll.',
  closing: 'Der Server wird gerade beendet. Bitte gleich noch einmal.',
  rate_limited: 'Zu viele Anfragen auf einmal. Bitte gleich noch einmal.',
  last_owner: 'Der letzte aktive Eigentümer des Mandanten muss bleiben.',
  owner_account: 'Das Konto des Eigentümers lässt sich nicht löschen.',
  owner_status: 'Der Status des Eigentümerkontos lässt sich nicht ändern.',
  protected: 'Das gehört zur Verwaltung selbst und bleibt, wie es ist.',
  linked: 'Diese Konten sind schon verknüpft.',
  link_to_itself: 'Ein Konto lässt sich nicht mit sich selbst verknüpfen.',
  link_same_directory: 'Beide Konten liegen im selben Verzeichnis.',
  too_many_mails: 'Innerhalb einer Stunde sind keine weiteren E-Mails dorthin möglich.',
}

// Here the server knows more than the name of the case: its words stay behind ours.
const more: Record<string, string> = {
  invalid_value: 'Dieser Wert ist hier nicht möglich.',
  unsupported_value: 'Dieser Wert ist hier nicht vorgesehen.',
  invalid_format: 'Diese Form stimmt nicht.',
  invalid_reference: 'Worauf das verweist, gibt es nicht.',
  wrong_type: 'Dieser Wert ist von falscher Art.',
  below_min: 'Dieser Wert ist zu klein.',
  above_max: 'Dieser Wert ist zu groß.',
  out_of_range: 'Dieser Wert ist außerhalb der Grenzen.',
  custom_reserved: 'Dieser Name ist dem Server vorbehalten.',
  custom_chars: 'Ein Feldname der eigenen Daten hat unerlaubte Zeichen.',
  not_allowed: 'Das ist hier nicht vorgesehen.',
  smtp_unreachable: 'Der Mailserver ist nicht erreichbar.',
  smtp_auth: 'Der Mailserver lehnt die Anmeldung ab.',
  smtp_security: 'Die Verbindung zum Mailserver ist nicht wie verlangt verschlüsselt.',
  invalid_template: 'Diese Vorlage ist fehlerhaft.',
  template_without_link: 'In dieser Vorlage fehlt der Link.',
  busy: 'Das geht gerade nicht.',
}

/** What a refusal says to a person: of wrong input what is asked for; of the rest in English, and where there are no words for it, what the server says. */
export function wordsOf({ status, reason, field, message, need }: Refusal): string {
  const input = status === 0 ? message : told(message, need)
  if (input || language() !== 'de') return input ?? message
  const said = plain[`${field} ${reason}`] ?? plain[reason]
  const n = /\d+/.exec(message)?.[0]
  if (said && (n || !said.includes('{n}'))) return said.replace('{n}', number(Number(n)))
  return more[reason] ? `${more[reason]} Der Server sagt: „${message}“` : message
}
