import { useState } from 'preact/hooks'
import type { Show } from '../../../src/protocol/index.ts'
import type { PlacesOfMap, SeatOfMap } from '../../seat-map/index.ts'
import { may } from '../identity/identity.ts'
import { TextField } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { now } from '../time/clock.ts'
import { duration, plural, timeOfDay } from '../time/format.ts'
import { type Asked, blockSeats, bookSeats, holdSeats } from './commands.ts'
import { HoldSeconds } from './hold-seconds.tsx'
import { endOf, nameOf } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

/** For so long it is told that a hold ran out. */
const RECENT_MS = 15 * 60_000
const REASONS = ['House seats', 'Restricted view', 'Technical', 'Distance']

/** Free seats and places: hold them, book them, or withhold them from sale. */
export function FreeCard(props: {
  desk: ShowDesk
  show: Show
  seats: readonly SeatOfMap[]
  places: readonly PlacesOfMap[]
}) {
  const { desk, show, seats, places } = props
  const [holder, setHolder] = useState('')
  const [reference, setReference] = useState('')
  const [holdSeconds, setHoldSeconds] = useState<number | null>(null)
  const [isBlocking, setBlocking] = useState(false)
  const isBusy = desk.isBusy.value
  const labels = seats.map(({ label }) => label)
  const forWhom = { holder: holder.trim(), reference: reference.trim() }
  const asked: Asked = {
    ...(labels.length > 0 && { seats: labels }),
    ...(places.length > 0 && { places: [...places] }),
  }
  if (isBlocking) {
    return <BlockForm desk={desk} labels={labels} onClose={() => setBlocking(false)} />
  }
  return (
    <section class="deal is-available">
      <h2>
        <span class="dot is-available" aria-hidden="true" /> Available
      </h2>
      <p class="deal-seats">{askedWords(desk, labels, places)}</p>
      <RanOut desk={desk} labels={labels} />
      <form
        class="deal-form"
        onSubmit={(event) => {
          event.preventDefault()
          void holdSeats(desk, asked, { ...forWhom, holdSeconds })
        }}
      >
        <div class="deal-fields">
          <TextField
            label="For"
            placeholder="Name"
            value={holder}
            onInput={setHolder}
            maxLength={120}
          />
          <TextField
            label="Reference"
            placeholder="Order"
            value={reference}
            onInput={setReference}
            maxLength={200}
          />
        </div>
        <HoldSeconds show={show} value={holdSeconds} onChange={setHoldSeconds} />
        <div class="deal-actions">
          <button type="submit" class="button is-primary" disabled={isBusy}>
            <Icon name="clock" size={18} /> Hold for {duration(holdSeconds ?? show.holdSeconds)}
          </button>
          <button
            type="button"
            class="button"
            disabled={isBusy}
            onClick={() => void bookSeats(desk, asked, forWhom)}
          >
            <Icon name="book" size={18} /> Book
          </button>
          {places.length === 0 && may('block') && (
            <button
              type="button"
              class="button"
              disabled={isBusy}
              onClick={() => setBlocking(true)}
            >
              <Icon name="ban" size={18} /> Block…
            </button>
          )}
        </div>
      </form>
    </section>
  )
}

/** Seats that were somebody's until a moment ago: the customer on the telephone will ask. */
function RanOut({ desk, labels }: { desk: ShowDesk; labels: readonly string[] }) {
  const ledger = desk.journal?.state.value.ledger
  const owners = new Set(labels.map((label) => ledger?.ownerOf(label) ?? null))
  const ends = [...owners].flatMap((chain) => {
    const end = chain === null ? null : endOf(chain, now.value)
    const isRecent = end !== null && now.value - Date.parse(end.at) < RECENT_MS
    return chain !== null && isRecent ? [{ chain, at: Date.parse(end.at) }] : []
  })
  return ends.map(({ chain, at }) => (
    <p key={chain.number} class="quiet">
      Ran out {timeOfDay(at)}: was held for {nameOf(chain)}.
    </p>
  ))
}

function askedWords(
  desk: ShowDesk,
  labels: readonly string[],
  places: readonly PlacesOfMap[],
): string {
  const areas = places.map(
    ({ section, quantity }) => `${plural(quantity, 'place')} in ${desk.areaName(section)}`,
  )
  return [...(labels.length > 0 ? [desk.list(labels, 16)] : []), ...areas].join(' · ')
}

function BlockForm(props: { desk: ShowDesk; labels: readonly string[]; onClose: () => void }) {
  const { desk, labels, onClose } = props
  const [reason, setReason] = useState('')
  const submit = async (event: Event) => {
    event.preventDefault()
    await blockSeats(desk, labels, reason.trim())
  }
  return (
    <section class="deal is-blocked">
      <h2>
        <span class="dot is-blocked" aria-hidden="true" /> Block {desk.list(labels, 16)}
      </h2>
      <p class="quiet">Withheld from sale until someone unblocks them.</p>
      <form class="deal-form" onSubmit={submit}>
        <TextField
          label="Reason"
          value={reason}
          onInput={setReason}
          required
          autoFocus
          maxLength={200}
        />
        <fieldset class="chips" aria-label="Usual reasons">
          {REASONS.map((text) => (
            <button key={text} type="button" class="chip" onClick={() => setReason(text)}>
              {text}
            </button>
          ))}
        </fieldset>
        <div class="deal-actions">
          <button
            type="submit"
            class="button is-primary"
            disabled={desk.isBusy.value || reason.trim() === ''}
          >
            <Icon name="ban" size={18} /> Block
          </button>
          <button type="button" class="button is-plain" onClick={onClose}>
            Back
          </button>
        </div>
      </form>
    </section>
  )
}
