import type { onRequestHookHandler } from 'fastify'
import { type Authenticate, type Identity, mayCall, type Operation } from '../auth/index.ts'
import { LIMITS, Refusal } from '../protocol/index.ts'

const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/**
 * The first step of every operation, before its body is read: who asks, whether they may, and
 * under which key. One function per route, so that a request looks nothing up.
 */
export function guard(
  operation: Operation,
  isWrite: boolean,
  authenticate: Authenticate,
): onRequestHookHandler {
  return (request, reply, done) => {
    reply.header('x-request-id', request.id)
    // Answers speak of what somebody holds or bought. Reads that may be kept say so themselves.
    reply.header('cache-control', 'no-store')
    const identity = authenticate(request.headers.authorization)
    if (identity === null) {
      reply.header('www-authenticate', 'Bearer realm="rowlock", error="invalid_token"')
      return done(new Refusal('unauthenticated', { detail: 'The key that was sent is not known.' }))
    }
    if (!mayCall(identity, operation)) {
      reply.header('www-authenticate', 'Bearer realm="rowlock"')
      return done(
        new Refusal('unauthenticated', { detail: 'Send Authorization: Bearer <operator key>.' }),
      )
    }
    request.identity = identity
    const key = isWrite ? request.headers['idempotency-key'] : undefined
    request.idempotencyKey = key === undefined ? null : String(key)
    done(key === undefined ? undefined : keyRefusal(String(key), identity))
  }
}

/**
 * Anonymous callers share one scope, so a key of theirs must be one that nobody else comes upon:
 * it would be given the other's answer.
 */
function keyRefusal(key: string, identity: Identity): Refusal | undefined {
  const min = identity.role === 'anonymous' ? LIMITS.idempotencyKeyLengthMinAnonymous : 1
  const max = LIMITS.idempotencyKeyLengthMax
  if (key.length >= min && key.length <= max && VISIBLE_ASCII.test(key)) return undefined
  const detail = `It must be ${min} to ${max} visible ASCII characters, such as a UUID.`
  return new Refusal('idempotency_key_invalid', { detail })
}
