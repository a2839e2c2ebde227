import type { SeatInTheWay } from '../../../src/protocol/errors.ts'
import { explain } from '../api/explain.ts'
import { now } from '../time/clock.ts'
import { countdown } from '../time/format.ts'
import { nameOf } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

const REASONS: Readonly<Record<SeatInTheWay['reason'], string>> = {
  held: 'held',
  booked: 'booked',
  blocked: 'blocked',
  unknown: 'not in this show',
  orphan: 'would be left alone',
}
const NAMED_MAX = 10

/** Every seat that was in the way, why, and for whom. */
export function InTheWay({ desk, error }: { desk: ShowDesk; error: unknown }) {
  const { seats } = explain(error)
  if (seats.length === 0) return null
  return (
    <ul class="in-the-way">
      {seats.slice(0, NAMED_MAX).map((seat) => (
        <li key={seat.seat}>
          <b>{seat.seat}</b> {why(seat, desk)}
        </li>
      ))}
      {seats.length > NAMED_MAX && <li>… and {seats.length - NAMED_MAX} more.</li>}
    </ul>
  )
}

/** Ways on: without the seats that are in the way, or to where they are. */
export function WaysRound({ desk, error }: { desk: ShowDesk; error: unknown }) {
  const { seats, code } = explain(error)
  const labels = new Set(seats.map(({ seat }) => seat))
  const picked = desk.picked.value.seats.map(({ label }) => label)
  const others = picked.filter((label) => !labels.has(label))
  const canGoOn = code === 'seats_unavailable' && others.length > 0 && others.length < picked.length
  const known = seats.filter(({ reason }) => reason !== 'unknown').map(({ seat }) => seat)
  return (
    <>
      {canGoOn && (
        <button type="button" class="button is-small" onClick={() => desk.pick(others)}>
          Go on without {labels.size === 1 ? 'it' : 'them'}
        </button>
      )}
      {known.length > 0 && (
        <button type="button" class="button is-small" onClick={() => desk.point(known)}>
          Show
        </button>
      )}
    </>
  )
}

function why({ seat, reason, until }: SeatInTheWay, desk: ShowDesk): string {
  const chain = desk.journal?.state.value.ledger.ownerOf(seat) ?? null
  const isOwned = reason === 'held' || reason === 'booked' || reason === 'blocked'
  const whose = chain !== null && isOwned ? ` · ${nameOf(chain)}` : ''
  const leftMs = until === undefined ? 0 : Date.parse(until) - now.value
  const time = leftMs > 0 ? `, for another ${countdown(leftMs)}` : ''
  return `${REASONS[reason]}${time}${whose}`
}
