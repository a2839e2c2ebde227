import { useState } from 'preact/hooks'
import type { Show } from '../../../src/protocol/index.ts'
import { TextField } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { plural } from '../time/format.ts'
import {
  bookSeats,
  cancelBooking,
  changeHold,
  confirmHold,
  extendHold,
  releaseHold,
  transferBooking,
  unblockSeats,
} from './commands.ts'
import { HoldSeconds } from './hold-seconds.tsx'
import type { Chain } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

/** Things that actions are about: a chain, and which of its seats; null for all of them. */
export interface ActionsProps {
  readonly desk: ShowDesk
  readonly show: Show
  readonly chain: Chain
  readonly seats: readonly string[] | null
}

/** Confirm, extend, change, release. A hold is confirmed as a whole. */
export function HoldActions({ desk, show, chain, seats }: ActionsProps) {
  const [reference, setReference] = useState('')
  const [seconds, setSeconds] = useState<number | null>(null)
  const [isExtending, setExtending] = useState(false)
  const isBusy = desk.isBusy.value
  const confirm = (event: Event) => {
    event.preventDefault()
    void confirmHold(desk, chain, reference.trim())
  }
  const extend = async () => {
    if (await extendHold(desk, chain, seconds)) setExtending(false)
  }
  return (
    <form class="deal-form" onSubmit={confirm}>
      {isExtending ? (
        <>
          <HoldSeconds show={show} value={seconds} onChange={setSeconds} label="From now on for" />
          <div class="deal-actions">
            <button type="button" class="button is-primary" disabled={isBusy} onClick={extend}>
              <Icon name="clock" size={18} /> Extend
            </button>
            <button type="button" class="button is-plain" onClick={() => setExtending(false)}>
              Back
            </button>
          </div>
        </>
      ) : (
        <>
          {chain.reference === null && (
            <TextField
              label="Reference"
              placeholder="Payment or order"
              value={reference}
              onInput={setReference}
              maxLength={200}
            />
          )}
          <div class="deal-actions">
            <button type="submit" class="button is-primary" disabled={isBusy}>
              <Icon name="check" size={18} /> {chain.seats.length > 1 ? 'Confirm all' : 'Confirm'}
            </button>
            <button
              type="button"
              class="button"
              disabled={isBusy}
              onClick={() => setExtending(true)}
            >
              Extend…
            </button>
            <AddPicked desk={desk} hold={chain} />
            <button
              type="button"
              class="button"
              disabled={isBusy}
              onClick={() => void releaseHold(desk, chain, seats)}
            >
              {withCount('Release', seats)}
            </button>
          </div>
        </>
      )}
    </form>
  )
}

/** Free seats that are picked as well can be added to the hold. */
function AddPicked({ desk, hold }: { desk: ShowDesk; hold: Chain }) {
  const free = desk.picked.value.seats.flatMap(({ status, label }) => {
    return status === 'available' ? [label] : []
  })
  if (free.length === 0) return null
  return (
    <button
      type="button"
      class="button"
      disabled={desk.isBusy.value}
      onClick={() => void changeHold(desk, hold, free)}
    >
      {withCount('Add', free)}
    </button>
  )
}

/** Swap, hand on and cancel. */
export function BookingActions({ desk, show, chain, seats }: ActionsProps) {
  const [reason, setReason] = useState('')
  const [isCancelling, setCancelling] = useState(false)
  const [isHandingOn, setHandingOn] = useState(false)
  const isBusy = desk.isBusy.value
  const cancel = (event: Event) => {
    event.preventDefault()
    void cancelBooking(desk, chain, seats, reason.trim())
  }
  if (isHandingOn) {
    return <HandOn {...{ desk, chain, seats }} onEnd={() => setHandingOn(false)} />
  }
  if (!isCancelling) {
    return (
      <div class="deal-actions">
        <button
          type="button"
          class="button"
          disabled={isBusy}
          onClick={() => desk.startSwap({ booking: chain, from: seats ?? chain.seats })}
        >
          <Icon name="swap" size={18} /> {withCount('Swap', seats)}
        </button>
        <button type="button" class="button" disabled={isBusy} onClick={() => setHandingOn(true)}>
          {withCount('Hand on', seats)}…
        </button>
        <button
          type="button"
          class="button is-danger"
          disabled={isBusy || !show.cancellable}
          onClick={() => setCancelling(true)}
        >
          {withCount('Cancel', seats)}…
        </button>
        {!show.cancellable && (
          <p class="quiet">The terms of this show don’t allow cancellations.</p>
        )}
      </div>
    )
  }
  return (
    <form class="deal-form" onSubmit={cancel}>
      <TextField
        label="Why"
        placeholder="Optional"
        value={reason}
        onInput={setReason}
        autoFocus
        maxLength={200}
      />
      <div class="deal-actions">
        <button type="submit" class="button is-danger" disabled={isBusy}>
          Cancel {plural((seats ?? chain.seats).length, 'seat')}
        </button>
        <button type="button" class="button is-plain" onClick={() => setCancelling(false)}>
          Keep
        </button>
      </div>
    </form>
  )
}

/** Hands a booking, or some of its seats, on to somebody. */
function HandOn({ desk, chain, seats, onEnd }: Omit<ActionsProps, 'show'> & { onEnd(): void }) {
  const [holder, setHolder] = useState('')
  const handOn = async (event: Event) => {
    event.preventDefault()
    if (await transferBooking(desk, chain, seats, holder.trim())) onEnd()
  }
  return (
    <form class="deal-form" onSubmit={(event) => void handOn(event)}>
      <TextField
        label="To"
        placeholder="Name, customer number or user_…"
        value={holder}
        onInput={setHolder}
        autoFocus
        maxLength={120}
      />
      <div class="deal-actions">
        <button
          type="submit"
          class="button is-primary"
          disabled={desk.isBusy.value || holder.trim() === ''}
        >
          Hand on {plural((seats ?? chain.seats).length, 'seat')}
        </button>
        <button type="button" class="button is-plain" onClick={onEnd}>
          Keep
        </button>
      </div>
    </form>
  )
}

/** Unblock, or sell out of the block. */
export function BlockActions({ desk, chain, seats }: ActionsProps) {
  const [holder, setHolder] = useState('')
  const isBusy = desk.isBusy.value
  const asked = { seats: [...(seats ?? chain.seats)] }
  const book = () => bookSeats(desk, asked, { holder: holder.trim(), reference: '' }, chain.id)
  return (
    <form
      class="deal-form"
      onSubmit={(event) => {
        event.preventDefault()
        void unblockSeats(desk, chain, seats)
      }}
    >
      <TextField
        label="Sell to"
        placeholder="Guest"
        value={holder}
        onInput={setHolder}
        maxLength={120}
      />
      <div class="deal-actions">
        <button type="submit" class="button" disabled={isBusy}>
          {withCount('Unblock', seats)}
        </button>
        <button type="button" class="button" disabled={isBusy} onClick={() => void book()}>
          <Icon name="book" size={18} /> Book from block
        </button>
      </div>
    </form>
  )
}

/** `Release 2 seats`, where not all of them are meant. */
function withCount(verb: string, seats: readonly string[] | null): string {
  return seats === null ? verb : `${verb} ${plural(seats.length, 'seat')}`
}
