/**
 * Origins of entries. An entry that nobody asked for is a command that was done twice, or done
 * after its caller was told that nothing was done.
 */
import { type Attempt, chainOf, type Json, type Write } from '../history/history.ts'
import { seatsOfPlaces } from './places.ts'
import { isDone, isInDoubt, isNotDone, type ShowCase, versionOf, writesOf } from './show-case.ts'
import type { Step } from './timeline.ts'
import { requestOf, seatsIn } from './write-rules.ts'

/** The kind of entry that an operation makes. */
const KINDS: Readonly<Record<Write, string>> = {
  holdSeats: 'hold',
  extendHold: 'extend',
  changeHold: 'change',
  releaseHold: 'release',
  confirmHold: 'confirm',
  bookSeats: 'book',
  cancelBooking: 'cancel',
  swapSeats: 'swap',
  transferBooking: 'transfer',
  changeBooking: 'amend',
  blockSeats: 'block',
  unblockSeats: 'unblock',
  changeBlock: 'describe',
}

/** Every entry is owed to one request, and no request to two entries. */
export function judgeOrigins(one: ShowCase): void {
  const writes = writesOf(one.attempts)
  const requests = Map.groupBy(writes, requestOf)
  const explained = new Set<number>()
  const open: Attempt[][] = []
  for (const attempts of requests.values()) {
    const done = attempts.filter(isDone)
    for (const attempt of done) {
      const step = stepOf(one, attempt)
      if (step && step.entry.kind === KINDS[attempt.operation as Write]) {
        explained.add(step.entry.version)
      }
    }
    if (done.length === 0 && attempts.some(isInDoubt)) open.push(attempts)
  }
  const strange = one.timeline.steps.filter((step) => {
    // What stays of a booking or a block is written for what goes, in the entry after it.
    const next = one.timeline.step(step.entry.version + 1)
    const isRest = beginsByTransfer(one, next) || isSoldOutOf(step, next, writes)
    return step.chain !== null && !isRest && !explained.has(step.entry.version)
  })
  for (const step of one.timeline.steps) judgeLateness(one, step, writes)
  const matched = matchAll(strange, (step) => open.filter((some) => couldBe(one, step, some)))
  for (const step of strange) {
    if (!matched.has(step)) blame(one, step, writes)
  }
}

/** A hold that had run out becomes a booking only for who asked for its seats again. */
function judgeLateness(
  { timeline, show, findings }: ShowCase,
  { entry, chain, at }: Step,
  writes: readonly Attempt[],
): void {
  if (entry.kind !== 'confirm' || chain === null) return
  const before = timeline.chain(chain, entry.version - 1)
  if (before === undefined || before.until > at) return
  const asked = writes.filter(({ operation, target }) => {
    return operation === 'confirmHold' && target !== null && chainOf(target) === chain
  })
  if (asked.some(({ body }) => body?.reacquire === true)) return
  const detail = `version ${entry.version}: the hold had ended at ${before.entry.until}`
  const about = { attempts: asked.map(({ no }) => no), seats: entry.seats }
  findings.add('confirmed what had ended', show.key, detail, about)
}

function stepOf({ timeline }: ShowCase, attempt: Attempt): Step | undefined {
  const version = versionOf(attempt)
  return version === null ? undefined : timeline.step(version)
}

/** Says whose command it was when somebody was told that nothing was done, or that nobody's is. */
function blame(one: ShowCase, step: Step, writes: readonly Attempt[]): void {
  const { entry } = step
  const told = writes.find((attempt) => {
    return isNotDone(attempt) && couldBe(one, step, [attempt])
  })
  const about = { seats: entry.seats, attempts: told ? [told.no] : [] }
  const detail = `version ${entry.version}, ${entry.kind} ${entry.id}`
  const rule = told ? 'busy, but done' : 'nobody asked for it'
  one.findings.add(rule, one.show.key, detail, about)
}

/** Tells whether an entry can be the effect of a request, whatever became of its answers. */
function couldBe(one: ShowCase, step: Step, attempts: readonly Attempt[]): boolean {
  const [first] = attempts
  if (!first || KINDS[first.operation as Write] !== step.entry.kind) return false
  if (!one.clock.hasJumped && step.at < one.window(first).from) return false
  if (first.target !== null) {
    const isPart = beginsByTransfer(one, step)
    const about = isPart ? one.timeline.step(step.entry.version - 1) : step
    return chainOf(first.target) === about?.chain
  }
  return asksFor(one, first, step.entry.seats)
}

/** Tells whether seats that left a booking became one of their own with this entry. */
function beginsByTransfer({ timeline }: ShowCase, step: Step | undefined): boolean {
  if (step?.entry.kind !== 'transfer' || step.chain === null) return false
  return timeline.chain(step.chain, step.entry.version - 1) === undefined
}

/** Tells whether seats left a block for the sale in the entry after it, as somebody asked. */
function isSoldOutOf(
  { chain, entry, kind }: Step,
  next: Step | undefined,
  writes: readonly Attempt[],
): boolean {
  if (kind !== 'blocked' || entry.kind !== 'unblock' || next?.entry.kind !== 'book') return false
  if (entry.freed.length === 0 || entry.at !== next.entry.at) return false
  if (!entry.freed.every((seat) => next.entry.seats.includes(seat))) return false
  return writes.some(({ body }) => {
    return typeof body?.block === 'string' && chainOf(body.block) === chain
  })
}

/** Tells whether seats are what a body asks for. */
function asksFor({ show }: ShowCase, { body }: Attempt, seats: readonly string[]): boolean {
  const named = seatsIn(body?.seats)
  const asked = named.length + quantityIn(body?.best) + seatsOfPlaces(body?.places)
  if (asked !== seats.length || !named.every((seat) => seats.includes(seat))) return false
  if (body?.best !== undefined) return true
  // A place may also be asked for by its name.
  const isPlace = new Set(show.seats.filter((one) => one.isPlace).map(({ seat }) => seat))
  const chosen = seats.filter((seat) => isPlace.has(seat) && !named.includes(seat))
  return chosen.length === seatsOfPlaces(body?.places)
}

function quantityIn(best: Json | undefined): number {
  if (typeof best !== 'object' || best === null || !('quantity' in best)) return 0
  return typeof best.quantity === 'number' ? best.quantity : 0
}

/** A matching of as many as possible, by augmenting paths (Kuhn). Those that found a partner. */
function matchAll<One, Other>(ones: readonly One[], othersOf: (one: One) => Other[]): Set<One> {
  const partner = new Map<Other, One>()
  const tryFor = (one: One, seen: Set<Other>): boolean => {
    for (const other of othersOf(one)) {
      if (seen.has(other)) continue
      seen.add(other)
      const rival = partner.get(other)
      if (rival === undefined || tryFor(rival, seen)) {
        partner.set(other, one)
        return true
      }
    }
    return false
  }
  for (const one of ones) tryFor(one, new Set())
  return new Set(partner.values())
}
