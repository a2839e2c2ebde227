/**
 * Judge of whether every refusal had its reason: at one version and one moment within the time that
 * the request took, what it says must have been so.
 */
import { type Attempt, chainOf, isWrite, type Json, type ShowFacts } from '../history/history.ts'
import { ownerOf, seatsOfHolder } from './journal-rules.ts'
import { placesIn, seatsOfPlaces } from './places.ts'
import { codeOf, isDone, isUser, keyOf, type ShowCase, type Window, writesOf } from './show-case.ts'
import type { Step, Timeline } from './timeline.ts'
import { NOT_LOOKED_AT, seatsIn } from './write-rules.ts'

/** A version and a moment (database time) at which an answer may have been made. */
interface Instant {
  readonly version: number
  readonly at: number
}

type Reason = (one: ShowCase, attempt: Attempt, now: Instant) => boolean

/** Judges all refusals of writes, and accidents of reads. Answers how many were compared. */
export function judgeRefusals(one: ShowCase): number {
  let count = 0
  for (const { status, no, operation } of one.attempts) {
    // Writes come below. A read may be put off, but what it asks cannot break anything.
    if (status !== 500 || isWrite(operation)) continue
    one.findings.add('unexpected answer', one.show.key, `${operation}: 500`, { attempts: [no] })
  }
  for (const attempt of writesOf(one.attempts)) {
    const { status, no } = attempt
    const code = codeOf(attempt)
    if (status === null || isDone(attempt)) continue
    if (NOT_LOOKED_AT.has(code ?? '')) continue
    count += 1
    const about = { attempts: [no], seats: seatsIn(attempt.body?.seats) }
    const detail = `${attempt.operation} of ${attempt.target ?? about.seats}: ${status} ${code}`
    const reason = code === null ? undefined : REASONS[code]
    if (reason === undefined) {
      one.findings.add('unexpected answer', one.show.key, detail, about)
    } else if (!isExplained(one, attempt, reason)) {
      const { first, last } = windowOf(one, attempt)
      const told = JSON.stringify(attempt.answer?.seats ?? null)
      const more = `${detail}, told ${told}; versions ${first} to ${last}`
      one.findings.add('refusal without a reason', one.show.key, more, about)
    }
  }
  return count
}

/** A refusal may be told again, as it was the first time that its key was used. */
function windowOf(one: ShowCase, attempt: Attempt): Window {
  const first = one.keys.get(keyOf(attempt) ?? '')?.[0] ?? attempt
  const earliest = one.window(first)
  const window = one.window(attempt)
  return { ...window, first: earliest.first, from: earliest.from }
}

/** More versions than this within one request are not searched: the answer counts as explained. */
const VERSIONS_MAX = 3_000

function isExplained(one: ShowCase, attempt: Attempt, reason: Reason): boolean {
  const window = windowOf(one, attempt)
  if (window.last - window.first > VERSIONS_MAX) return true
  for (let version = window.first; version <= window.last; version++) {
    for (const at of moments(one, attempt, version, window)) {
      if (reason(one, attempt, { version, at })) return true
    }
  }
  return false
}

/** The moments of a window at which something changes without an entry: where holds end. */
function moments(one: ShowCase, attempt: Attempt, version: number, window: Window): number[] {
  const { timeline } = one
  const from = Math.max(window.from, timeline.timeOf(version))
  const to = Math.max(from, window.to)
  const ends = endsOf(one, attempt, version).filter((end) => end > from && end <= to)
  return [from, to, ...ends.flatMap((end) => [end - 1, end])]
}

function endsOf({ timeline, show }: ShowCase, attempt: Attempt, version: number): number[] {
  const chain = attempt.target === null ? undefined : chainOf(attempt.target)
  const own = chain === undefined ? undefined : timeline.chain(chain, version)
  const named = [...namedSeats(attempt), ...(own?.entry.seats ?? [])]
  const all = attempt.body?.best === undefined && attempt.body?.places === undefined
  const seats = all ? named : show.seats.map(({ seat }) => seat)
  const ends = seats.map((seat) => timeline.claim(seat, version)?.until ?? Number.NaN)
  return [...new Set([...ends, own?.until ?? Number.NaN])].filter((end) => Number.isFinite(end))
}

/** The seats that a write would take by name. */
function namedSeats({ operation, body }: Attempt): string[] {
  if (operation === 'changeHold') return seatsIn(body?.add)
  return seatsIn(operation === 'swapSeats' ? body?.to : body?.seats)
}

