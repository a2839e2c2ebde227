import { Picture, type ShowReading } from '../../src/engine/pictures/picture.ts'
import type { KernelOutcome } from '../support/kernel.ts'
import { type ModelAnswer, notesOf } from './model-answers.ts'
import type { Played } from './player.ts'

/** Puts what the kernel said in the words of the model. */
export function toAnswer(outcome: KernelOutcome): ModelAnswer {
  const { code, replayed, obstacles } = outcome
  const seatsInTheWay = Array.isArray(obstacles)
    ? obstacles.map(({ seat, reason }) => `${seat} ${reason}`)
    : []
  if (outcome.version === null) return { code, replayed, entry: null, seatsInTheWay }
  const { version, kind, seats, freed, holder, reference, own_reference, metadata } = outcome
  const entry = {
    version,
    at: Date.parse(outcome.at),
    kind,
    holdId: outcome.hold_id,
    seats,
    freed: freed.toSorted((one, two) => one - two),
    until: outcome.until === 'infinity' ? Number.POSITIVE_INFINITY : Date.parse(outcome.until),
    bookedAt: outcome.booked_at === null ? null : Date.parse(outcome.booked_at),
    holder,
    reference,
    ownReference: own_reference,
    notes: notesOf(metadata),
  }
  return { code, replayed, entry, seatsInTheWay }
}

const LETTERS = ['a', 'h', 'b', 'x']

/** One letter per seat, as `ShowModel.statuses` gives them. */
export function lettersOf(picture: Picture): string {
  return Array.from(picture.statuses, (status) => LETTERS[status]).join('')
}

/** The statuses that one whole reading tells. */
export function readLetters(reading: ShowReading): string {
  const picture = new Picture()
  picture.apply(reading)
  return lettersOf(picture)
}

type JournalRow = Readonly<{ seats: number[]; freed: number[]; until: string | null }> &
  Readonly<{ hold_id: string | null; booked_at: string | null; step: number | null }>

/** Replays who has each seat after the journal was read from its beginning, at `now`. */
export function replayJournal(journal: readonly unknown[], now: number): string[] {
  const chains = new Map<string, JournalRow>()
  for (const row of journal as JournalRow[]) if (row.hold_id) chains.set(row.hold_id, row)
  return [...chains]
    .flatMap(([holdId, { seats, until, booked_at }]) =>
      isLive(until, now)
        ? seats.map((seat) => `${seat} ${holdId} ${booked_at === null ? 'held' : 'booked'}`)
        : [],
    )
    .sort()
}

type Claim = { seat_no: number; hold_id: string; until: string; booked_at: string | null }

/** The claims that have not run out at `now`; the others mean nothing, and may be there or not. */
export function countingClaims({ claims }: Played, now: number): Claim[] {
  return (claims as Claim[]).filter(({ until }) => isLive(until, now))
}

/** Lists who has each seat as the claims have it. */
export function liveClaims(played: Played, now: number): string[] {
  return countingClaims(played, now)
    .map(({ seat_no, hold_id, booked_at }) => {
      return `${seat_no} ${hold_id} ${booked_at === null ? 'held' : 'booked'}`
    })
    .sort()
}

function isLive(until: string | null, now: number): boolean {
  return until === 'infinity' || Date.parse(until ?? '') > now
}
