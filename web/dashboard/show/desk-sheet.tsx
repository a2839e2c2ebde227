import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { may } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'
import { plural } from '../time/format.ts'
import type { ShowDesk } from './show-desk.ts'

/**
 * The desk beside the house. On phones it is a sheet: closed while seats are being picked, because
 * it would cover them, and opened by whoever is done picking, or by a refusal.
 */
export function DeskSheet({ desk, children }: { desk: ShowDesk; children: ComponentChildren }) {
  const [isOpen, open] = useState(false)
  const scroll = useRef<HTMLElement>(null)
  const { seats, places } = desk.picked.value
  const isPicked = seats.length > 0 || places.length > 0 || desk.opened.value !== null
  const isSwapping = desk.swap.value !== null
  const isRefused = desk.failure.value !== null
  useEffect(() => {
    if (isRefused) open(true)
  }, [isRefused])
  useEffect(() => {
    if (!isPicked || isSwapping) open(false)
  }, [isPicked, isSwapping])
  useEffect(() => scroll.current?.scrollTo(0, 0), [isOpen, desk.turn.value])
  useFocusKept(scroll)
  const isCalling = !isOpen && (isPicked || isSwapping)
  return (
    <aside class={`desk ${isOpen ? 'is-open' : ''} ${isCalling ? 'is-calling' : ''}`}>
      <button
        type="button"
        class="desk-handle"
        aria-expanded={isOpen}
        onClick={() => open(!isOpen)}
      >
        <span class="desk-handle-what">{titleOf(desk)}</span>
        <span class="desk-handle-more">
          {isOpen ? 'Less' : isPicked ? 'What now?' : 'More'} <Icon name="up" size={16} />
        </span>
      </button>
      <section ref={scroll} class="desk-scroll" tabIndex={-1} aria-label="Desk">
        {children}
      </section>
    </aside>
  )
}

function titleOf(desk: ShowDesk): string {
  const { seats, places } = desk.picked.value
  const swap = desk.swap.value
  if (swap !== null) return `Swap: ${seats.length} of ${plural(swap.from.length, 'seat')} picked`
  const count = places.reduce((sum, { quantity }) => sum + quantity, seats.length)
  if (count === 0) return may('sell') ? 'Sell, find, holds' : 'Choose a seat'
  const labels = desk.list(
    seats.map(({ label }) => label),
    3,
  )
  const what = seats.length === 0 ? 'place' : 'seat'
  return `${plural(count, what)} picked${labels === '' ? '' : `: ${labels}`}`
}

/**
 * Keeps the focus: what is done takes its button away, at once or when the news of it come: the
 * keyboard goes on in the desk then, and not at the top of the page.
 */
function useFocusKept(place: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const end = new AbortController()
    let isInside = false
    const note = ({ target }: Event) => {
      isInside = target instanceof Node && element.contains(target)
    }
    document.addEventListener('focusin', note, { signal: end.signal })
    document.addEventListener('pointerdown', note, { signal: end.signal })
    const observer = new MutationObserver(() => {
      if (isInside && document.activeElement === document.body) {
        element.focus({ preventScroll: true })
      }
    })
    observer.observe(element, { childList: true, subtree: true })
    return () => {
      end.abort()
      observer.disconnect()
    }
  }, [])
}
