import type { JsonObject, ShowFacts } from '../history/history.ts'

/** A hold, a booking or a block, as the house knows it. */
export interface Chain {
  readonly id: string
  readonly isBlock?: true
  holder: string | null
  readonly caller: string
  seats: string[]
  until: number
  bookedAt: string | null
  /** True once it was told that it ran out. */
  isOver?: true
}

/** Tells what it is at a version and a moment, as an answer does. */
export function tell(chain: Chain, version: number, now: number): JsonObject {
  const id = publicId(chain)
  const seats = [...chain.seats]
  if (chain.isBlock) return { id, seats, version }
  const common = { seats, holder: chain.holder, reference: null, version }
  if (chain.bookedAt === null) {
    const isLive = chain.until > now
    const status = seats.length === 0 ? 'released' : isLive ? 'live' : 'expired'
    return { id, expiresAt: iso(chain.until), status, ...common }
  }
  return {
    id,
    bookedAt: chain.bookedAt,
    cancelledAt: seats.length === 0 ? iso(now) : null,
    ...common,
  }
}

/** Its id, as callers have it. */
export function publicId({ id, isBlock, bookedAt }: Chain): string {
  if (isBlock) return `block_${id}`
  return `${bookedAt === null ? 'hold' : 'book'}_${id}`
}

/** A moment as answers tell it. */
export function iso(at: number): string {
  return new Date(at).toISOString()
}

/** A show with a row of seats. */
export function showOf(seatCount: number, maxSeatsPerHolder: number): ShowFacts {
  const seats = Array.from({ length: seatCount }, (_, index) => ({
    seat: `A${index + 1}`,
    section: null,
    row: 'A',
    category: 'standard',
    accessible: false,
    isPlace: false,
  }))
  return {
    line: 'show',
    key: 'simulated',
    seats,
    maxSeatsPerHold: 3,
    maxSeatsPerHolder,
    holdSecondsMax: 60,
    holdLifeSecondsMax: 60,
  }
}
