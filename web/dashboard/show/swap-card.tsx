import { Icon } from '../parts/icon.tsx'
import { plural } from '../time/format.ts'
import { swapSeats } from './commands.ts'
import { nameOf } from './ledger.ts'
import type { ShowDesk, Swap } from './show-desk.ts'

/** Picking other seats for a booking: as many as it gives back. */
export function SwapCard({ desk, swap }: { desk: ShowDesk; swap: Swap }) {
  const { booking, from } = swap
  const to = desk.picked.value.seats
  const taken = to.filter(
    ({ status, label }) => status !== 'available' && !booking.seats.includes(label),
  )
  const isReady = to.length === from.length && taken.length === 0
  return (
    <section class="deal is-booked">
      <h2>
        <Icon name="swap" size={18} /> Swap seats of {nameOf(booking)}
      </h2>
      <dl class="facts">
        <dt>Gives back</dt>
        <dd>{desk.list(from, 16)}</dd>
        <dt>Takes</dt>
        <dd>
          {to.length === 0 ? (
            <span class="quiet">pick {plural(from.length, 'seat')} on the map</span>
          ) : (
            desk.list(
              to.map(({ label }) => label),
              16,
            )
          )}
        </dd>
      </dl>
      <p class="quiet" role="status">
        {hintOf(from.length - to.length, desk.list(taken.map(({ label }) => label)))}
      </p>
      <div class="deal-actions">
        <button
          type="button"
          class="button is-primary"
          disabled={!isReady || desk.isBusy.value}
          onClick={() =>
            void swapSeats(
              desk,
              booking,
              from,
              to.map(({ label }) => label),
            )
          }
        >
          Swap {plural(from.length, 'seat')}
        </button>
        <button type="button" class="button is-plain" onClick={() => desk.startSwap(null)}>
          Stop
        </button>
      </div>
    </section>
  )
}

function hintOf(missing: number, taken: string): string {
  if (taken !== '') return `Not available: ${taken}. Choose free seats.`
  if (missing > 0) return `${plural(missing, 'seat')} to go.`
  if (missing < 0) return `${plural(-missing, 'seat')} too many.`
  return 'In one step: no one else can take either in between.'
}
