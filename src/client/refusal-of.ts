import type { Problem } from '../protocol/index.ts'
import { RowlockError } from './rowlock-error.ts'

type Body = Partial<Problem>

/**
 * Reads an answer that is no success. An answer without a code did not come from Rowlock but
 * from something in between: then it is `no_answer` with that status.
 */
export function refusalOf(
  response: Response,
  text: string,
  idempotencyKey: string | null,
): RowlockError {
  const body = parse(text)
  const facts = {
    status: response.status,
    requestId: body.requestId ?? response.headers.get('x-request-id'),
    idempotencyKey,
  }
  if (typeof body.code !== 'string') {
    const message = `Answered with status ${response.status}, but not by a Rowlock server.`
    return new RowlockError({ ...facts, code: 'no_answer', message })
  }
  const { detail, seats, mistakes, limit, factors, booking } = body
  const retryAfterSeconds = retryAfterMs(response) / 1000
  return new RowlockError({
    ...facts,
    code: body.code as RowlockError['code'],
    message: detail ?? body.title ?? body.code,
    details: {
      ...(detail !== undefined && { detail }),
      ...(seats !== undefined && { seats: seats as NonNullable<RowlockError['details']['seats']> }),
      ...(mistakes !== undefined && { mistakes }),
      ...(limit !== undefined && { limit }),
      ...(factors !== undefined && { factors }),
      ...(booking !== undefined && { booking }),
      ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
    },
  })
}

function parse(text: string): Body {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}

/** `Retry-After` in milliseconds: seconds, or a date; 0 without one. */
export function retryAfterMs(response: Response): number {
  const value = response.headers.get('retry-after')
  if (value === null) return 0
  const seconds = Number(value)
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000
  return Math.max(0, ms) || 0
}

/** True when the same request may be answered otherwise a little later. */
export function isRetryable(status: number): boolean {
  return [0, 408, 429, 502, 503, 504].includes(status)
}