const REASONS: Readonly<Record<string, Reason>> = {
  seats_unavailable: areTaken,
  not_enough_seats: areTooFew,
  holder_limit_reached: isHolderFull,
  too_many_seats: (one, attempt, now) => {
    const kept = keptSeats(one, attempt, now).length
    return kept + takenCount(one, attempt, now) > one.show.maxSeatsPerHold
  },
  hold_emptied: (one, attempt, now) => keptSeats(one, attempt, now).length === 0,
  hold_expired: (one, attempt, now) => {
    const step = chainAt(one, attempt, now)
    return step?.kind === 'held' && step.until <= now.at && step.entry.seats.length > 0
  },
  hold_released: (one, attempt, now) => {
    const step = chainAt(one, attempt, now)
    return step?.kind === 'held' && step.entry.seats.length === 0
  },
  hold_confirmed: (one, attempt, now) => chainAt(one, attempt, now)?.kind === 'booked',
  already_confirmed: (one, attempt, now) => chainAt(one, attempt, now)?.kind === 'booked',
  hold_life_exceeded: (one, attempt, now) => chainAt(one, attempt, now)?.kind === 'held',
  booking_cancelled: (one, attempt, now) => {
    const step = chainAt(one, attempt, now)
    return step?.kind === 'booked' && step.entry.seats.length === 0
  },
  block_released: (one, attempt, now) => {
    const step = chainAt(one, attempt, now)
    return step?.kind === 'blocked' && step.entry.seats.length === 0
  },
  seats_not_in_hold: lacksSeats,
  seats_not_in_booking: lacksSeats,
  seats_not_in_block: lacksSeats,
  hold_unknown: isUnreached,
  booking_unknown: isUnreached,
  block_unknown: isUnreached,
  idempotency_key_reused: isReused,
  held_limit_reached: (one, attempt) => !one.run.staff.includes(attempt.caller),
  swap_uneven: (_one, { body }) => seatsIn(body?.from).length !== seatsIn(body?.to).length,
}

/** The codes of refusals that can be judged. Any other is an unexpected answer. */
export const JUDGED_CODES: readonly string[] = Object.keys(REASONS)

function chainAt({ timeline }: ShowCase, { target }: Attempt, now: Instant): Step | undefined {
  return target === null ? undefined : timeline.chain(chainOf(target), now.version)
}

/** Exactly the seats that are told were taken, by whom and until when is told. */
function areTaken(one: ShowCase, attempt: Attempt, now: Instant): boolean {
  const own = aboutOf(attempt)
  const told = new Map(obstaclesOf(attempt).map((obstacle) => [obstacle.seat, obstacle]))
  const seats =
    attempt.operation === 'confirmHold'
      ? (chainAt(one, attempt, now)?.entry.seats ?? [])
      : namedSeats(attempt)
  if (told.size === 0 || seats.length === 0) return false
  // A swap may keep a seat that it gives; one that it has besides is in its own way.
  const given = attempt.operation === 'swapSeats' ? seatsIn(attempt.body?.from) : seats
  return seats.every((seat) => {
    const state = one.timeline.seat(seat, now.version, now.at)
    const isOwn = state.chain === own && given.includes(seat)
    const isTaken = state.status !== 'available' && !isOwn
    const obstacle = told.get(seat)
    if (!isTaken || !obstacle) return !isTaken && !obstacle
    const until = state.status === 'held' ? state.until : null
    return obstacle.reason === state.status && obstacle.until === until
  })
}

interface Obstacle {
  readonly seat: string
  readonly reason: string
  readonly until: number | null
}

function obstaclesOf({ answer }: Attempt): Obstacle[] {
  const told = answer?.seats
  if (!Array.isArray(told)) return []
  return told.map((one: Json) => {
    const { seat, reason, until } = one as Record<string, Json>
    const end = typeof until === 'string' ? Date.parse(until) : null
    return { seat: String(seat), reason: String(reason), until: end }
  })
}

/** Fewer seats of what is asked for were free than asked for. */
function areTooFew({ show, timeline }: ShowCase, attempt: Attempt, now: Instant): boolean {
  const { body } = attempt
  const free = (wanted: (seat: ShowFacts['seats'][number]) => boolean) =>
    show.seats.filter((one) => {
      return wanted(one) && timeline.seat(one.seat, now.version, now.at).status === 'available'
    }).length
  const short = placesIn(body?.places).some(({ section, quantity }) => {
    return free((one) => one.isPlace && one.section === section) < quantity
  })
  if (short) return true
  const best = body?.best as Record<string, Json> | undefined
  if (best === undefined) return false
  const accessible = typeof best.accessible === 'number' ? best.accessible : 0
  const plain = Number(best.quantity) - accessible
  const named = new Set(namedSeats(attempt))
  const fits = (one: ShowFacts['seats'][number]) =>
    !one.isPlace &&
    !named.has(one.seat) &&
    (best.section === undefined || one.section === best.section) &&
    (best.category === undefined || one.category === best.category)
  if (free((one) => fits(one) && one.accessible) < accessible) return true
  return free((one) => fits(one) && !one.accessible) < plain
}

function isHolderFull(one: ShowCase, attempt: Attempt, now: Instant): boolean {
  const { show, timeline } = one
  const holder = holderOf(attempt, timeline, now)
  if (show.maxSeatsPerHolder === null || holder === null) return false
  // Some owners share a count; whoever is refused was counted with one of them at least.
  const owners = [...new Set(timeline.steps.map(({ entry }) => ownerOf(entry.actor)))]
  const has = seatsOfHolder(timeline, holder, owners, now.version, now.at)
  return has + moreFor(one, attempt, now) > show.maxSeatsPerHolder
}

