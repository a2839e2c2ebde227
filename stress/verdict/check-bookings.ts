import type { Booking } from '../../src/protocol/index.ts'
import { isBooking } from '../answer-log.ts'
import { type Chain, type Done, latest, nameOf, sameSeats, seatList } from './chains.ts'
import type { Check, Evidence } from './evidence.ts'

/** Promise 3: every booking that was answered is there, with exactly the seats last answered. */
export function checkBookingsSurvive(evidence: Evidence, chains: Iterable<Chain>): Check {
  const breaches: string[] = []
  let count = 0
  for (const chain of chains) {
    const last = latest(chain.done.filter(({ value }) => isBooking(value)))
    if (!last) continue
    count += 1
    const now = evidence.end.bookings.get(last.value.id) ?? null
    const wrong = compareBooking(last, now, chain.isInDoubt)
    if (wrong !== null) breaches.push(`${nameOf(last)} ${wrong}`)
  }
  return { promise: 3, title: 'Every answered booking is there, seat by seat', count, breaches }
}

function compareBooking(last: Done, now: Booking | null, isInDoubt: boolean): string | null {
  const told = last.value as Booking
  if (now === null) return 'was answered, and is gone'
  if (now.version < told.version) {
    return `was answered at version ${told.version}, and is back at ${now.version}`
  }
  if (now.bookedAt !== told.bookedAt) return `was booked at ${told.bookedAt}, now ${now.bookedAt}`
  // Whoever gave up without an answer may have changed it.
  if (isInDoubt) return null
  if (!sameSeats(now.seats, told.seats)) {
    return `was answered with ${seatList(told.seats)}, and has ${seatList(now.seats)}`
  }
  if ((now.cancelledAt === null) !== (told.cancelledAt === null)) {
    return now.cancelledAt === null
      ? 'was cancelled, and is not'
      : 'is cancelled, and nobody did it'
  }
  return null
}

/** Promise 1, as the bookings tell it: no seat is in two of them, and each is shown as booked. */
export function checkSeatsOnce({ end }: Evidence): Check {
  const owner = new Map<string, string>()
  const breaches: string[] = []
  for (const booking of end.bookings.values()) {
    for (const seat of booking?.seats ?? []) {
      const other = owner.get(seat)
      if (other !== undefined) breaches.push(`seat ${seat} is sold twice: ${other}, ${booking?.id}`)
      owner.set(seat, booking?.id ?? '')
      const letter = end.statuses.get(seat)
      if (letter !== 'b') breaches.push(`seat ${seat} of ${booking?.id} is shown as "${letter}"`)
    }
  }
  return { promise: 1, title: 'No seat is in two bookings', count: owner.size, breaches }
}

/** Promise 6: a confirmed hold is one booking, with exactly the seats that the hold had. */
export function checkConfirming(chains: Iterable<Chain>): Check {
  const breaches: string[] = []
  let count = 0
  for (const { done, isInDoubt } of chains) {
    const booked = done.filter(({ command }) => command.name === 'confirmHold')
    const [first] = booked
    if (!first) continue
    count += booked.length
    for (const { value } of booked) {
      if (value.id !== first.value.id) breaches.push(`${nameOf(first)} is also ${value.id}`)
    }
    const { version } = first.value
    const hold = latest(done.filter(({ value }) => !isBooking(value) && value.version < version))
    if (isInDoubt || !hold || sameSeats(hold.value.seats, first.value.seats)) continue
    breaches.push(
      `${nameOf(first)} has ${seatList(first.value.seats)}, ` +
        `but the hold had ${seatList(hold.value.seats)}`,
    )
  }
  return { promise: 6, title: 'A hold became one booking, with its seats', count, breaches }
}

/** Promise 13: what was given back is free, or somebody else's. */
export function checkReleases({ end }: Evidence, chains: Iterable<Chain>): Check {
  const breaches: string[] = []
  let count = 0
  for (const { done } of chains) {
    const isSwapped = done.some(({ command }) => command.name === 'swapSeats')
    for (const one of done) {
      const { name, body } = one.command
      if (name !== 'releaseHold' && name !== 'cancelBooking') continue
      count += 1
      const had = end.bookings.get(one.value.id) ?? end.holds.get(one.value.id)
      // A hold that ran out tells the seats that it had, and has none.
      if (had && 'status' in had && had.status !== 'live') continue
      const given = (body as { seats?: string[] }).seats
      const kept = given ? given.filter((seat) => had?.seats.includes(seat)) : (had?.seats ?? [])
      if (kept.length === 0 || isSwapped) continue
      breaches.push(`${nameOf(one)} gave back ${seatList(kept)}, and still has them`)
    }
  }
  return { promise: 13, title: 'What was given back is not theirs any more', count, breaches }
}
