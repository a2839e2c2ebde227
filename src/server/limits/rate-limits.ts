import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Identity } from '../../auth/index.ts'
import { Refusal } from '../../protocol/index.ts'
import { Budget, type BudgetState } from './budget.ts'
import { clientAddress } from './client-address.ts'
import type { LimitSettings, RequestLimits } from './limit-settings.ts'

/** Counts what requests cost, and refuses those that are too much with `rate_limited`. */
export interface RateLimits {
  /** The request of a caller who is known; tells in the answer's headers how much is left. */
  count(request: FastifyRequest, reply: FastifyReply, units: number): void
  /** The request for a page, a file or a figure: counted by address, in a budget of its own. */
  countPage(request: FastifyRequest, reply: FastifyReply, units: number): void
  /** Before credentials are looked up: whether their address may still try any. */
  checkAttempts(request: FastifyRequest, reply: FastifyReply): void
  /** Credentials that were refused. */
  countFailure(request: FastifyRequest): void
}

type Policy = keyof RequestLimits | 'credentials' | 'pages'

const MINUTE_MS = 60_000

/** The budgets of one server. */
export function openRateLimits(settings: LimitSettings): RateLimits {
  const { requests, failedCredentials, pages } = settings
  const open = (max: number) => new Budget(max, MINUTE_MS)
  const budgets: Readonly<Record<keyof RequestLimits, Budget>> = {
    anonymous: open(requests.anonymous),
    user: open(requests.user),
    partner: open(requests.partner),
    boxOffice: open(requests.boxOffice),
  }
  const attempts = open(failedCredentials)
  const pageBudget = open(pages)
  return {
    count(request, reply, units) {
      const policy = policyOf(request.identity)
      const state = budgets[policy].take(request.client, units)
      tell(reply, policy, state)
      if (state.isExceeded) throw tooMany(state, units)
    },
    countPage(request, reply, units) {
      const state = pageBudget.take(clientAddress(request), units)
      if (!state.isExceeded) return
      tell(reply, 'pages', state)
      throw tooMany(state, units)
    },
    checkAttempts(request, reply) {
      const state = attempts.look(clientAddress(request), 1)
      if (!state.isExceeded) return
      tell(reply, 'credentials', state)
      throw tooManyFailed(state)
    },
    countFailure(request) {
      attempts.take(clientAddress(request), 1)
    },
  }
}

function policyOf({ role, user }: Identity): keyof RequestLimits {
  if (role === 'box_office') return 'boxOffice'
  if (role === 'operator') return user === null ? 'partner' : 'boxOffice'
  return role
}

const NAMES: Readonly<Record<Policy, string>> = {
  anonymous: 'anonymous',
  user: 'user',
  partner: 'partner',
  boxOffice: 'box-office',
  credentials: 'credentials',
  pages: 'pages',
}

/**
 * Tells the budget in the headers of draft-ietf-httpapi-ratelimit-headers: quota, its unit and
 * window; rest and time. Without a unit, requests are counted.
 */
function tell(reply: FastifyReply, policy: Policy, { max, remaining, seconds }: BudgetState): void {
  const name = NAMES[policy]
  const unit = policy === 'credentials' ? '' : ';qu="units"'
  reply.header('ratelimit-policy', `"${name}";q=${max}${unit};w=${MINUTE_MS / 1000}`)
  reply.header('ratelimit', `"${name}";r=${remaining};t=${seconds}`)
}

function tooMany({ max, remaining, seconds }: BudgetState, units: number): Refusal {
  const cost = units === 1 ? 'one, and none is left' : `${units}, and ${remaining} are left`
  return new Refusal('rate_limited', {
    detail: `You have ${max} units a minute. This request costs ${cost}: wait ${seconds} s.`,
    limit: max,
    retryAfterSeconds: seconds,
  })
}

function tooManyFailed({ max, seconds }: BudgetState): Refusal {
  return new Refusal('rate_limited', {
    detail: `More than ${max} failed attempts in a minute: wait ${seconds} s.`,
    limit: max,
    retryAfterSeconds: seconds,
  })
}
