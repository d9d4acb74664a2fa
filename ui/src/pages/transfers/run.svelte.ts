import { call, post } from '../../api/client'
import { ApiError } from '../../api/error'
import { FileFault, recordsOf, Splitter, type FileRecord } from './records'

/** How a file is to be imported, as the server takes it. */
export interface Plan {
  directory: string
  comma: string
  columns: string[]
  names: Record<string, string>
  onConflict: string
}

interface Report {
  made: number
  changed: number
  same: number
  skipped: number
  refused: { line: number; what: string; why: string }[]
}

/** Why a record was refused. */
export interface Failure {
  number: number
  what: string
  why: string
}

/** Bytes of a batch, nearly; and how many records it begins with and may have. */
const most = { bytes: 192 << 10, first: 50, records: 1000, failures: 100_000 }

/** What passes by itself: no connection, a server that starts anew, too much at once. */
const passing = (err: ApiError) => err.offline || [429, 502, 503, 504].includes(err.status)

/**
 * An import, or the rehearsal of one, that sends a file batch by batch. A batch that did not
 * arrive is sent again: what is there already is not made twice.
 */
export class Run {
  state = $state<'running' | 'stopping' | 'stopped' | 'broken' | 'done'>('running')
  done = $state(0)
  made = $state(0)
  changed = $state(0)
  there = $state(0)
  failures = $state.raw<Failure[]>([])
  failed = $state(0)
  /** What it waits for, where a batch did not arrive. */
  waits = $state.raw<Error>()
  error = $state.raw<Error>()
  private busy = $state(0) // milliseconds in which batches were done
  private id = ''
  private records: AsyncGenerator<FileRecord[]>
  private rest: FileRecord[] = []
  private batch: FileRecord[] = []
  private head: boolean
  private size = most.first
  private wake = () => {}

  constructor(file: Blob, private plan: Plan, readonly dry: boolean, readonly total: number) {
    this.records = recordsOf(file, new Splitter())
    this.head = plan.comma !== ''
    void this.go()
  }

  get running(): boolean {
    return this.state === 'running' || this.state === 'stopping'
  }

  /** Records a second, and how many seconds the rest takes; 0 while nobody knows. */
  get rate(): number {
    return this.busy > 0 ? (this.done * 1000) / this.busy : 0
  }

  get left(): number {
    return this.rate > 0 ? (this.total - this.done) / this.rate : 0
  }

  /** Ends it after the batch under way: what is done stays. */
  stop(): void {
    if (!this.running) return
    this.state = 'stopping'
    this.wake()
  }

  /** Goes on where it broke off or was stopped. */
  resume(): void {
    this.error = undefined
    this.state = 'running'
    void this.go()
  }

  private get stopping(): boolean {
    return this.state === 'stopping'
  }

  private async go(): Promise<void> {
    try {
      if (!this.id) await this.begin()
      while (!this.stopping && (await this.next())) await this.send()
      this.state = this.stopping && this.done < this.total ? 'stopped' : 'done'
      if (this.state === 'done') await this.end()
    } catch (err) {
      this.error = this.stopping ? undefined : (err as Error)
      this.state = this.stopping ? 'stopped' : 'broken'
    }
    this.waits = undefined
  }

  private async begin(): Promise<void> {
    this.id = (await this.patient(() => post<{ id: string }>('/console/api/imports', { ...this.plan, dryRun: this.dry }))).data.id
  }

  private end(): Promise<unknown> {
    return call('DELETE', `/console/api/imports/${this.id}`).catch(() => {}) // what is left the server ends by itself
  }

  // The next batch, unless one is still to be sent again.
  private async next(): Promise<boolean> {
    if (this.batch.length > 0) return true
    while (this.rest.length < this.size) {
      const { done, value } = await this.records.next()
      if (done) break
      this.rest = this.rest.concat(this.head ? value.slice(1) : value)
      this.head = false
    }
    let n = 0
    for (let bytes = 0; n < this.rest.length && n < this.size; n++) {
      bytes += this.rest[n]!.text.length
      if (n > 0 && bytes > most.bytes) break
    }
    this.batch = this.rest.slice(0, n)
    this.rest = this.rest.slice(n)
    return n > 0
  }

  private async send(): Promise<void> {
    const { batch } = this
    const began = performance.now()
    const report = await this.sent()
    const took = performance.now() - began
    this.batch = []
    this.busy += took
    if (took < 400) this.size = Math.min(most.records, this.size * 2)
    else if (took > 1500) this.size = Math.max(10, this.size >> 1)
    this.done += batch.length
    this.made += report.made
    this.changed += report.changed
    this.there += report.same + report.skipped
    this.failed += report.refused.length
    const more = report.refused.map((r) => ({ number: batch[r.line]!.number, what: r.what, why: r.why })).sort((a, b) => a.number - b.number)
    if (more.length && this.failures.length < most.failures) this.failures = this.failures.concat(more)
  }

  // A server that began anew does not know the import: it is begun again, but a rehearsal
  // has lost what it knew.
  private async sent(): Promise<Report> {
    const body = { records: this.batch.map((r) => r.text) }
    const one = () => post<Report>(`/console/api/imports/${this.id}`, body)
    try {
      return (await this.patient(one)).data
    } catch (err) {
      if (!(err instanceof ApiError) || err.status !== 404 || this.dry) throw err
      await this.begin()
      return (await this.patient(one)).data
    }
  }

  private async patient<T>(send: () => Promise<T>): Promise<T> {
    for (let pause = 1000; ; pause = Math.min(30_000, pause * 2)) {
      try {
        const answer = await send()
        this.waits = undefined
        return answer
      } catch (err) {
        if (!(err instanceof ApiError) || !passing(err) || this.stopping) throw err
        this.waits = err
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause)
        this.wake = () => (clearTimeout(timer), resolve())
      })
      if (this.stopping) throw this.waits
    }
  }
}

/** A file that was looked through: how many records it has, and the first of them. */
export interface Looked {
  file: File
  kind: 'table' | 'lines' | 'array'
  total: number
  first: string[]
}

/** Looks through a file; throws a FileFault where it cannot be read. tell hears of how much was. */
export async function look(file: File, tell: (records: number) => boolean): Promise<Looked | null> {
  const split = new Splitter()
  const first: string[] = []
  let total = 0
  for await (const some of recordsOf(file, split)) {
    for (const r of some) if (first.length < 20) first.push(r.text)
    total += some.length
    if (!tell(total)) return null
  }
  const kind = split.kind ?? 'table'
  if (kind === 'table') total--
  if (total <= 0) throw new FileFault('empty')
  return { file, kind, total, first }
}
