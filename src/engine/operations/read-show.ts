import { forOthersToo } from '../../calls/index.ts'
import { Refusal } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type { ShowVersions } from '../engine.ts'
import type { ShowReading } from '../pictures/picture.ts'
import { showUnknown } from '../stored/stored-show.ts'

const READ_SHOW = 'select rowlock.read_show($1, $2) as reading'

const READ_VERSIONS = `
  select policy.show_id, newest.version, rowlock.ms(rowlock.clock()) as now
  from rowlock.policies as policy
  cross join lateral (
    select entry.version
    from rowlock.journal as entry
    where entry.show_id = policy.show_id
    order by entry.version desc
    limit 1
  ) as newest
  where policy.show_id = any($1::bigint[])`

/**
 * A show's seats, or with `since` what came after that version, where that is less. For who keeps
 * a picture of its own, as the feed does: all others ask for statuses. Refusal: `show_unknown`.
 */
export function readShow(
  context: Context,
  showKey: string,
  since: number | null,
): Promise<ShowReading> {
  // Whoever's request begins it, all who listen share it.
  return forOthersToo(() => readForAll(context, showKey, since))
}

async function readForAll(
  context: Context,
  showKey: string,
  since: number | null,
): Promise<ShowReading> {
  const { showId } = await context.shows.get(showKey)
  const [row] = await context.database.read<{ reading: ShowReading | null }>(READ_SHOW, [
    showId,
    since,
  ])
  if (!row?.reading) throw showUnknown(showKey)
  return row.reading
}

/** The versions of some shows, by key, in one query. Unknown ones are left out. */
export function readVersions(context: Context, showKeys: readonly string[]): Promise<ShowVersions> {
  return forOthersToo(() => readVersionsForAll(context, showKeys))
}

async function readVersionsForAll(
  context: Context,
  showKeys: readonly string[],
): Promise<ShowVersions> {
  const keys = new Map<number, string>()
  for (const showKey of showKeys) {
    const known = await context.shows.get(showKey).catch(nullIfUnknown)
    if (known !== null) keys.set(known.showId, known.key)
  }
  const rows = await context.database.read<{ show_id: number; version: number; now: number }>(
    READ_VERSIONS,
    [[...keys.keys()]],
  )
  // One that is not there may be another show under the key by now: the next look finds it.
  if (rows.length < keys.size) await context.shows.forgetStale(showKeys)
  return {
    now: rows[0]?.now ?? 0,
    versions: new Map(rows.map(({ show_id, version }) => [keys.get(show_id) ?? '', version])),
  }
}

function nullIfUnknown(error: unknown): null {
  if (error instanceof Refusal && error.code === 'show_unknown') return null
  throw error
}
