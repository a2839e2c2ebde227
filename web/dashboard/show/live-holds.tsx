import { leftUntil, now } from '../time/clock.ts'
import { countdown, plural } from '../time/format.ts'
import { type Chain, nameOf } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

const LISTED_MAX = 8
/** Milliseconds before the end of a hold from which its time is marked. */
const SOON_MS = 60_000

/** Holds that live, the one that ends first in front, each counting down. */
export function LiveHolds({ desk }: { desk: ShowDesk }) {
  const state = desk.journal?.state.value
  if (state === undefined) return null
  const holds = state.ledger.liveHolds(now.value)
  return (
    <section class="desk-list">
      <h2>
        Holds <span class="quiet">{state.startVersion !== null ? holds.length : ''}</span>
      </h2>
      {holds.length === 0 && (
        <p class="quiet">{state.startVersion !== null ? 'None right now.' : 'Reading…'}</p>
      )}
      <ul>
        {holds.slice(0, LISTED_MAX).map((hold) => (
          <HoldLine key={hold.number} hold={hold} desk={desk} />
        ))}
      </ul>
      {holds.length > LISTED_MAX && (
        <p class="quiet">and {plural(holds.length - LISTED_MAX, 'more hold', 'more holds')}</p>
      )}
    </section>
  )
}

function HoldLine({ hold, desk }: { hold: Chain; desk: ShowDesk }) {
  const leftMs = leftUntil(hold.until ?? 0)
  return (
    <li>
      <button type="button" class="line" onClick={() => desk.open(hold.id, hold.seats)}>
        <span class="dot is-held" aria-hidden="true" />
        <span class="line-what">
          <b>{nameOf(hold)}</b> <span class="quiet">{desk.list(hold.seats, 4)}</span>
        </span>
        <span class={`line-time ${leftMs < SOON_MS ? 'is-soon' : ''}`}>{countdown(leftMs)}</span>
      </button>
    </li>
  )
}
