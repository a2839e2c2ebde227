import { hash } from 'node:crypto'
import { hexToUuid, newTimedUuid } from '../protocol/index.ts'
import type { WriteRequest } from './caller.ts'

/** The request id that the kernel knows a write by, and what tells whether it is the same write. */
export interface RequestIdentity {
  readonly requestId: string
  readonly fingerprint: string
  /** True when the client can send it again under its own key. */
  readonly isKeyed: boolean
}

/**
 * The identity of a write. A key belongs to its caller's scope, so it is hashed together with it;
 * the operation, its path and its body make the fingerprint. Without a key they are new: a repeat
 * is another write.
 */
export function identifyWrite(
  request: WriteRequest,
  operation: string,
  path: readonly string[],
  body: unknown,
): RequestIdentity {
  const isKeyed = request.idempotencyKey !== null
  return identityWith(request, isKeyed ? fingerprint([operation, ...path, body]) : null)
}

/** The identity of a write whose fingerprint was made elsewhere; null for one without a key. */
export function identityWith(request: WriteRequest, print: string | null): RequestIdentity {
  if (request.idempotencyKey === null || print === null) {
    const requestId = newTimedUuid()
    return { requestId, fingerprint: requestId, isKeyed: false }
  }
  const requestId = toUuid(JSON.stringify([request.caller.scope, request.idempotencyKey]))
  return { requestId, fingerprint: print, isKeyed: true }
}

/** A fingerprint of any JSON value; the order of an object's fields does not matter. */
export function fingerprint(value: unknown): string {
  return toUuid(JSON.stringify(value, sortFields))
}

function sortFields(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [two]) => (one < two ? -1 : 1)))
}

/** The first 128 bits of a SHA-256, in the form that PostgreSQL stores in 16 bytes. */
function toUuid(text: string): string {
  return hexToUuid(hash('sha256', text))
}
