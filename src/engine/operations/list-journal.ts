import { badCursor } from '../../calls/index.ts'
import {
  type IdKind,
  type Journal,
  type JournalEntry,
  type ListJournalQuery,
  toPublicId,
} from '../../protocol/index.ts'
import { toInstant } from '../answers.ts'
import type { Context } from '../context.ts'
import type { Entry } from '../lanes/command.ts'
import { findShow, type SoldShow, withPlan } from '../sold-show.ts'
import { seatNumberOf } from './live-chains.ts'

type StoredEntry = Omit<Entry, 'hold_id' | 'until'> & {
  hold_id: string | null
  until: string | null
  actor: string
  request_id: string | null
}

interface JournalRow extends Record<string, unknown> {
  readonly version: number
  readonly entry: StoredEntry | null
}

/**
 * A page with filters looks through so many entries at most, and its cursor goes on from there:
 * versions have no gaps, so that a version says where that is.
 */
const STRETCH = 20_000

const LIST_JOURNAL = `
  select entry.version, to_json(entry) as entry
  from rowlock.journal as entry
  where entry.show_id = $1
    and entry.version > $2
  order by entry.version
  limit $3`

/** Besides those that match the last one of the stretch, as null, if the history goes on there. */
const SEARCH_JOURNAL = `
  select entry.version, case when matches.yes then to_json(entry) end as entry
  from rowlock.journal as entry
  cross join lateral (
    select
      ($4::int is null or $4 = any(entry.seats) or $4 = any(entry.freed))
      and ($5::text is null or entry.kind = $5)
      and ($6::text is null or coalesce(entry.holder = $6, false)) as yes
  ) as matches
  where entry.show_id = $1
    and entry.version > $2
    and entry.version <= $2 + ${STRETCH}
    and (matches.yes or entry.version = $2 + ${STRETCH})
  order by entry.version
  limit $3`

/**
 * A show's history, oldest first, after a version. Refusals: `show_unknown`, and `invalid_request`
 * for a seat that is not there.
 */
export async function listJournal(
  context: Context,
  showKey: string,
  query: ListJournalQuery,
): Promise<Journal> {
  const after = query.cursor === undefined ? (query.after ?? 0) : parseCursor(query.cursor)
  const first = await findShow(context, showKey)
  const { entries, next } = await readEntries(context, first, after, query)
  const seatMax = entries.reduce((max, entry) => Math.max(max, ...entry.seats, ...entry.freed), -1)
  const show = await withPlan(context, first.identity, seatMax + 1)
  return { items: entries.map((entry) => toJournalEntry(show, entry)), next }
}

async function readEntries(
  context: Context,
  show: SoldShow,
  after: number,
  { limit, seat, kind, holder }: ListJournalQuery,
) {
  const isSearch = seat !== undefined || kind !== undefined || holder !== undefined
  const filters = isSearch
    ? [await seatNumberOf(context, show, seat), kind ?? null, holder ?? null]
    : []
  const rows = await context.database.read<JournalRow>(isSearch ? SEARCH_JOURNAL : LIST_JOURNAL, [
    show.showId,
    after,
    limit + 1,
    ...filters,
  ])
  const matches = rows.flatMap(({ entry }) => (entry === null ? [] : [entry]))
  const entries = matches.slice(0, limit)
  if (rows.length > limit) return { entries, next: String(rows[limit - 1]?.version) }
  const isCutOff = isSearch && rows.at(-1)?.version === after + STRETCH
  return { entries, next: isCutOff ? String(after + STRETCH) : null }
}

function parseCursor(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw badCursor()
}

function toJournalEntry(show: SoldShow, entry: StoredEntry): JournalEntry {
  return {
    version: entry.version,
    at: toInstant(entry.at),
    kind: entry.kind,
    id: entry.hold_id === null ? null : toPublicId(kindOf(entry), entry.hold_id),
    seats: show.labelsOf(entry.seats),
    freed: show.labelsOf(entry.freed),
    until: entry.until === null || entry.until === 'infinity' ? null : toInstant(entry.until),
    bookedAt: entry.booked_at === null ? null : toInstant(entry.booked_at),
    holder: entry.holder,
    reference: entry.reference,
    actor: entry.actor,
    requestId: entry.request_id,
    details: detailsOf(entry),
  }
}

/** Tells what was asked for. The terms of the show as of then are there for its events. */
function detailsOf({ details }: StoredEntry): JournalEntry['details'] {
  if (details === null) return null
  const { terms, ...asked } = details
  return asked
}

function kindOf({ kind, booked_at }: StoredEntry): IdKind {
  if (['block', 'unblock', 'describe'].includes(kind)) return 'block'
  return booked_at === null ? 'hold' : 'booking'
}
