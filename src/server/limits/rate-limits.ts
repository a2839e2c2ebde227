import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Identity } from '../../auth/index.ts'
import { Refusal } from '../../protocol/index.ts'
import { clientAddress } from './client-address.ts'
import type { LimitSettings, RequestLimits } from './limit-settings.ts'

/** Counts requests, and refuses those that are too many with `rate_limited`. */
export interface RateLimits {
  /** The request of a caller who is known; tells in the answer's headers how many are left. */
  count(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** Before credentials are looked up: whether their address may still try any. */
  checkAttempts(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** Credentials that were refused. */
  countFailure(request: FastifyRequest): Promise<void>
}

type Policy = keyof RequestLimits | 'credentials'
type Limiter = ReturnType<FastifyInstance['createRateLimit']>

const MINUTE_MS = 60_000
/** Clients that are remembered; beyond it the one that was quiet for longest starts anew. */
const CLIENTS_MAX = 100_000

/** Opens the counters of one server. */
export async function openRateLimits(
  app: FastifyInstance,
  settings: LimitSettings,
): Promise<RateLimits> {
  await app.register(rateLimit, { global: false })
  const open = (max: number, keyGenerator: (request: FastifyRequest) => string) => {
    const options = { max, timeWindow: MINUTE_MS, cache: CLIENTS_MAX, keyGenerator }
    return app.createRateLimit(options)
  }
  const byClient = ({ client }: FastifyRequest) => client
  const limiters: Readonly<Record<keyof RequestLimits, Limiter>> = {
    anonymous: open(settings.requests.anonymous, byClient),
    user: open(settings.requests.user, byClient),
    partner: open(settings.requests.partner, byClient),
    boxOffice: open(settings.requests.boxOffice, byClient),
  }
  const attempts = open(settings.failedCredentials, clientAddress)
  return {
    async count(request, reply) {
      const policy = policyOf(request.identity)
      const state = await limiters[policy](request)
      if (state.isAllowed) return
      tell(reply, policy, state)
      if (state.isExceeded) throw tooMany(state, 'requests')
    },
    async checkAttempts(request, reply) {
      const state = await attempts(request, { increment: false })
      if (state.isAllowed || state.remaining > 0) return
      tell(reply, 'credentials', state)
      throw tooMany(state, 'failed attempts')
    },
    async countFailure(request) {
      await attempts(request)
    },
  }
}

function policyOf({ role, user }: Identity): keyof RequestLimits {
  if (role === 'box_office') return 'boxOffice'
  if (role === 'operator') return user === null ? 'partner' : 'boxOffice'
  return role
}

interface State {
  readonly max: number
  readonly remaining: number
  readonly ttlInSeconds: number
}

const NAMES: Readonly<Record<Policy, string>> = {
  anonymous: 'anonymous',
  user: 'user',
  partner: 'partner',
  boxOffice: 'box-office',
  credentials: 'credentials',
}

/** As the IETF has it (draft-ietf-httpapi-ratelimit-headers): quota and window, rest and time. */
function tell(reply: FastifyReply, policy: Policy, { max, remaining, ttlInSeconds }: State): void {
  const name = NAMES[policy]
  reply.header('ratelimit-policy', `"${name}";q=${max};w=${MINUTE_MS / 1000}`)
  reply.header('ratelimit', `"${name}";r=${remaining};t=${ttlInSeconds}`)
}

function tooMany({ max, ttlInSeconds }: State, what: string): Refusal {
  return new Refusal('rate_limited', {
    detail: `More than ${max} ${what} in a minute. Go on in ${ttlInSeconds} seconds.`,
    limit: max,
    retryAfterSeconds: ttlInSeconds,
  })
}
