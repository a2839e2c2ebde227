import type { MapConnection } from '../../seat-map/index.ts'
import { hrefOf, SHOW_TABS, type ShowTab } from '../address/routes.ts'
import { Icon } from '../parts/icon.tsx'
import { OccupancyBar } from '../parts/occupancy-bar.tsx'
import { saleBadge } from '../parts/sale-badge.ts'
import { now } from '../time/clock.ts'
import { count, dayAndTime, exactTime, percent } from '../time/format.ts'
import { otherClock } from '../time/zoned-time.ts'
import type { ShowAndVenue } from './show-and-venue.ts'
import type { ShowDesk } from './show-desk.ts'

const TAB_NAMES: Readonly<Record<ShowTab, string>> = {
  seats: 'Seats',
  activity: 'Activity',
  sales: 'Sales',
  report: 'Report',
  terms: 'Terms',
}

/**
 * Head of a show's page: what is on, when and where, how full it is, and the way to the parts of
 * its page.
 */
export function ShowHead(props: { known: ShowAndVenue; desk: ShowDesk; tab: ShowTab }) {
  const { show, venue } = props.known
  const badge = saleBadge(show, now.value)
  const startsAt = Date.parse(show.startsAt)
  const zone = otherClock(show.startsAt, venue?.timeZone ?? null)
  return (
    <div class="show-head">
      <div class="show-head-line">
        <div class="show-head-what">
          <a class="show-back" href={hrefOf({ page: 'shows' })} aria-label="All shows">
            <Icon name="back" />
          </a>
          <div>
            <h1>
              {show.title}{' '}
              {badge !== null && <span class={`badge ${badge.look}`}>{badge.text}</span>}
            </h1>
            <p class="quiet show-head-when">
              <time dateTime={show.startsAt} title={exactTime(startsAt)}>
                {dayAndTime(startsAt, venue?.timeZone ?? undefined)}
                {zone !== null && ` ${zone}`}
              </time>
              {venue !== null && <span>{venue.name}</span>}
              <Connection desk={props.desk} />
              <code>{show.key}</code>
            </p>
          </div>
        </div>
        <Counters desk={props.desk} seatCount={show.seatCount} />
      </div>
      <nav class="tabs" aria-label="Parts of the show">
        {SHOW_TABS.map((tab) => (
          <a
            key={tab}
            class="tab"
            href={hrefOf({ page: 'show', show: show.key, tab })}
            aria-current={tab === props.tab ? 'page' : undefined}
          >
            {TAB_NAMES[tab]}
          </a>
        ))}
      </nav>
    </div>
  )
}

const CONNECTIONS: Readonly<Partial<Record<MapConnection, string>>> = {
  live: 'Live',
  polling: 'Updated every few seconds',
}

/** Note of how the page gets its news. That it gets none is said above, for the whole page. */
function Connection({ desk }: { desk: ShowDesk }) {
  const connection = desk.shown.value?.connection ?? 'connecting'
  const words = CONNECTIONS[connection]
  return words === undefined ? null : <span class={`pulse is-${connection}`}>{words}</span>
}

const COUNTED = ['available', 'held', 'booked', 'blocked'] as const

function Counters({ desk, seatCount }: { desk: ShowDesk; seatCount: number }) {
  const counts = desk.shown.value?.counts ?? null
  const whole = counts ?? { total: seatCount, available: 0, held: 0, booked: 0, blocked: 0 }
  return (
    <div class="counters">
      <dl>
        {COUNTED.map((status) => (
          <div key={status} class="counter">
            <dt>
              <span class={`dot is-${status}`} aria-hidden="true" /> {status}
            </dt>
            <dd data-count={status}>{counts === null ? '–' : count(whole[status])}</dd>
          </div>
        ))}
        <div class="counter is-share">
          <dt>booked of {count(whole.total)}</dt>
          <dd>{counts === null ? '–' : percent(whole.booked, whole.total)}</dd>
        </div>
      </dl>
      <OccupancyBar counts={whole} />
    </div>
  )
}
