import { useEffect, useState } from 'preact/hooks'
import type { Plan } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useQuery } from '../api/use-query.ts'
import { may } from '../identity/identity.ts'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { BestCard } from './best-card.tsx'
import { ChainCard } from './chain-card.tsx'
import { DeskMap } from './desk-map.tsx'
import { DeskSheet } from './desk-sheet.tsx'
import { InTheWay, WaysRound } from './in-the-way.tsx'
import { LatestActivity } from './latest-activity.tsx'
import type { Chain } from './ledger.ts'
import { LiveHolds } from './live-holds.tsx'
import { PickedCards } from './picked-cards.tsx'
import { SeatSearch } from './seat-search.tsx'
import type { ShowAndVenue } from './show-and-venue.ts'
import type { ShowDesk } from './show-desk.ts'
import { SwapCard } from './swap-card.tsx'

/** The house and the desk beside it; on a phone the desk is a sheet over the lower end. */
export function SeatsTab({ desk, known }: { desk: ShowDesk; known: ShowAndVenue | null }) {
  return (
    <>
      <DeskMap desk={desk} />
      <DeskSheet desk={desk}>{known !== null && <Desk desk={desk} known={known} />}</DeskSheet>
    </>
  )
}

interface DeskProps {
  readonly desk: ShowDesk
  readonly known: ShowAndVenue
}

function Desk({ desk, known }: DeskProps) {
  const { show } = known
  const plan = useQuery((options) => client.value.getPlan(show.plan, options), [show.plan]).value
  useEffect(() => desk.nameAreas(plan?.sections ?? []), [desk, plan])
  if (!may('sell')) {
    return (
      <>
        <Deal desk={desk} known={known} plan={plan} />
        <SignInHint>Sign in to hold, sell and block seats, and to see who has them.</SignInHint>
      </>
    )
  }
  return (
    <>
      <SeatSearch desk={desk} />
      <Slow isBusy={desk.isBusy.value} />
      <Refused desk={desk} />
      <Deal desk={desk} known={known} plan={plan} />
      <LiveHolds desk={desk} />
      <LatestActivity desk={desk} show={show} />
    </>
  )
}

/** Form for what is being done just now, at most one thing. */
function Deal({ desk, known, plan }: DeskProps & { plan: Plan | null }) {
  const { show } = known
  const swap = desk.swap.value
  const opened = openedOf(desk)
  const { seats, places } = desk.picked.value
  if (swap !== null) return <SwapCard desk={desk} swap={swap} />
  if (seats.length > 0 || places.length > 0) {
    return <PickedCards desk={desk} show={show} plan={plan} />
  }
  if (opened !== null) {
    return (
      <>
        <div class="picked-head">
          <h2>Looked up</h2>
          <button type="button" class="button is-small is-plain" onClick={() => desk.clear()}>
            Close
          </button>
        </div>
        <ChainCard desk={desk} show={show} chain={opened} picked={[]} />
      </>
    )
  }
  if (!may('sell')) {
    return <p class="quiet">Choose a seat to see what it is, and until when.</p>
  }
  return <BestCard desk={desk} show={show} plan={plan} />
}

/** Null also until the journal tells of it: it is a moment behind the answer to a command. */
function openedOf(desk: ShowDesk): Chain | null {
  const id = desk.opened.value
  return id === null ? null : (desk.journal?.state.value.ledger.chain(id) ?? null)
}

function Refused({ desk }: { desk: ShowDesk }) {
  const failure = desk.failure.value
  if (failure === null) return null
  return (
    <TroubleNote
      error={failure.error}
      onRetry={explain(failure.error).isWorthRetry ? failure.retry : undefined}
      onDismiss={() => desk.dismissFailure()}
      actions={<WaysRound desk={desk} error={failure.error} />}
    >
      <InTheWay desk={desk} error={failure.error} />
    </TroubleNote>
  )
}

const SLOW_MS = 2_500

/** A word where an answer takes its time: a person would press again. */
function Slow({ isBusy }: { isBusy: boolean }) {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    setSlow(false)
    if (!isBusy) return undefined
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [isBusy])
  if (!isSlow) return null
  return (
    <p class="note is-hint" role="status">
      Waiting for the server. We keep asking until it answers; nothing is done twice.
    </p>
  )
}
