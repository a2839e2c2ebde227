/**
 * The first step of every operation, before its body is read: who asks, whether that is too often,
 * whether a page of ours asked for it, whether they may, and under which key. In that order.
 */
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { type Access, ANONYMOUS, type Identity, refusalFor } from '../auth/index.ts'
import { LIMITS, Refusal, withoutInvisible } from '../protocol/index.ts'
import { isKeyed, isWrite, type OperationId, specOf } from '../protocol/operations/index.ts'
import type { BodyBounds } from './limits/body-bounds.ts'
import { clientAddress } from './limits/client-address.ts'
import type { ActiveLimits, Limits } from './limits/limits.ts'
import { priceOf } from './limits/price.ts'
import type { Shedding } from './load/shedding.ts'
import { CHALLENGE } from './problem.ts'
import { requireSameOrigin } from './same-origin.ts'
import { cookieOf } from './session-cookies.ts'

/**
 * Parts that guards ask. Without limits nothing is counted, and nobody is told apart by address;
 * they may come on while the server runs.
 */
export interface GuardSettings {
  readonly access: Pick<Access, 'identify' | 'isFamiliar'>
  readonly limits: Pick<Limits, 'active'>
  readonly shedding: Pick<Shedding, 'refusalFor'>
}

/** A page of ours says in it that somebody is signed in there. */
export const SESSION_HEADER = 'rowlock-session'

type Credentials = Parameters<Access['identify']>[0]

const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/**
 * One function per route, so that a request looks nothing up. Without limits it makes no promise
 * for callers who send nothing, or the operator key: those are nearly all.
 */
export function guard(
  operation: OperationId,
  settings: GuardSettings,
  bounds: BodyBounds | null = null,
): onRequestHookHandler {
  const { access } = settings
  const spec = specOf(operation)
  const takesCookie = spec.ignoresCookie !== true
  return (request, reply, done) => {
    const limits = settings.limits.active
    request.bounds = bounds
    reply.header('x-request-id', request.id)
    // Answers speak of what somebody holds or bought. Reads that may be kept say so themselves.
    reply.header('cache-control', 'no-store')
    const credentials = credentialsOf(request, takesCookie)
    if (credentials === 'missing') return done(withChallenge(reply, missing(), false))
    if (credentials === null && limits === null) {
      return done(admit(request, reply, ANONYMOUS, operation))
    }
    const admitted = (identity: Identity) => {
      done(
        settings.shedding.refusalFor(identity.role) ?? admit(request, reply, identity, operation),
      )
    }
    const refused = (error: unknown) => done(withChallenge(reply, error, credentials !== null))
    if (limits !== null) {
      const counting = { access, limits, units: priceOf(spec, request, bounds?.bytesMax ?? 0) }
      identifyCounted(request, reply, credentials, counting).then(admitted, refused)
      return
    }
    const identity = identifyNow(access, credentials)
    if (identity instanceof Promise) identity.then(admitted, refused)
    else if (identity instanceof Error) refused(identity)
    else admitted(identity)
  }
}

/**
 * Null for who sends none, and `missing` for who meant to: a page that has signed somebody in says
 * so, and must not be served as nobody when their cookie has gone, such as by signing out in
 * another tab. A cookie counts only where there is no `Authorization`.
 */
function credentialsOf(
  request: FastifyRequest,
  takesCookie: boolean,
): Credentials | 'missing' | null {
  const { authorization } = request.headers
  if (authorization !== undefined) return { authorization, address: clientAddress(request) }
  if (!takesCookie) return null
  const cookie = cookieOf(request, 'access')
  if (cookie !== undefined) return { cookie, address: clientAddress(request) }
  const isMissing =
    request.headers[SESSION_HEADER] === 'expected' || cookieOf(request, 'refresh') !== undefined
  return isMissing ? 'missing' : null
}

function missing(): Refusal {
  return new Refusal('unauthenticated', { detail: 'Your session has ended.' })
}

function identifyNow(access: GuardSettings['access'], credentials: Credentials | null) {
  try {
    return credentials === null ? ANONYMOUS : access.identify(credentials)
  } catch (error) {
    return error as Error
  }
}

interface Counting {
  readonly access: GuardSettings['access']
  readonly limits: ActiveLimits
  readonly units: number
}

async function identifyCounted(
  request: FastifyRequest,
  reply: FastifyReply,
  credentials: Credentials | null,
  { access, limits: { rates, anonymous }, units }: Counting,
): Promise<Identity> {
  const address = clientAddress(request)
  let identity = anonymous.at(address)
  // Whoever is refused stands in the log by the address's pseudonym.
  request.identity = identity
  if (credentials !== null) {
    // What was made here is no guess, whoever else of the address guesses, and though it has ended.
    const isFamiliar = access.isFamiliar(credentials)
    if (!isFamiliar) rates.checkAttempts(request, reply)
    try {
      identity = anonymous.withBudget(await access.identify(credentials))
    } catch (error) {
      if (isUnauthenticated(error) && !isFamiliar) rates.countFailure(request)
      throw error
    }
  }
  request.identity = identity
  request.client = identity.key ?? identity.user ?? (credentials === null ? address : identity.role)
  rates.count(request, reply, units)
  return identity
}

/** Lets a known caller in, or says why not. */
function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  identity: Identity,
  operation: OperationId,
): Error | undefined {
  request.identity = identity
  const spec = specOf(operation)
  const isByCookie = identity.session !== null && request.headers.authorization === undefined
  if (isByCookie && isWrite(spec)) {
    const refusal = requireSameOrigin(request)
    if (refusal !== null) return refusal
  }
  const { show } = request.params as { show?: string }
  const refusal = refusalFor(identity, operation, show && withoutInvisible(show))
  if (refusal !== null) return withChallenge(reply, refusal, false)
  const key = isKeyed(spec) ? request.headers['idempotency-key'] : undefined
  request.idempotencyKey = key === undefined ? null : String(key)
  return key === undefined ? undefined : keyRefusal(String(key), identity)
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

/** A 401 says how to do better (RFC 6750). */
function withChallenge(reply: FastifyReply, error: unknown, wasTried: boolean): Error {
  if (isUnauthenticated(error)) {
    const why = wasTried ? ', error="invalid_token"' : ''
    reply.header('www-authenticate', `${CHALLENGE}${why}`)
  }
  return error as Error
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'unauthenticated'
}
