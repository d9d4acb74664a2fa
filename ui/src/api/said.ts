/** What the server says of wrong input, in the reader's words: its own name members of the API, in English. */
import { texts } from '../i18n.svelte'

const t = texts({
  en: {
    required: 'This is needed.', taken: 'This is taken already. Please choose another.', tooLong: 'At most {n} characters.', atLeast: 'At least {n}.', atMost: 'At most {n}.', between: 'From {n} to {to}.', wrongType: 'This is not of the kind that belongs here.',
    noEmail: 'This is no e-mail address.', noHttps: 'This must be a whole address that begins with https://.', noURI: 'This must be a whole address, such as https://shop.example.com/callback.', noOrigin: 'An origin is scheme, host and port, without a path: https://shop.example.com.', noColour: 'A colour is written as #rrggbb, such as {text}.', noDomain: '{text} is no domain.', noPath: 'A path has one to four segments of letters and digits, such as /auth.', serverPath: 'Below {text} is the server itself.', noScope: 'A scope has 1 to 100 characters, without a space, a quote or a backslash.',
    short: { one: 'At least {n} character.', other: 'At least {n} characters.' }, lower: { one: 'At least {n} small letter.', other: 'At least {n} small letters.' }, upper: { one: 'At least {n} capital.', other: 'At least {n} capitals.' }, digits: { one: 'At least {n} digit.', other: 'At least {n} digits.' }, symbols: { one: 'At least {n} symbol.', other: 'At least {n} symbols.' }, marks: { one: 'At least {n} letter with a mark.', other: 'At least {n} letters with marks.' },
    numeric: 'Not of digits alone.', common: 'This password is among those that are tried first.', similar: 'This is too much like the name or the address of the account.',
  },
  de: {
    required: 'Dies wird gebraucht.', taken: 'Dies ist schon vergeben. Bitte etwas anderes wählen.', tooLong: 'Höchstens {n} Zeichen.', atLeast: 'Mindestens {n}.', atMost: 'Höchstens {n}.', between: 'Von {n} bis {to}.', wrongType: 'Das ist nicht von der Art, die hierher gehört.',
    noEmail: 'Das ist keine E-Mail-Adresse.', noHttps: 'Dies muss eine ganze Adresse sein, die mit https:// beginnt.', noURI: 'Dies muss eine ganze Adresse sein, etwa https://shop.example.com/callback.', noOrigin: 'Ein Ursprung ist Schema, Rechner und Port, ohne Pfad: https://shop.example.com.', noColour: 'Eine Farbe schreibt sich als #rrggbb, etwa {text}.', noDomain: '{text} ist keine Domain.', noPath: 'Ein Pfad hat einen bis vier Abschnitte aus Buchstaben und Ziffern, etwa /auth.', serverPath: 'Unter {text} ist der Server selbst.', noScope: 'Ein Scope hat 1 bis 100 Zeichen, ohne Leerzeichen, Anführungszeichen und umgekehrten Schrägstrich.',
    short: { one: 'Mindestens {n} Zeichen.', other: 'Mindestens {n} Zeichen.' }, lower: { one: 'Mindestens {n} Kleinbuchstabe.', other: 'Mindestens {n} Kleinbuchstaben.' }, upper: { one: 'Mindestens {n} Großbuchstabe.', other: 'Mindestens {n} Großbuchstaben.' }, digits: { one: 'Mindestens {n} Ziffer.', other: 'Mindestens {n} Ziffern.' }, symbols: { one: 'Mindestens {n} Sonderzeichen.', other: 'Mindestens {n} Sonderzeichen.' }, marks: { one: 'Mindestens {n} Buchstabe mit Akzent.', other: 'Mindestens {n} Buchstaben mit Akzent.' },
    numeric: 'Nicht aus Ziffern allein.', common: 'Dieses Passwort gehört zu denen, die zuerst probiert werden.', similar: 'Dies ähnelt zu sehr dem Namen oder der Adresse des Kontos.',
  },
})

type Key = Parameters<typeof t>[0]

/** What a message begins with that has words here; n, to and text are what it names. */
const known: [RegExp, Key][] = [
  [/ is required; it cannot be null, empty, or blank\.$/, 'required'],
  [/^\S+ with that \S+ already exists\.|^Another \S+ has that \S+\.$/, 'taken'],
  [/ maximum length is (?<n>\d+) characters\.$/, 'tooLong'],
  [/ must be at least (?<n>\d+)\.$/, 'atLeast'],
  [/ must be at most (?<n>\d+)( hours)?\.$/, 'atMost'],
  [/ must be (?<n>\d+) to (?<to>\d+)\.$/, 'between'],
  [/^\S+ \S+ is of the wrong type\.$/, 'wrongType'],
  [/email address is in an invalid format\.$| must be an e-mail address\.$/, 'noEmail'],
  [/ must be a URL of https\.$|it must begin with https:\/\/\.$/, 'noHttps'],
  [/ is an absolute URI\.$/, 'noURI'],
  [/ is an origin: scheme, host and port, without a path\.$/, 'noOrigin'],
  [/ must look like (?<text>#\w+)\.$/, 'noColour'],
  [/ has an entry that is no domain: "(?<text>.*)"\.$/, 'noDomain'],
  [/ path must look like \/auth: /, 'noPath'],
  [/ path begins with (?<text>\S+), where the server itself is\.$/, 'serverPath'],
  [/ a scope has 1 to 100 printable ASCII characters/, 'noScope'],
  [/^Account password minimum length not satisfied\.$/, 'short'],
  [/^Account password exceeded the maximum length\.$/, 'tooLong'],
  [/^Password requires at least (?<n>\d+) lowercase /, 'lower'],
  [/^Password requires at least (?<n>\d+) uppercase /, 'upper'],
  [/^Password requires at least (?<n>\d+) numeric /, 'digits'],
  [/^Password requires at least (?<n>\d+) symbol /, 'symbols'],
  [/^Password requires at least (?<n>\d+) diacritic /, 'marks'],
  [/^Account password is entirely numeric\.$/, 'numeric'],
  [/^Account password is too common: /, 'common'],
  [/^Account password is too similar to /, 'similar'],
]

// Their messages do not say the number.
const counted = new Set<Key>(['short', 'tooLong'])

/** A message in the reader's words, undefined where there are none; need is what the server asks for of a kind. */
export function told(message: string, need = 0): string | undefined {
  for (const [form, key] of known) {
    const found = form.exec(message)
    if (!found) continue
    if (!found.groups && !need && counted.has(key)) return undefined
    const { n = need, to = 0, text = '' } = found.groups ?? {}
    return t(key, { n: Number(n), to: Number(to), text })
  }
  return undefined
}
