import { useState } from 'preact/hooks'
import type { Show } from '../../../src/protocol/index.ts'
import type { SeatOfMap } from '../../seat-map/index.ts'
import { may } from '../identity/identity.ts'
import { shortId } from '../parts/short-id.ts'
import { leftUntil, now } from '../time/clock.ts'
import { countdown, plural } from '../time/format.ts'
import { BlockActions, BookingActions, HoldActions } from './chain-actions.tsx'
import { ChainHistory } from './chain-history.tsx'
import { ChainNotes } from './chain-notes.tsx'
import { type Chain, isLive, nameOf } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

const LOOKS = { hold: 'held', booking: 'booked', block: 'blocked' } as const
const WORDS = { hold: 'Held', booking: 'Booked', block: 'Blocked' } as const
/** Rights that acting on it takes. */
const RIGHTS = { hold: 'sell', booking: 'amend', block: 'block' } as const
const OVER = { hold: 'Hold is over', booking: 'Cancelled', block: 'Unblocked' } as const

/** Said in the place of buttons that would be refused. */
const WHY_NOT = {
  hold: 'Confirming and releasing is for the box office, or a key with the scope sell.',
  booking: 'Cancelling and swapping is for the box office, or a key with the scope amend.',
  block: 'Unblocking is for the box office, or a key with the scope block.',
} as const

/** A hold, a booking or a block: who has it, what can be done with it, and its history. */
export function ChainCard(props: {
  desk: ShowDesk
  show: Show
  chain: Chain
  /** Its seats that are picked; all are meant where none or all of them are. */
  picked: readonly SeatOfMap[]
}) {
  const { desk, show, chain, picked } = props
  const isPart = picked.length > 0 && picked.length < chain.seats.length
  const [isWhole, setWhole] = useState(false)
  const seats = isPart && !isWhole ? picked.map(({ label }) => label) : null
  const isAlive = isLive(chain, now.value)
  const canAct = isAlive && may(RIGHTS[chain.kind])
  const about = { desk, show, chain, seats }
  return (
    <section class={`deal is-${LOOKS[chain.kind]}`} data-chain={chain.id}>
      <h2>
        <span class={`dot is-${LOOKS[chain.kind]}`} aria-hidden="true" />
        {isAlive ? WORDS[chain.kind] : OVER[chain.kind]}
        {chain.kind === 'hold' && isAlive && (
          <span class="deal-time">{countdown(leftUntil(chain.until ?? 0))}</span>
        )}
      </h2>
      <p class="deal-name">{nameOf(chain)}</p>
      <ChainFacts chain={chain} desk={desk} />
      {isPart && canAct && (
        <fieldset class="switch is-small" aria-label="What it is about">
          <button type="button" aria-pressed={!isWhole} onClick={() => setWhole(false)}>
            Only{' '}
            {desk.list(
              picked.map(({ label }) => label),
              2,
            )}
          </button>
          <button type="button" aria-pressed={isWhole} onClick={() => setWhole(true)}>
            All {plural(chain.seats.length, 'seat')}
          </button>
        </fieldset>
      )}
      {canAct && chain.kind === 'hold' && <HoldActions {...about} />}
      {canAct && chain.kind === 'booking' && <BookingActions {...about} />}
      {canAct && chain.kind === 'block' && <BlockActions {...about} />}
      {isAlive && !canAct && <p class="quiet">{WHY_NOT[chain.kind]}</p>}
      {may(RIGHTS[chain.kind]) && (
        <ChainNotes
          chain={chain}
          desk={desk}
          mayChange={isAlive}
          version={chain.entries.at(-1)?.version}
        />
      )}
      <ChainHistory chain={chain} desk={desk} />
    </section>
  )
}

function ChainFacts({ chain, desk }: { chain: Chain; desk: ShowDesk }) {
  return (
    <dl class="facts">
      <dt>Seats</dt>
      <dd>{chain.seats.length === 0 ? 'none any more' : desk.list(chain.seats, 16)}</dd>
      {chain.kind === 'block' && chain.holder !== null && (
        <>
          <dt>For</dt>
          <dd>{shortId(chain.holder)}</dd>
        </>
      )}
      {chain.reference !== null && chain.holder !== null && (
        <>
          <dt>Reference</dt>
          <dd>{chain.reference}</dd>
        </>
      )}
    </dl>
  )
}
