/** One form: what it was, what it is now, and what the server says about it. */
import { tick, untrack } from 'svelte'
import { guard } from '../router.svelte'
import { confirm } from './confirm.svelte'
import { t } from './text'
import { toast } from './toast.svelte'

export interface Change {
  name: string
  label: string
  old: string
  new: string
}

export type Values = Record<string, unknown>

/** What a refusal must have to be shown at a field. */
interface Refusal {
  message: string
  /** What the server itself said, where message puts it into other words. */
  said?: string
  status: number
  field?: string
  /** Each field that is wrong, where there are several. */
  fields?: { [field: string]: string }
}

interface Options<T extends Values> {
  /** The values that it edits, undefined until they are known. */
  read: () => T | undefined
  /** Sends what changed; throws what the server refused. */
  write: (changed: Partial<T>, all: T) => Promise<unknown>
  /** What the fields are called. */
  labels: () => { [K in keyof T]: string }
  /** Whether it can be changed by who looks at it. */
  may?: () => boolean
  /** Reads the record again, once somebody else changed it. */
  reload?: () => Promise<unknown>
  /** Never shown in a diff. */
  secret?: (keyof T)[]
  /** How a value is told in a diff, where String does not do; or several changes of one field. */
  tell?: Partial<{ [K in keyof T]: (was: T[K], now: T[K], label: string) => Change[] }>
  /** How a change that was made here and one by somebody else go together; without it, this one wins. */
  merge?: Partial<{ [K in keyof T]: (was: T[K], mine: T[K], theirs: T[K]) => T[K] }>
  /** Whether all of it is sent: a form that makes something. */
  whole?: boolean
}

export class Form<T extends Values> {
  readonly id = `form-${++made}`
  values = $state<T>({} as T)
  errors = $state<Record<string, string>>({})
  /** What cannot even be read, such as half a JSON: it must be mended before a save. */
  blocked = $state<Record<string, string>>({})
  /** The texts that cannot be read, of fields that come and go with a tab. */
  texts: Record<string, string> = {}
  /** What is wrong with the form as a whole. */
  message = $state('')
  saving = $state(false)
  conflict = $state(false)
  /** How often it was put back: a field with a text of its own forgets it then. */
  turn = $state(0)
  private was = $state.raw<T>({} as T)
  private choices = new Map<string, () => { value: string; label: string }[]>()

  constructor(private options: Options<T>) {
    $effect.pre(() => {
      const next = options.read()
      if (next) untrack(() => this.take(next))
    })
    $effect(() => {
      if (!this.dirty) return
      return guard(() => confirm({ title: t('leave'), text: t('leaveText'), act: t('leaveAct') }))
    })
  }

  get may(): boolean {
    return this.options.may?.() ?? true
  }

  get labels(): { [K in keyof T]: string } {
    return this.options.labels()
  }

  /** The fields whose values are others than they were, or hold what cannot be read: leaving loses either. */
  get changed(): (keyof T & string)[] {
    return Object.keys(this.was).filter((k) => k in this.blocked || !same(this.was[k], this.values[k]))
  }

  get dirty(): boolean {
    return this.changed.length > 0
  }

  /** What the save bar shows: name, old, new. */
  get changes(): Change[] {
    return this.changed.flatMap((name) => {
      const label = this.labels[name] ?? name
      if (name in this.blocked) return [{ name, label, old: told(this.was[name]), new: t('unreadable') }]
      const tell = this.options.tell?.[name]
      if (tell) return tell(this.was[name], this.values[name] as T[typeof name], label)
      const secret = this.options.secret?.includes(name)
      return [{ name, label, old: secret ? '' : this.told(name, this.was[name]), new: secret ? '••••••' : this.told(name, this.values[name]) }]
    })
  }

  /** Says what a field offers, so that a diff tells a value as the field does. */
  offer(name: string, choices: () => { value: string; label: string }[]): void {
    this.choices.set(name, choices)
  }

  private told(name: string, value: unknown): string {
    return this.choices.get(name)?.().find((c) => c.value === value)?.label ?? told(value)
  }

  /** Takes what the server has now, and keeps what was changed here. */
  private take(next: T): void {
    const mine = new Set(this.changed)
    const was = $state.snapshot(next) as T
    const values = $state.snapshot(next) as T
    for (const k of mine) {
      if (!(k in next)) continue
      const here = $state.snapshot(this.values[k]) as T[typeof k]
      values[k] = this.options.merge?.[k]?.(this.was[k], here, was[k]) ?? here
    }
    this.was = was
    this.values = values
  }

  discard(): void {
    this.values = $state.snapshot(this.was) as T
    this.clear()
    this.blocked = {}
    this.texts = {}
    this.turn++
  }

