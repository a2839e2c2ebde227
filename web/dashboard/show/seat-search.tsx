import { useId, useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { now } from '../time/clock.ts'
import { type Chain, isLive, nameOf } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

const FOUND_MAX = 8
const LOOKS = { hold: 'held', booking: 'booked', block: 'blocked' } as const

/** A seat or a chain that fits what was typed. */
interface Found {
  readonly key: string
  readonly text: string
  readonly more: string
  readonly look: string
  readonly open: () => void
}

/** Finds a seat by its label; a hold, booking or block by seat, holder, reference, reason or id. */
export function SeatSearch({ desk }: { desk: ShowDesk }) {
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [isOpen, setOpen] = useState(false)
  const found = isOpen ? find(desk, text) : []
  const open = (one: Found | undefined) => {
    one?.open()
    setOpen(one === undefined)
  }
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && found.length > 0) {
      event.preventDefault()
      setAt((at + step + found.length) % found.length)
    }
    if (event.key === 'Enter') open(found[at])
    if (event.key === 'Escape') setOpen(false)
  }
  const isShown = isOpen && text.trim() !== ''
  return (
    <div class="search is-wide">
      <Icon name="search" size={18} />
      <input
        type="text"
        role="combobox"
        aria-label="Find a seat, holder, reference or id"
        aria-expanded={isShown}
        aria-controls={`${id}-found`}
        aria-autocomplete="list"
        aria-activedescendant={isShown && found.length > 0 ? `${id}-${at}` : undefined}
        placeholder="Seat, holder, reference or id"
        autoComplete="off"
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={key}
      />
      <FoundList id={id} text={text} found={found} at={at} isShown={isShown} onOpen={open} />
    </div>
  )
}

function FoundList(props: {
  id: string
  text: string
  found: readonly Found[]
  at: number
  isShown: boolean
  onOpen: (one: Found) => void
}) {
  const { id, text, found, at, isShown, onOpen } = props
  return (
    <div id={`${id}-found`} class="found" role="listbox" aria-label="Found" hidden={!isShown}>
      {found.map((one, index) => (
        <div
          key={one.key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          class="found-one"
          // Before the field loses the focus, which closes the list.
          onPointerDown={(event) => {
            event.preventDefault()
            onOpen(one)
          }}
        >
          <span class={`dot is-${one.look}`} aria-hidden="true" />
          <b>{one.text}</b> <span class="quiet">{one.more}</span>
        </div>
      ))}
      {found.length === 0 && (
        <div
          class="found-none"
          role="option"
          aria-disabled="true"
          aria-selected="false"
          tabIndex={-1}
        >
          Nothing found for “{text}”
        </div>
      )}
    </div>
  )
}

function find(desk: ShowDesk, text: string): Found[] {
  const seat = text.trim() === '' ? null : (desk.map?.seat(text) ?? null)
  const seats: Found[] =
    seat === null
      ? []
      : [
          {
            key: 'seat',
            text: `Seat ${seat.label}`,
            more: seat.status,
            look: seat.status,
            open: () => desk.show([seat.label]),
          },
        ]
  const chains = desk.journal?.state.value.ledger.search(text, FOUND_MAX) ?? []
  return [...seats, ...chains.map((chain) => foundChain(desk, chain))]
}

function foundChain(desk: ShowDesk, chain: Chain): Found {
  const isAlive = isLive(chain, now.peek())
  const last = chain.entries.at(-1)
  const seats = isAlive ? chain.seats : (last?.freed ?? [])
  return {
    key: chain.number,
    text: nameOf(chain),
    more: `${chain.kind}${isAlive ? '' : ', over'} · ${desk.list(seats, 4)}`,
    look: isAlive ? LOOKS[chain.kind] : 'available',
    open: () => desk.open(chain.id, isAlive ? chain.seats : []),
  }
}
