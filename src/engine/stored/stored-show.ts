import type { Database } from '../../db/index.ts'
import { Refusal, type Show, toPublicId, withoutInvisible } from '../../protocol/index.ts'
import { Lru } from '../lru.ts'

/** Facts that never change about a show. */
export interface ShowIdentity {
  readonly showId: number
  readonly key: string
  readonly planId: string
  /** Shows of one bucket may be written in one batch. Known where the show was found by its key. */
  readonly bucket?: number
}

/** A show with its terms, as `SELECT_SHOW` reads it. */
export interface ShowRow {
  show_id: number
  key: string
  title: string
  plan_id: string
  bucket: number
  venue_id: string | null
  time_zone: string | null
  starts_at: Date
  created_at: Date
  seat_count: number
  sales_from: Date | null
  sales_until: Date | null
  over_at: Date | null
  hold_seconds: number
  hold_seconds_max: number
  hold_life_seconds_max: number
  seats_per_hold_max: number
  seats_per_holder_max: number | null
  refuse_orphans: boolean
  cancellable: boolean
  confirm_by: 'holder' | 'seller'
  cancelled_at: Date | null
  archived_at: Date | null
}

/** Terms of a show as of an entry of its journal (`terms_of`), with times as text. */
export type StoredTerms = Readonly<Record<string, unknown>>

const TIMES = [
  'starts_at',
  'sales_from',
  'sales_until',
  'over_at',
  'cancelled_at',
  'archived_at',
] as const

/** The show as it was when it had these terms. */
export function withTerms(row: ShowRow, terms: StoredTerms): ShowRow {
  const times = TIMES.map((name) => {
    const time = terms[name]
    return [name, typeof time === 'string' ? new Date(time) : null]
  })
  return { ...row, ...terms, ...Object.fromEntries(times) }
}

/** Add a `where` over `show` and `plan`. */
export const SELECT_SHOW = `
  select
    show.show_id, show.key, show.title, show.plan_id, rowlock.bucket_of(show.show_id) as bucket,
    plan.venue_id, venue.time_zone,
    show.starts_at, show.created_at, show.archived_at, policy.seat_count, policy.sales_from,
    policy.sales_until,
    policy.over_at, policy.hold_seconds, policy.hold_seconds_max, policy.hold_life_seconds_max,
    policy.seats_per_hold_max, policy.seats_per_holder_max, policy.refuse_orphans,
    policy.cancellable, policy.confirm_by, policy.cancelled_at
  from rowlock.shows as show
  join rowlock.policies as policy on policy.show_id = show.show_id
  join rowlock.plans as plan on plan.plan_id = show.plan_id
  left join rowlock.venues as venue on venue.venue_id = plan.venue_id`

/** Tells whether PostgreSQL can hold the text; it would refuse any other as an error. */
export function isStorable(key: string): boolean {
  return key.isWellFormed() && !key.includes('\u0000')
}

/** The show as it is now; null where none has the key, which may have been pasted. */
export async function loadShow(database: Database, key: string): Promise<ShowRow | null> {
  if (!isStorable(key)) return null
  const [row] = await database.read<ShowRow>(`${SELECT_SHOW} where show.key = $1`, [
    withoutInvisible(key),
  ])
  return row ?? null
}

/** A show as it goes over the wire. */
export function toShow(row: ShowRow): Show {
  return {
    key: row.key,
    title: row.title,
    startsAt: row.starts_at.toISOString(),
    venue: row.venue_id === null ? null : toPublicId('venue', row.venue_id),
    timeZone: row.time_zone,
    plan: toPublicId('plan', row.plan_id),
    seatCount: row.seat_count,
    salesFrom: row.sales_from?.toISOString() ?? null,
    salesUntil: row.sales_until?.toISOString() ?? null,
    sellAfterStart: row.over_at === null,
    holdSeconds: row.hold_seconds,
    holdSecondsMax: row.hold_seconds_max,
    holdLifeSecondsMax: row.hold_life_seconds_max,
    maxSeatsPerHold: row.seats_per_hold_max,
    maxSeatsPerHolder: row.seats_per_holder_max,
    refuseOrphans: row.refuse_orphans,
    cancellable: row.cancellable,
    confirmBy: row.confirm_by,
    cancelledAt: row.cancelled_at?.toISOString() ?? null,
    archivedAt: row.archived_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}

const SHOWS_MAX = 100_000

/**
 * Finds shows by their keys. What it keeps never changes: key, number and plan of a show. Should
 * the show be deleted, whoever finds nothing under its number asks for it to be forgotten.
 */
export class ShowIndex {
  readonly #database: Database
  readonly #shows = new Lru<string, ShowIdentity>(SHOWS_MAX)

  constructor(database: Database) {
    this.#database = database
  }

  /** Refusal: `show_unknown`. */
  async get(key: string): Promise<ShowIdentity> {
    return this.#shows.get(key) ?? (await this.getCurrent(key))
  }

  /** Looks a show up anew, not kept from before. */
  async getCurrent(key: string): Promise<ShowIdentity> {
    const row = await loadShow(this.#database, key)
    if (!row) throw showUnknown(key)
    const { show_id: showId, plan_id: planId, bucket } = row
    const show = { showId, key: row.key, planId, bucket }
    this.#shows.set(show.key, show)
    return show
  }

  forget(key: string): void {
    this.#shows.delete(key)
  }

  /** Forgets those of these keys that stand for another show now, or none; says if there were. */
  async forgetStale(keys: readonly unknown[]): Promise<boolean> {
    let hasForgotten = false
    for (const key of keys) {
      const known = typeof key === 'string' ? this.#shows.get(key) : undefined
      if (known === undefined) continue
      const row = await loadShow(this.#database, known.key)
      if (row?.show_id === known.showId) continue
      this.#shows.delete(known.key)
      hasForgotten = true
    }
    return hasForgotten
  }
}

/** The refusal for a key without a show. */
export function showUnknown(key: string): Refusal {
  return new Refusal('show_unknown', { detail: `No show has the key "${key.toWellFormed()}".` })
}