  /** Begins anew, once what it was for is made or given up, with these values in place of those that are read. */
  begin(values?: T): void {
    this.was = $state.snapshot(values ?? this.options.read() ?? ({} as T)) as T
    this.discard()
  }

  private clear(): void {
    this.errors = {}
    this.message = ''
    this.conflict = false
  }

  /** Loads what somebody else made of it, and keeps what was changed here. */
  async rebase(): Promise<void> {
    await this.options.reload?.()
    this.clear()
  }

  /** Saves it; true is done. A refusal shows at its field, which gets the focus. */
  async save(): Promise<boolean> {
    const blocked = Object.keys(this.blocked).length > 0
    if (blocked) this.point(this.blocked)
    if (this.saving || blocked) return false
    this.clear()
    this.saving = true
    const all = $state.snapshot(this.values) as T
    const names = this.options.whole ? Object.keys(all) : this.changed
    try {
      await this.options.write(Object.fromEntries(names.map((k) => [k, sent(all[k])])) as Partial<T>, all)
      this.was = all
      if (!this.options.whole) toast(t('saved'))
      return true
    } catch (err) {
      this.refused(err as Refusal)
      return false
    } finally {
      this.saving = false
    }
  }

  private refused(err: Refusal): void {
    if (typeof err.status !== 'number') throw err
    if (err.status === 412 && this.options.reload) {
      this.conflict = true
      return
    }
    const names = Object.keys(this.values)
    const field = fieldOf(err, names)
    if (!field) {
      this.message = err.message
      return
    }
    const others = Object.entries(err.fields ?? {}).filter(([name]) => names.includes(name))
    this.refuse({ ...Object.fromEntries(others), [field]: err.message })
  }

  /** Refuses fields, as the server does: what is wrong stands at each, and the first has the focus. */
  refuse(wrong: { [field: string]: string }): void {
    this.clear()
    for (const [field, message] of Object.entries(wrong)) this.errors[field] = this.called(field, message)
    void tick().then(() => this.point(this.errors))
  }

  // A message may call its field as the API does: people know it by its label.
  private called(field: string, message: string): string {
    return message.replace(new RegExp(`^((?!The )[A-Z]\\w+ )?${field}\\b`), () => this.labels[field] ?? field)
  }

  // A fault that no field shows, for it is on another tab, is told by the form.
  private point(wrong: { [field: string]: string }): void {
    const at = (field: string) => document.getElementById(`${this.id}-${field}`)
    const told = Object.keys(wrong).filter((field) => document.getElementById(`${this.id}-${field}-error`) && at(field))
    const hidden = Object.keys(wrong).filter((field) => !told.includes(field))
    this.message = hidden.map((field) => `${this.labels[field] ?? field}: ${wrong[field]}`).join(' ')
    told.sort((a, b) => (at(a)!.compareDocumentPosition(at(b)!) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
    const first = told[0] && at(told[0])
    const editor = first && first.shadowRoot?.querySelector<HTMLElement>('[contenteditable]')
    ;(editor || first || undefined)?.focus()
  }
}

let made = 0

/**
 * The field that a refusal is about: the one that the server names, else the one whose
 * name stands in the message; '' is the form as a whole.
 */
export function fieldOf(err: Pick<Refusal, 'message' | 'said' | 'field'>, names: string[]): string {
  if (err.field && names.includes(err.field)) return err.field
  const said = (err.said ?? err.message).toLowerCase()
  const found = names.filter((name) => new RegExp(`\\b(${name.toLowerCase()}|${name.replace(/([A-Z])/g, ' $1').toLowerCase()})\\b`).test(said))
  return found.sort((a, b) => b.length - a.length)[0] ?? ''
}

// An empty text is none, and so is a row of a list in which nothing stands.
function sent(value: unknown): unknown {
  if (value === '') return null
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'string')) return value
  return value.map((v) => v.trim()).filter(Boolean)
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? '') === JSON.stringify(b ?? '')
}

/** A value in a few words. */
export function told(value: unknown): string {
  if (value === null || value === undefined || value === '') return t('empty')
  if (value === true) return t('yes')
  if (value === false) return t('no')
  if (Array.isArray(value)) return value.join(', ') || t('empty')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The changes of an object, one for each of its members. */
export function members(was: Values, now: Values, label: string): Change[] {
  return [...new Set([...Object.keys(was), ...Object.keys(now)])]
    .filter((k) => !same(was[k], now[k]))
    .map((k) => ({ name: `${label}.${k}`, label: `${label}.${k}`, old: k in was ? JSON.stringify(was[k]) : t('empty'), new: k in now ? JSON.stringify(now[k]) : t('empty') }))
}
