import type { Plan, Show } from '../../../src/protocol/index.ts'
import type { SeatOfMap } from '../../seat-map/index.ts'
import { may } from '../identity/identity.ts'
import { now } from '../time/clock.ts'
import { countdown, plural } from '../time/format.ts'
import { ChainCard } from './chain-card.tsx'
import { FreeCard } from './free-card.tsx'
import { groupPicked, type PickedGroup } from './picked-groups.ts'
import type { ShowDesk } from './show-desk.ts'

/** Cards for what is picked: one for the free seats, and one for each hold, booking and block. */
export function PickedCards(props: { desk: ShowDesk; show: Show; plan: Plan | null }) {
  const { desk, show, plan } = props
  const { seats, places } = desk.picked.value
  const state = desk.journal?.state.value ?? null
  const groups = groupPicked(seats, state?.ledger ?? null)
  const free = groups.find(({ status }) => status === 'available')
  const maySell = may('sell')
  return (
    <>
      <div class="picked-head">
        <h2>{headOf(seats, groups, plan)}</h2>
        <button type="button" class="button is-small is-plain" onClick={() => desk.clear()}>
          Clear
        </button>
      </div>
      {maySell && (free !== undefined || places.length > 0) && (
        <FreeCard desk={desk} show={show} seats={free?.seats ?? []} places={places} />
      )}
      {groups
        .filter((group) => group !== free || !maySell)
        .map((group) =>
          group.chain === null ? (
            <PlainCard key={group.key} group={group} desk={desk} />
          ) : (
            <ChainCard
              key={group.key}
              desk={desk}
              show={show}
              chain={group.chain}
              picked={group.seats}
            />
          ),
        )}
    </>
  )
}

function headOf(
  seats: readonly SeatOfMap[],
  groups: readonly PickedGroup[],
  plan: Plan | null,
): string {
  const [seat] = seats
  if (seats.length === 1 && seat !== undefined) return seatWords(seat, plan)
  if (seats.length === 0) return 'Places picked'
  const kinds = groups.length > 1 ? `, ${groups.length} kinds` : ''
  return `${plural(seats.length, 'seat')} picked${kinds}`
}

/** Row, number and what is special about a seat. */
function seatWords(seat: SeatOfMap, plan: Plan | null): string {
  const category = plan?.categories.find(({ key }) => key === seat.category)
  const marks = [
    category?.name ?? seat.category,
    seat.accessible ? 'wheelchair place' : '',
    seat.companion ? 'companion seat' : '',
    seat.restrictedView ? 'restricted view' : '',
  ]
  return [`Seat ${seat.label}`, ...marks].filter(Boolean).join(' · ')
}

/** Card of what everybody may know of seats: what they are, and until when. */
function PlainCard({ group, desk }: { group: PickedGroup; desk: ShowDesk }) {
  const ends = group.seats.map(({ heldUntil }) => heldUntil ?? 0)
  const leftMs = Math.max(...ends) - now.value
  return (
    <section class={`deal is-${group.status}`}>
      <h2>
        <span class={`dot is-${group.status}`} aria-hidden="true" /> {capital(group.status)}
        {group.status === 'held' && leftMs > 0 && (
          <span class="deal-time">{countdown(leftMs)}</span>
        )}
      </h2>
      <p>
        {desk.list(
          group.seats.map(({ label }) => label),
          16,
        )}
      </p>
    </section>
  )
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
}
