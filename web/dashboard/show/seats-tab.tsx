import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { explain } from '../api/explain.ts'
import { Icon } from '../parts/icon.tsx'
import { SignInHint } from '../parts/sign-in-hint.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { operatorKey } from '../session/operator-key.ts'
import { plural } from '../time/format.ts'
import { BestCard } from './best-card.tsx'
import { ChainCard } from './chain-card.tsx'
import { InTheWay } from './in-the-way.tsx'
import { LatestActivity } from './latest-activity.tsx'
import { LiveHolds } from './live-holds.tsx'
import { PickedCards } from './picked-cards.tsx'
import { SeatHouse } from './seat-house.tsx'
import { SeatSearch } from './seat-search.tsx'
import type { ShowAndVenue } from './show-and-venue.ts'
import type { ShowDesk } from './show-desk.ts'
import { SwapCard } from './swap-card.tsx'

/** The house and the desk beside it; on a phone the desk is a sheet over the lower end. */
export function SeatsTab({ desk, known }: { desk: ShowDesk; known: ShowAndVenue | null }) {
  return (
    <>
      <SeatHouse desk={desk} />
      <DeskSheet desk={desk}>
        {known === null ? null : <Desk desk={desk} known={known} />}
      </DeskSheet>
    </>
  )
}

function Desk({ desk, known }: { desk: ShowDesk; known: ShowAndVenue }) {
  const isOperator = operatorKey.value !== null
  const opened = desk.opened.value
  const { seats, places } = desk.picked.value
  const isPicked = seats.length > 0 || places.length > 0
  return (
    <>
      {isOperator && <SeatSearch desk={desk} />}
      <Refused desk={desk} />
      {desk.swap.value !== null ? (
        <SwapCard desk={desk} swap={desk.swap.value} />
      ) : isPicked ? (
        <PickedCards desk={desk} show={known.show} />
      ) : opened !== null ? (
        <ChainCard desk={desk} show={known.show} chain={opened} picked={[]} />
      ) : (
        isOperator && <BestCard desk={desk} show={known.show} />
      )}
      {!isOperator && (
        <SignInHint>Sign in to hold, sell and block seats, and to see who has them.</SignInHint>
      )}
      {isOperator && <LiveHolds desk={desk} />}
      {isOperator && <LatestActivity desk={desk} show={known.show} />}
    </>
  )
}

function Refused({ desk }: { desk: ShowDesk }) {
  const failure = desk.failure.value
  if (failure === null) return null
  return (
    <TroubleNote
      error={failure.error}
      onRetry={explain(failure.error).isWorthRetry ? failure.retry : undefined}
      onDismiss={() => desk.dismissFailure()}
    >
      <InTheWay desk={desk} error={failure.error} />
    </TroubleNote>
  )
}

/** Only on phones can it be opened and closed: elsewhere there is room for all of it. */
function DeskSheet({ desk, children }: { desk: ShowDesk; children: ComponentChildren }) {
  const [isOpen, open] = useState(false)
  const { seats, places } = desk.picked.value
  const pickedCount = places.reduce((sum, { quantity }) => sum + quantity, seats.length)
  const title =
    desk.swap.value !== null
      ? 'Swap seats'
      : pickedCount > 0
        ? `${plural(pickedCount, 'seat')} picked`
        : 'Desk'
  return (
    <aside class={`desk ${isOpen ? 'is-open' : ''} ${pickedCount > 0 ? 'is-peeking' : ''}`}>
      <button
        type="button"
        class="desk-handle"
        aria-expanded={isOpen}
        onClick={() => open(!isOpen)}
      >
        <span>{title}</span>
        <span class="desk-handle-more">
          {isOpen ? 'Less' : 'More'} <Icon name="up" size={16} />
        </span>
      </button>
      <div class="desk-scroll">{children}</div>
    </aside>
  )
}
