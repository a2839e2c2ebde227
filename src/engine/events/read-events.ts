import { type Event, Refusal } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type { Entry } from '../lanes/command.ts'
import { type SoldShow, withPlan } from '../sold-show.ts'
import { SELECT_SHOW, type ShowRow } from '../stored/stored-show.ts'
import type { EventPosition, ReadPosition } from './event-position.ts'
import type { EventsWanted } from './event-query.ts'
import type { PlacedEvent } from './placed-event.ts'
import { type EventEntry, toEvent, toExpiry, toLeaving } from './to-event.ts'

interface EventRow {
  readonly entry: EventEntry
  readonly origin: string | null
  readonly owner: string | null
  /** Number of restores before it was written. */
  readonly restores: number
  /** The entry before, where the booking had another owner. */
  readonly former?: (Entry & { readonly owner: string | null }) | null
}

interface ReadEvents {
  /** Number of restores by now, and when the version was written; null where there is none. */
  readonly restores?: number
  readonly since?: number | null
  readonly entries: readonly EventRow[]
  readonly expiries: readonly (EventRow & { readonly expiryNo: number })[]
}

const NOTHING: ReadEvents = { entries: [], expiries: [] }

/** Pages of several shows in one round trip. */
const EVENTS_AFTER = `
  select rowlock.events_after(wanted.show_id, wanted.version, wanted.expiry_no, wanted.count)
    as answer
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[])
    with ordinality as wanted (show_id, version, expiry_no, count, place)
  order by wanted.place`

const UNDONE = {
  detail:
    'After a restore of the database, some positions are gone. Read the events from the ' +
    'beginning: those you know have the ids you know, and those that are missing were undone.',
}

/** Events of a show after a position that somebody kept, and the number of restores by now. */
export interface KeptEvents {
  readonly placed: readonly PlacedEvent[]
  readonly restores: number
}

/**
 * Reads on from a position that somebody kept. Which holds had run out by then is only known of the
 * same history: after a restore, they are all told again. Refusal: `position_unknown`.
 */
export async function readOn(
  context: Context,
  row: ShowRow,
  kept: ReadPosition,
  limit: number,
): Promise<KeptEvents> {
  const [found = NOTHING] = await ask(context, [{ showId: row.show_id, after: kept, limit }])
  // A database that is not migrated yet counts none.
  const { restores = 0, since = 0 } = found
  const known = kept.restores ?? restores
  const isThere = kept.version === 0 || (since !== null && since <= known)
  if (!isThere || known > restores) throw new Refusal('position_unknown', UNDONE)
  if (known === restores || kept.expiryNo === 0) {
    return { placed: await place(context, row, found, { after: kept, limit }), restores }
  }
  const wanted = { showId: row.show_id, after: { version: kept.version, expiryNo: 0 }, limit }
  const [again] = await ask(context, [wanted])
  return { placed: await place(context, row, again, wanted), restores }
}

/**
 * Events of shows after positions, in order: entries by their versions; holds that ran out after
 * what had happened before. What is not due yet is not there, nor is anything of a show that is
 * gone. A show of which no events can be made fails by itself.
 */
export async function readEvents(
  context: Context,
  wanted: readonly EventsWanted[],
): Promise<PromiseSettledResult<PlacedEvent[]>[]> {
  const showIds = wanted.map(({ showId }) => showId)
  const [rows, found] = await Promise.all([
    context.database.read<ShowRow>(`${SELECT_SHOW} where show.show_id = any($1)`, [showIds]),
    ask(context, wanted),
  ])
  const shows = new Map(rows.map((row) => [row.show_id, row]))
  return Promise.allSettled(
    wanted.map(async (one, index) => {
      const row = shows.get(one.showId)
      return row === undefined ? [] : place(context, row, found[index], one)
    }),
  )
}

async function ask(context: Context, wanted: readonly EventsWanted[]): Promise<ReadEvents[]> {
  const rows = await context.database.read<{ answer: ReadEvents }>(EVENTS_AFTER, [
    wanted.map(({ showId }) => showId),
    wanted.map(({ after }) => after.version),
    wanted.map(({ after }) => after.expiryNo),
    wanted.map(({ limit }) => limit),
  ])
  return rows.map(({ answer }) => answer)
}

async function place(
  context: Context,
  row: ShowRow,
  { entries, expiries }: ReadEvents = NOTHING,
  { after, limit }: Pick<EventsWanted, 'after' | 'limit'>,
): Promise<PlacedEvent[]> {
  const identity = { showId: row.show_id, key: row.key, planId: row.plan_id }
  const seats = [...entries, ...expiries].flatMap(({ entry }) => [...entry.seats, ...entry.freed])
  const seatMax = seats.reduce((max, seat) => Math.max(max, seat), -1)
  const sold = await withPlan(context, identity, seatMax + 1)
  const isCut = entries.length === limit
  return merge(sold, row, { entries, expiries }, after, isCut).slice(0, limit)
}

/** Puts both in one order. Behind entries that were cut off no expiry may overtake them. */
function merge(
  sold: SoldShow,
  row: ShowRow,
  { entries, expiries }: ReadEvents,
  after: EventPosition,
  isCut: boolean,
): PlacedEvent[] {
  const placed: PlacedEvent[] = []
  let { version, expiryNo } = after
  const place = (
    event: Event,
    owner: string | null,
    isOfShow: boolean,
    former: PlacedEvent['former'] = null,
  ) => {
    placed.push({ event, former, owner, isOfShow, position: { version, expiryNo } })
  }
  const waiting = [...expiries]
  const placeExpiries = (until: number) => {
    while (waiting[0] && Date.parse(waiting[0].entry.until) < until) {
      const { entry, owner, restores, expiryNo: no } = waiting.shift() as (typeof waiting)[number]
      expiryNo = no
      place(toExpiry(sold, entry as Entry, restores), owner, false)
    }
  }
  for (const { entry, origin, owner, restores, former } of entries) {
    placeExpiries(Date.parse(entry.at))
    version = entry.version
    const one = { entry, origin, restores }
    const left = former && { event: toLeaving(sold, one, former), owner: former.owner }
    place(toEvent(sold, row, one), owner, entry.hold_id === null, left)
  }
  if (!isCut) placeExpiries(Number.POSITIVE_INFINITY)
  return placed
}
