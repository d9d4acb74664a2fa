import { wordsOf } from './refusals'
import { told } from './said'
import { t } from './text'

/** What the server says when it refuses (apis/errors.go), or that it did not answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    /** What the server said, in English: message is what a person reads. */
    readonly said: string,
    /** A name of the refusal that programs go by: not_signed_in, step_up. */
    readonly reason = '',
    /** The member of the body that the message is about, where the server names one. */
    readonly field = '',
    readonly requestId = '',
    /** What is wrong with each member. */
    readonly fields: { [field: string]: string } = {},
    /** How many characters a password needs, of the kind that it lacks. */
    need = 0,
  ) {
    super(wordsOf({ status, reason, field, message: said, need }))
  }

  /** The server could not be reached at all. */
  get offline(): boolean {
    return this.status === 0
  }
}

/** Reads an answer of 400 and above, whatever made it. */
export async function errorOf(res: Response): Promise<ApiError> {
  const id = res.headers.get('Stormpath-Request-Id') ?? ''
  try {
    const b = (await res.json()) as Record<string, unknown>
    const need = Number(b.need ?? 0)
    const fields = Object.fromEntries(Object.entries((b.fields ?? {}) as Record<string, string>).map(([name, text]) => [name, told(text, need) ?? text]))
    return new ApiError(res.status, Number(b.code ?? res.status), String(b.message ?? res.statusText), String(b.error ?? ''), String(b.field ?? ''), String(b.requestId ?? id), fields, need)
  } catch {
    return new ApiError(res.status, res.status, t('answered', { text: `${res.status} ${res.statusText}`.trim() }), '', '', id)
  }
}
