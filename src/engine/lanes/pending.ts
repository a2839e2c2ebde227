import type { Trace } from '../../calls/index.ts'
import { LIMITS, Refusal } from '../../protocol/index.ts'
import { type Command, isSale, type Outcome } from './command.ts'

/** A command that somebody waits for. */
export interface Pending {
  readonly command: Command
  /** In milliseconds of `performance.now()`. */
  readonly deadlineAt: number
  /** Instant at which it was queued, on the same clock. */
  readonly queuedAt: number
  /** Trace of the request that it belongs to; null where nothing is traced. */
  readonly trace: Trace | null
  isSent: boolean
  /** It was under way when a connection broke, so nobody knows whether it committed. */
  isInDoubt: boolean
  isAnswered: boolean
  resolve(outcome: Outcome): void
  reject(refusal: Refusal | Error): void
}

/**
 * A command in its place in the batch. While it is in doubt, an earlier sending may still arrive,
 * so the refusal of a sale has to stay one even when its client has no key to ask again with.
 */
export function asSent(
  { command, isInDoubt }: Pending,
  n: number,
): Command & { readonly n: number } {
  return { n, ...command, remember: command.remember || (isInDoubt && isSale(command)) }
}

/** Gives a command its one answer. */
export function answer(pending: Pending, outcome: Outcome): void {
  if (pending.isAnswered) return
  pending.isAnswered = true
  pending.resolve(outcome)
}

/** Lets a command end without an outcome. */
export function fail(pending: Pending, error: Refusal | Error): void {
  if (pending.isAnswered) return
  pending.isAnswered = true
  pending.reject(error)
}

/** Fails those who are late: with `busy` only where nothing of theirs can have been done. */
export function failLate(some: Iterable<Pending>, now: number, isUnderWay: boolean): void {
  for (const pending of some) {
    if (pending.deadlineAt > now || pending.isAnswered) continue
    fail(pending, isUnderWay || pending.isInDoubt ? outcomeUnknown() : busy())
  }
}

/** Nothing was done, and another try in a second may succeed. */
export function busy(
  detail = 'The database did not get to it in time; nothing was done.',
): Refusal {
  return new Refusal('busy', { detail, retryAfterSeconds: 1 })
}

/** Nothing was done: a time that is wrong would stay with the show. */
export function clockAhead(): Refusal {
  const detail = "The database's clock is far ahead of this server's; nothing was done."
  return new Refusal('unavailable', { detail, retryAfterSeconds: 5 })
}

function outcomeUnknown(): Refusal {
  const seconds = LIMITS.deadlineMs / 1000
  const doubt = `No answer from the database within ${seconds} s. It may have been done`
  const detail = `${doubt}: ask again with the same Idempotency-Key.`
  return new Refusal('outcome_unknown', { detail, retryAfterSeconds: 1 })
}
