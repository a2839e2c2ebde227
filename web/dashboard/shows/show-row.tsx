import { useEffect, useRef } from 'preact/hooks'
import type { Counts, Show, Venue } from '../../../src/protocol/index.ts'
import { hrefOf } from '../address/routes.ts'
import { OccupancyBar } from '../parts/occupancy-bar.tsx'
import { saleBadge } from '../parts/sale-badge.ts'
import { now } from '../time/clock.ts'
import { count, exactTime, percent, timeOfDay } from '../time/format.ts'
import { otherClock } from '../time/zoned-time.ts'
import { countsOf, watchCounts } from './occupancy.ts'

/** A show in the list: when, what, where, and how much of the house is taken, live. */
export function ShowRow({ show, venue }: { show: Show; venue: Venue | undefined }) {
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => watchWhileSeen(row.current, show.key), [show.key])
  const timeZone = venue?.timeZone ?? undefined
  const at = Date.parse(show.startsAt)
  const zone = otherClock(show.startsAt, timeZone ?? null)
  const badge = saleBadge(show, now.value)
  return (
    <li ref={row} class={`show-row ${show.cancelledAt === null ? '' : 'is-cancelled'}`}>
      <a class="show-row-link" href={hrefOf({ page: 'show', show: show.key, tab: 'seats' })}>
        <time class="show-row-time" dateTime={show.startsAt} title={exactTime(at)}>
          {timeOfDay(at, timeZone)}
          {zone !== null && <span class="show-row-zone quiet"> {zone}</span>}
        </time>
        <span class="show-row-what">
          <span class="show-row-title">{show.title}</span>
          <span class="show-row-where quiet">
            {venue === undefined ? 'Seats of its own' : venue.name} · <code>{show.key}</code>
          </span>
        </span>
        {badge !== null && <span class={`badge ${badge.look}`}>{badge.text}</span>}
        <Occupancy counts={countsOf(show.key).value} seatCount={show.seatCount} />
      </a>
    </li>
  )
}

function Occupancy({ counts, seatCount }: { counts: Counts | null; seatCount: number }) {
  const shown = counts ?? { total: seatCount, available: seatCount, held: 0, booked: 0, blocked: 0 }
  return (
    <span class="show-row-taken">
      <OccupancyBar counts={shown} />
      <span class="show-row-counts">
        <span>
          <b>{counts === null ? '–' : percent(shown.booked, shown.total)}</b> booked
        </span>
        <span class="quiet">
          {shown.held > 0 && `${count(shown.held)} held · `}
          {counts === null ? '–' : count(shown.available)} of {count(shown.total)} free
        </span>
      </span>
    </span>
  )
}

/** Only what is in sight is asked for: the list may be long. */
function watchWhileSeen(row: Element | null, show: string): () => void {
  if (row === null) return () => {}
  let stop: (() => void) | null = null
  const observer = new IntersectionObserver(
    ([entry]) => {
      const isSeen = entry?.isIntersecting === true
      if (isSeen && stop === null) stop = watchCounts(show)
      if (!isSeen) stop?.()
      if (!isSeen) stop = null
    },
    { rootMargin: '100px' },
  )
  observer.observe(row)
  return () => {
    observer.disconnect()
    stop?.()
  }
}
