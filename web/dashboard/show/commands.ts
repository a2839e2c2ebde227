/**
 * Actions of the box office, each with a word when it is done and the way to take it back. Taking
 * back is a command like any other: seats may be somebody else's by then, which is said.
 */
import type { BestSeats, Block, Booking, Hold } from '../../../src/protocol/index.ts'
import { say } from '../parts/toast.tsx'
import { plural } from '../time/format.ts'
import { type Chain, nameOf } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

/** Seats by name, places by quantity, or the best ones. */
export interface Asked {
  readonly seats?: string[]
  readonly places?: { section: string; quantity: number }[]
  readonly best?: BestSeats
}

/** Holder, and the reference of another system; empty text is nothing. */
export interface ForWhom {
  readonly holder: string
  readonly reference: string
}

/** A hold, a booking or a block, as it is read by its id. */
export type Noteworthy = Hold | Booking | Block

/**
 * Changes beside the seats; what is left out stays, and null takes away what there is. A booking
 * gets a holder by handing it on.
 */
export interface Noted {
  readonly reason?: string
  readonly holder?: string | null
  readonly reference?: string | null
  readonly metadata?: Record<string, string>
}

/** Holds seats; picks what was held, so that the next step is at hand. */
export function holdSeats(
  desk: ShowDesk,
  asked: Asked,
  forWhom: ForWhom & { readonly holdSeconds: number | null },
): Promise<boolean> {
  const { client, key: show } = desk
  return desk.run(async (options) => {
    const seconds = forWhom.holdSeconds
    const body = {
      ...asked,
      ...wordsOf(forWhom),
      ...(seconds !== null && { holdSeconds: seconds }),
    }
    const hold = await client.holdSeats(show, body, options)
    if (asked.seats === undefined) desk.open(hold.id, hold.seats)
    else desk.pick(hold.seats)
    say(`Held ${desk.list(hold.seats)}.`, async () => {
      await client.releaseHold(show, hold.id)
      return `Released ${desk.list(hold.seats)}.`
    })
  })
}

/** Sells seats at once. `block`: the block that they may come out of. */
export function bookSeats(
  desk: ShowDesk,
  asked: Asked,
  forWhom: ForWhom,
  block: string | null = null,
): Promise<boolean> {
  const { client, key: show } = desk
  return desk.run(async (options) => {
    const body = { ...asked, ...wordsOf(forWhom), ...(block !== null && { block }) }
    const booking = await client.bookSeats(show, body, options)
    if (asked.seats === undefined) desk.open(booking.id, booking.seats)
    else desk.pick(booking.seats)
    sayBooked(desk, booking)
  })
}

/** Turns a hold into a booking. */
export function confirmHold(desk: ShowDesk, hold: Chain, reference: string): Promise<boolean> {
  const { client, key: show } = desk
  return desk.run(async (options) => {
    const body = reference === '' ? {} : { reference }
    sayBooked(desk, await client.confirmHold(show, hold.id, body, options))
  })
}

/** Gives a hold a new end, so many seconds from now; null for the show's usual time. */
export function extendHold(desk: ShowDesk, hold: Chain, seconds: number | null): Promise<boolean> {
  const { client, key: show } = desk
  return desk.run(async (options) => {
    const body = seconds === null ? {} : { holdSeconds: seconds }
    const { secondsLeft } = await client.extendHold(show, hold.id, body, options)
    say(`${nameOf(hold)} has another ${plural(Math.round(secondsLeft / 60), 'minute')}.`)
  })
}

/** Adds seats to a live hold; its end stays where it is. */
export function changeHold(desk: ShowDesk, hold: Chain, add: readonly string[]): Promise<boolean> {
  const { client, key: show } = desk
  return desk.run(async (options) => {
    const { seats } = await client.changeHold(show, hold.id, { add: [...add] }, options)
    desk.open(hold.id, seats)
    say(`Added ${desk.list(add)}.`, async () => {
      await client.changeHold(show, hold.id, { drop: [...add] })
      return `Given back: ${desk.list(add)}.`
    })
  })
}

/** Hands a booking on to somebody else: all of its seats when `seats` is null. */
export function transferBooking(
  desk: ShowDesk,
  booking: Chain,
  seats: readonly string[] | null,
  holder: string,
): Promise<boolean> {
  const { client, key: show } = desk
  return desk.run(async (options) => {
    const body = { holder, ...(seats !== null && { seats: [...seats] }) }
    const handed = await client.transferBooking(show, booking.id, body, options)
    desk.open(handed.id, handed.seats)
    say(`${desk.list(handed.seats)} handed on to ${holder}.`)
  })
}

