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

interface JournalRow {
  entry: Omit<Entry, 'hold_id' | 'until'> & {
    hold_id: string | null
    until: string | null
    actor: string
    request_id: string | null
  }
}

const LIST_JOURNAL = `
  select to_json(entry) as entry
  from rowlock.journal as entry
  where entry.show_id = $1
    and entry.version > $2
  order by entry.version
  limit $3`

/** A show's history, oldest first, after a version. Refusal: `show_unknown`. */
export async function listJournal(
  context: Context,
  showKey: string,
  query: ListJournalQuery,
): Promise<Journal> {
  const after = query.cursor === undefined ? (query.after ?? 0) : parseCursor(query.cursor)
  const first = await findShow(context, showKey)
  const rows = await context.database.read<JournalRow & Record<string, unknown>>(LIST_JOURNAL, [
    first.showId,
    after,
    query.limit + 1,
  ])
  const entries = rows.slice(0, query.limit).map(({ entry }) => entry)
  const seatMax = entries.reduce((max, entry) => Math.max(max, ...entry.seats, ...entry.freed), -1)
  const show = await withPlan(context, first.identity, seatMax + 1)
  const last = entries.at(-1)
  return {
    items: entries.map((entry) => toJournalEntry(show, entry)),
    next: rows.length > query.limit && last ? String(last.version) : null,
  }
}

function parseCursor(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw badCursor()
}

function toJournalEntry(show: SoldShow, entry: JournalRow['entry']): JournalEntry {
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
    details: entry.details === null ? null : { ...entry.details },
  }
}

function kindOf({ kind, booked_at }: JournalRow['entry']): IdKind {
  if (kind === 'block' || kind === 'unblock') return 'block'
  return booked_at === null ? 'hold' : 'booking'
}
