import { type Attempt, chainOf, type Json, type JsonObject } from '../history/history.ts'
import { sameSeats } from './journal-rules.ts'
import { codeOf, isDone, keyOf, type ShowCase, versionOf, writesOf } from './show-case.ts'
import type { Step } from './timeline.ts'

/** Codes of refusals that say that nothing was looked at, so that another answer may follow. */
export const NOT_LOOKED_AT = new Set([
  'busy',
  'unavailable',
  'storage_full',
  'outcome_unknown',
  'rate_limited',
  'begun_limit_reached',
])

/**
 * Judges whether every answer of a write is what the journal says, and every key had one effect.
 */
export function judgeWrites(one: ShowCase): void {
  for (const attempt of writesOf(one.attempts)) if (isDone(attempt)) judgeAnswer(one, attempt)
  for (const attempts of one.keys.values()) judgeKey(one, attempts)
}

function judgeAnswer({ timeline, show, findings }: ShowCase, attempt: Attempt): void {
  const { answer, no } = attempt
  const version = versionOf(attempt)
  const step = version === null ? undefined : timeline.step(version)
  const about = { attempts: [no], seats: seatsIn(answer?.seats) }
  if (!step) {
    const detail = `${attempt.operation} was answered with version ${version}`
    findings.add('answered, but not in the journal', show.key, detail, about)
    return
  }
  const wrong = differences(answer, step)
  if (wrong.length === 0) return
  const detail = `${attempt.operation}, version ${version}: ${wrong.join('; ')}`
  findings.add('answer differs from its entry', show.key, detail, about)
}

/** Differences between an answer and the entry that it names. */
export function differences(
  answer: JsonObject | null,
  { entry, chain, until, kind }: Step,
): string[] {
  const wrong: string[] = []
  const compare = (what: string, told: Json | undefined, written: Json) => {
    if (told !== written) wrong.push(`${what} is ${told}, the entry says ${written}`)
  }
  compare('id', chainOf(String(answer?.id)), chain)
  const seats = seatsIn(answer?.seats)
  if (!sameSeats(seats, entry.seats)) wrong.push(`seats are ${seats}, not ${entry.seats}`)
  if (kind === 'held' && typeof answer?.expiresAt === 'string') {
    compare('expiresAt', Date.parse(answer.expiresAt), until)
  }
  if (typeof answer?.bookedAt === 'string') compare('bookedAt', answer.bookedAt, entry.bookedAt)
  if (answer && 'cancelledAt' in answer) {
    compare('cancelled', answer.cancelledAt !== null, entry.seats.length === 0)
  }
  // The journal has the reason of a block where bookings have their reference.
  if (answer && 'reason' in answer) compare('reason', answer.reason, entry.reference)
  else if (answer && 'reference' in answer) {
    compare('reference', answer.reference, entry.reference)
  }
  if (answer && 'holder' in answer) compare('holder', answer.holder, entry.holder)
  return wrong
}

/** One key, one effect, one answer. */
function judgeKey(one: ShowCase, attempts: readonly Attempt[]): void {
  const done = attempts.filter(isDone)
  const [first] = done
  if (first === undefined) return
  const { show, findings } = one
  const say = (rule: Parameters<typeof findings.add>[0], detail: string, other: Attempt) =>
    findings.add(rule, show.key, detail, {
      attempts: [first.no, other.no],
      seats: seatsIn(first.answer?.seats),
    })
  const chain = chainOf(String(first.answer?.id))
  for (const other of done) {
    if (other.bodyHash !== first.bodyHash || other.operation !== first.operation) {
      say('one key, two bodies', `${other.operation} was done under the key of another`, other)
    }
    if (chainOf(String(other.answer?.id)) !== chain) {
      say('one key, two effects', `${first.answer?.id} and ${other.answer?.id}`, other)
    }
  }
  const firstEnd = Math.min(...done.map(({ endedAt }) => endedAt))
  for (const other of attempts) {
    const isSame = other.bodyHash === first.bodyHash && other.operation === first.operation
    if (!isSame || isDone(other) || other.status === null || other.startedAt <= firstEnd) continue
    if (NOT_LOOKED_AT.has(codeOf(other) ?? '')) continue
    say('one key, two answers', `it was done, and later refused: ${codeOf(other)}`, other)
  }
  judgeRefusedSale(one, attempts, first)
}

/** Writes whose refusal a late duplicate must not turn into a sale. */
function isSale({ operation, body }: Attempt): boolean {
  if (['bookSeats', 'swapSeats', 'transferBooking'].includes(operation)) return true
  return operation === 'confirmHold' && body?.reacquire === true
}

/** Refusals of the kernel are remembered for sales; those of the door are not. */
const REMEMBERED = new Set([409, 410])

function judgeRefusedSale(
  { show, findings }: ShowCase,
  attempts: readonly Attempt[],
  done: Attempt,
): void {
  if (!isSale(done)) return
  const refused = attempts.find((other) => {
    const isEarlier = other.endedAt < done.startedAt && other.bodyHash === done.bodyHash
    return isEarlier && REMEMBERED.has(other.status ?? 0)
  })
  if (!refused) return
  const detail = `${codeOf(refused)} was answered first, then it was done`
  findings.add('refused sale was made later', show.key, detail, {
    attempts: [refused.no, done.no],
    seats: seatsIn(done.answer?.seats),
  })
}

/** A list of labels in an answer or a body. */
export function seatsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Finds what an attempt is sorted under when it has no key: itself. */
export function requestOf(attempt: Attempt): string {
  return keyOf(attempt) ?? `attempt ${attempt.no}`
}
