import {
  ERRORS,
  type ErrorCode,
  Refusal,
  type RefusalDetails,
  type SeatInTheWay,
} from '../protocol/index.ts'
import type { CommandKind, LimitObstacle, Outcome, SeatObstacle } from './lanes/command.ts'
import type { SoldShow } from './sold-show.ts'

/** The refusal that an outcome of the kernel stands for, of a command of this kind. */
export function refusalOf(
  kind: CommandKind,
  outcome: Pick<Outcome, 'code' | 'obstacles' | 'now' | 'replayed'>,
  show: SoldShow,
  strangers: ReadonlyMap<number, string> = new Map(),
): Refusal | Error {
  const { code } = outcome
  if (!(code in ERRORS)) return new Error(`the kernel answered ${code}`)
  const details = detailsOf(kind, outcome, show, strangers)
  return new Refusal(code as ErrorCode, outcome.replayed ? { ...details, replayed: true } : details)
}

function detailsOf(
  kind: CommandKind,
  { code, obstacles, now }: Pick<Outcome, 'code' | 'obstacles' | 'now'>,
  show: SoldShow,
  strangers: ReadonlyMap<number, string>,
): RefusalDetails {
  if (!isSeats(obstacles)) return limitDetails(code, obstacles, now)
  const seats = obstacles.map((obstacle) => {
    const label = strangers.get(obstacle.seat) ?? show.labelOf(obstacle.seat)
    return toSeatInTheWay(label, obstacle)
  })
  return { detail: seatsDetail(kind, code, seats), seats }
}

function isSeats(obstacles: Outcome['obstacles']): obstacles is readonly SeatObstacle[] {
  return Array.isArray(obstacles)
}

function toSeatInTheWay(seat: string, { reason, until }: SeatObstacle): SeatInTheWay {
  if (reason !== 'held' || !until) return { seat, reason }
  return { seat, reason, until: new Date(until).toISOString() }
}

const NAMED_MAX = 10
const TAKEN_NONE = 'You got none of the seats; choose others.'
/** Sentences that say what all or nothing means where seats were not simply asked for. */
const NOTHING_DONE: Partial<Record<CommandKind, string>> = {
  change: 'The hold stays as it was; choose other seats.',
  confirm: 'Nothing was sold: hold other seats.',
  swap: 'The booking stays as it was; choose other seats.',
  block: 'No seat was blocked.',
}

function seatsDetail(kind: CommandKind, code: string, seats: readonly SeatInTheWay[]): string {
  const named = seats.slice(0, NAMED_MAX).map(({ seat, reason }) => {
    if (code !== 'seats_unavailable') return seat
    return reason === 'unknown' ? `${seat} (no such seat)` : `${seat} (${reason})`
  })
  const more = seats.length > NAMED_MAX ? ` and ${seats.length - NAMED_MAX} more` : ''
  const list = `${named.join(', ')}${more}`
  switch (code) {
    case 'seats_not_in_hold':
      return `Not in the hold: ${list}.`
    case 'seats_not_in_booking':
      return `Not in the booking: ${list}.`
    case 'seats_not_in_block':
      return `Not in the block: ${list}.`
    case 'orphan_left':
      return `Seats left on their own: ${list}. Choose others, or take these as well.`
    default:
      return `Unavailable: ${list}. ${NOTHING_DONE[kind] ?? TAKEN_NONE}`
  }
}

function limitDetails(code: string, obstacle: LimitObstacle | null, now: number): RefusalDetails {
  const limit = obstacle?.limit
  const details: RefusalDetails = limit === undefined ? {} : { limit }
  const seats = limit === 1 ? '1 seat' : `${limit} seats`
  const until = obstacle?.until ? new Date(obstacle.until).toISOString() : null
  switch (code) {
    case 'too_many_seats':
      return { ...details, detail: `The show allows ${seats} in one hold or booking.` }
    case 'hold_seconds_out_of_bounds':
      return { ...details, detail: `A hold of this show lasts from 1 to ${limit} seconds.` }
    case 'holder_limit_reached':
      return {
        ...details,
        detail: `The show allows ${seats} per holder, and this holder has ${obstacle?.has}.`,
      }
    case 'held_limit_reached':
      return {
        ...details,
        detail: `An address or user may hold ${seats} of a show; you hold ${obstacle?.has}.`,
      }
    case 'begun_limit_reached':
      return {
        ...details,
        detail: `An address or user may start ${limit} holds an hour. Try again at ${until}.`,
        retryAfterSeconds: secondsUntil(obstacle?.until, now),
      }
    case 'hold_emptied':
      return { ...details, detail: 'To give all of its seats back, release the hold.' }
    case 'hold_life_exceeded':
      return { ...details, detail: `The hold cannot last beyond ${until}.` }
    case 'sales_not_open':
      return { ...details, detail: `Sales begin at ${until}.` }
    case 'not_enough_seats':
      return { ...details, detail: leftDetail(obstacle) }
    case 'seats_not_in_hold':
      return { ...details, detail: `The hold has only ${countOf(obstacle)}.` }
    case 'seats_not_in_booking':
      return { ...details, detail: `The booking has only ${countOf(obstacle)}.` }
    default:
      return details
  }
}

function secondsUntil(until: string | undefined, now: number): number {
  return Math.max(1, Math.ceil((Date.parse(until ?? '') - now) / 1000))
}

function leftDetail(obstacle: LimitObstacle | null): string {
  const count = countOf(obstacle)
  if (count.startsWith('no ')) return `N${count.slice(1)} left.`
  return `Only ${count} left: ask for fewer.`
}

/** Counts in words: `1 place in Floor`, `3 accessible seats`, `no seats`. */
function countOf(obstacle: LimitObstacle | null): string {
  const { limit = 0, section, accessible } = obstacle ?? {}
  const noun = section === undefined ? 'seat' : 'place'
  const many = limit === 1 ? noun : `${noun}s`
  const count = `${limit === 0 ? 'no' : limit} ${accessible ? 'accessible ' : ''}${many}`
  return section === undefined ? count : `${count} in ${section}`
}
