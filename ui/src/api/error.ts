import { wordsOf } from './refusals'

/** What the server says when it refuses (apis/errors.go), or that it did not answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    /** What the server said, in English: message is what a person reads. */
    readonly said: string,
    /** A name of the refusal that programs go by: not_signed_in, step_up. */
    readonly reason = '',
    /** The member of the body that is at fault, where the server names one. */
    readonly field = '',
    readonly requestId = '',
  ) {
    super(wordsOf({ status, reason, field, message: said }))
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
    return new ApiError(res.status, Number(b.code ?? res.status), String(b.message ?? res.statusText), String(b.error ?? ''), String(b.field ?? ''), String(b.requestId ?? id))
  } catch {
    return new ApiError(res.status, res.status, res.statusText || `HTTP ${res.status}`, '', '', id)
  }
}