function holderOf(
  { body, caller, target }: Attempt,
  timeline: Timeline,
  now: Instant,
): string | null {
  if (typeof body?.holder === 'string') return body.holder
  if (isUser(caller) && target === null) return caller
  if (target === null) return null
  return timeline.chain(chainOf(target), now.version)?.entry.holder ?? null
}

/** Counts how many seats more a holder would have. */
function moreFor(one: ShowCase, attempt: Attempt, now: Instant): number {
  const own = chainAt(one, attempt, now)?.entry.seats ?? []
  const { operation, body } = attempt
  if (operation === 'confirmHold') return own.length
  if (operation === 'transferBooking') return body?.seats ? seatsIn(body.seats).length : own.length
  const kept = keptSeats(one, attempt, now).length
  return kept + takenCount(one, attempt, now) - (operation === 'changeHold' ? own.length : 0)
}

/** Finds what a change leaves a hold of what it has. */
function keptSeats(one: ShowCase, attempt: Attempt, now: Instant): string[] {
  if (attempt.operation !== 'changeHold') return []
  const [add, drop] = [seatsIn(attempt.body?.add), seatsIn(attempt.body?.drop)]
  const own = chainAt(one, attempt, now)?.entry.seats ?? []
  return own.filter((seat) => !drop.includes(seat) || add.includes(seat))
}

/** Counts the seats that a write would take and its chain has not. */
function takenCount(one: ShowCase, attempt: Attempt, now: Instant): number {
  const own = chainAt(one, attempt, now)?.entry.seats ?? []
  const best = attempt.body?.best as Record<string, Json> | undefined
  const quantity = typeof best?.quantity === 'number' ? best.quantity : 0
  const named = namedSeats(attempt).filter((seat) => !own.includes(seat)).length
  return named + quantity + seatsOfPlaces(attempt.body?.places)
}

/** Some seat that is named is not in it at that version. */
function lacksSeats(one: ShowCase, attempt: Attempt, now: Instant): boolean {
  const step = chainAt(one, attempt, now)
  if (!step) return false
  const { operation, body } = attempt
  const given = { swapSeats: body?.from, changeHold: body?.drop }[operation as string]
  const named = seatsIn(given ?? body?.seats)
  const own = (seat: string) => {
    const claim = one.timeline.claim(seat, now.version)
    return step.entry.seats.includes(seat) && claim?.chain === step.chain
  }
  const places = operation === 'changeHold' ? 0 : seatsOfPlaces(body?.places)
  const isPlace = (seat: string) =>
    one.show.seats.some((known) => known.seat === seat && known.isPlace)
  return named.some((seat) => !own(seat)) || step.entry.seats.filter(isPlace).length < places
}

/** Nobody made it yet, or it is somebody else's, or something else by its first entry. */
function isUnreached(one: ShowCase, attempt: Attempt, now: Instant): boolean {
  const { timeline, run } = one
  const { operation, caller } = attempt
  const chain = aboutOf(attempt)
  if (chain === null) return false
  if (makerOf(one, chain) !== caller && !run.staff.includes(caller)) return true
  const steps = timeline.chainSteps(chain)
  const [first] = steps
  if (!first || first.entry.version > now.version) return true
  // What was handed on may be somebody else's.
  const isHandedOn = steps.some(({ entry }) => {
    return entry.kind === 'transfer' && entry.version <= now.version
  })
  if (isUser(caller) && isHandedOn) return true
  const wantsBooking = BOOKED.has(operation)
  const isBooked = timeline.chain(chain, now.version)?.kind === 'booked'
  return wantsBooking && !isBooked
}

/** Finds what a request speaks of: what it changes, or the block that it sells seats out of. */
function aboutOf({ target, body }: Attempt): string | null {
  const about = target ?? body?.block
  return typeof about === 'string' ? chainOf(about) : null
}

/** Writes that need a booking. */
const BOOKED = new Set(['cancelBooking', 'swapSeats', 'transferBooking', 'changeBooking'])

/** Finds who began a chain; null where its answer was lost. */
function makerOf({ attempts }: ShowCase, chain: string): string | null {
  const first = attempts.find((attempt) => {
    return (
      isDone(attempt) && attempt.target === null && chainOf(String(attempt.answer?.id)) === chain
    )
  })
  return first?.caller ?? null
}

/** Another request was sent under the same key before this one was answered. */
function isReused({ keys }: ShowCase, attempt: Attempt): boolean {
  const others = keys.get(keyOf(attempt) ?? '') ?? []
  return others.some((other) => {
    const isOther = other.bodyHash !== attempt.bodyHash || other.operation !== attempt.operation
    const differs = isOther || other.target !== attempt.target
    return (
      differs &&
      other.startedAt < attempt.endedAt &&
      (isDone(other) || other.status === null || other.status >= 400)
    )
  })
}
