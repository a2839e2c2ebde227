import type { ApiOperation } from './api-under-fuzz.ts'

/** A request as it goes over the wire, and what is known of it beforehand. */
export interface FuzzRequest {
  readonly seed: string
  /** Null where the address was bent, so that another operation, or none, may answer. */
  readonly operation: ApiOperation | null
  readonly role: string
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer | null
  /** True when the body is one that the document allows; null without a body, or when in doubt. */
  readonly isBodyDocumented: boolean | null
  /** Bent below the level of operations: what every address answers may come, too. */
  readonly isOdd: boolean
}

/** The bytes of a request. Header values may hold anything, one byte for each character. */
export function bytesOf({ method, target, headers, body }: FuzzRequest): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  const head = [`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n')
  const start = Buffer.from(head, 'latin1')
  return body === null ? start : Buffer.concat([start, body])
}

const SHOWN_MAX = 4_000

/**
 * Writes what somebody needs to send it again: everything, or the beginning of what is too long.
 */
export function describeRequest(request: FuzzRequest): string {
  const text = JSON.stringify(bytesOf(request).toString('latin1'))
  const shown = text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}… (${text.length})` : text
  const about = request.operation?.id ?? 'any address'
  return `seed ${request.seed}, as ${request.role}, ${about}: ${shown}`
}