/** Changes what is said beside the seats of a hold, a booking or a block. */
export function noteOn(desk: ShowDesk, { kind, id }: Chain, noted: Noted): Promise<boolean> {
  const { client, key: show } = desk
  return desk.run(async (options) => {
    if (kind === 'hold') await client.changeHold(show, id, noted, options)
    else if (kind === 'booking') await client.changeBooking(show, id, noted, options)
    else await client.changeBlock(show, id, noted, options)
    say('Noted.')
  })
}

/** Gives back seats of a hold: all of them when `seats` is null. */
export function releaseHold(
  desk: ShowDesk,
  hold: Chain,
  seats: readonly string[] | null,
): Promise<boolean> {
  const { client, key: show } = desk
  const freed = seats ?? hold.seats
  return desk.run(async (options) => {
    await client.releaseHold(show, hold.id, seats === null ? {} : { seats: [...seats] }, options)
    desk.clear()
    say(`Released ${desk.list(freed)}.`, async () => {
      const again = await client.holdSeats(show, { seats: [...freed], ...ownerOf(hold) })
      desk.open(again.id, again.seats)
      return `Held ${desk.list(again.seats)} again.`
    })
  })
}

/** Gives back seats of a booking: all of them when `seats` is null. */
export function cancelBooking(
  desk: ShowDesk,
  booking: Chain,
  seats: readonly string[] | null,
  reason: string,
): Promise<boolean> {
  const { client, key: show } = desk
  const freed = seats ?? booking.seats
  return desk.run(async (options) => {
    const body = { ...(seats !== null && { seats: [...seats] }), ...(reason !== '' && { reason }) }
    await client.cancelBooking(show, booking.id, body, options)
    desk.clear()
    say(`Cancelled ${desk.list(freed)}.`, async () => {
      const again = await client.bookSeats(show, { seats: [...freed], ...ownerOf(booking) })
      desk.open(again.id, again.seats)
      return `Booked ${desk.list(again.seats)} again.`
    })
  })
}

/** Gives a booking other seats in one step: nobody can get either in between. */
export function swapSeats(
  desk: ShowDesk,
  booking: Chain,
  from: readonly string[],
  to: readonly string[],
): Promise<boolean> {
  const { client, key: show } = desk
  return desk.run(async (options) => {
    await client.swapSeats(show, booking.id, { from: [...from], to: [...to] }, options)
    desk.startSwap(null)
    desk.pick(to)
    say(`Swapped ${desk.list(from)} for ${desk.list(to)}.`, async () => {
      await client.swapSeats(show, booking.id, { from: [...to], to: [...from] })
      desk.show(from)
      return `Back on ${desk.list(from)}.`
    })
  })
}

/** Withholds seats from sale. */
export function blockSeats(
  desk: ShowDesk,
  seats: readonly string[],
  reason: string,
): Promise<boolean> {
  const { client, key: show } = desk
  return desk.run(async (options) => {
    const block = await client.blockSeats(show, { seats: [...seats], reason }, options)
    desk.pick(block.seats)
    say(`Blocked ${desk.list(block.seats)}.`, async () => {
      await client.unblockSeats(show, block.id)
      return `Unblocked ${desk.list(block.seats)}.`
    })
  })
}

/** Puts blocked seats on sale again: all of the block when `seats` is null. */
export function unblockSeats(
  desk: ShowDesk,
  block: Chain,
  seats: readonly string[] | null,
): Promise<boolean> {
  const { client, key: show } = desk
  const freed = seats ?? block.seats
  const reason = block.reason ?? 'blocked again'
  return desk.run(async (options) => {
    await client.unblockSeats(show, block.id, seats === null ? {} : { seats: [...seats] }, options)
    desk.clear()
    say(`Unblocked ${desk.list(freed)}.`, async () => {
      const again = await client.blockSeats(show, { seats: [...freed], reason })
      desk.open(again.id, again.seats)
      return `Blocked ${desk.list(again.seats)} again.`
    })
  })
}

function sayBooked(desk: ShowDesk, booking: Booking): void {
  const { client, key: show } = desk
  say(`Booked ${desk.list(booking.seats)}.`, async () => {
    await client.cancelBooking(show, booking.id, { reason: 'undone' })
    return `Cancelled ${desk.list(booking.seats)}.`
  })
}

function wordsOf({ holder, reference }: ForWhom): Partial<ForWhom> {
  return { ...(holder !== '' && { holder }), ...(reference !== '' && { reference }) }
}

/** Holder and reference of a chain, so that it belongs to them again. */
function ownerOf({ holder, reference }: Chain): Partial<ForWhom> {
  return wordsOf({ holder: holder ?? '', reference: reference ?? '' })
}
