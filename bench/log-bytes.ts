/**
 * `npm run bench:log`: bytes that PostgreSQL writes to its log, and keeps in tables and indexes,
 * for each cycle of hold and confirm. Bytes hardly depend on how busy the machine is, so that these
 * figures are the same wherever they are taken; docs/operating/capacity.md has them.
 *
 * `npm run bench:log -- --old` sells in a show that has a million entries already.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate, openDatabase, startEmbedded } from '../src/db/index.ts'
import { type Engine, openEngine } from '../src/engine/index.ts'
import { CreateShowBody, newUuid } from '../src/protocol/index.ts'
import { SELLER } from './world.ts'

const CYCLES = 4_000
const ROWS = { rows: 'A-Z', seatsPerRow: 400 }
const LABELS = Array.from({ length: 26 * 400 }, (_, n) => {
  return `${String.fromCharCode(65 + Math.floor(n / 400))}${(n % 400) + 1}`
})

interface Case {
  readonly callers: number
  readonly seatsPerHold: number
  readonly shows: number
  /** Entries that each show has before. */
  readonly past?: number
  /** True when callers send keys, as the SDK does. */
  readonly isKeyed?: boolean
}

const FRESH: readonly Case[] = [
  { callers: 1, seatsPerHold: 2, shows: 1 },
  { callers: 64, seatsPerHold: 2, shows: 1 },
  { callers: 256, seatsPerHold: 2, shows: 1 },
  { callers: 256, seatsPerHold: 1, shows: 1 },
  { callers: 256, seatsPerHold: 2, shows: 20 },
]
const OLD: readonly Case[] = [
  { callers: 256, seatsPerHold: 1, shows: 1, past: 1_000_000, isKeyed: true },
  { callers: 256, seatsPerHold: 1, shows: 1, past: 1_000_000 },
]

/** Holds that ran out, with ids and keys as they are when nothing orders them. */
const PAST = `
  insert into rowlock.journal
    (show_id, version, at, kind, hold_id, step, seats, freed, until, actor, request_id, fingerprint)
  select show.show_id, last.version + n, last.at, 'hold', gen_random_uuid(), 0,
    array[(n % 10400)::int], '{}', last.at, 'bench', gen_random_uuid(), gen_random_uuid()
  from rowlock.shows as show
  join lateral (
    select entry.version, entry.at
    from rowlock.journal as entry
    where entry.show_id = show.show_id
    order by entry.version desc
    limit 1
  ) as last on true
  cross join generate_series(1, $2::int) as n
  where show.key = $1`

async function createShow(engine: Engine): Promise<string> {
  const key = newUuid()
  const startsAt = '2035-01-01T20:00:00Z'
  const body = CreateShowBody.parse({ key, title: 'Bench', startsAt, seats: ROWS })
  await engine.createShow(SELLER, body)
  return key
}

/** Sells different seats in every cycle, and says how many cycles there were. */
async function sell(engine: Engine, shows: readonly string[], each: Case) {
  const { callers, seatsPerHold, isKeyed = false } = each
  const seller = () => (isKeyed ? { ...SELLER, idempotencyKey: randomUUID() } : SELLER)
  let next = 0
  const count = Math.min(CYCLES, Math.floor(LABELS.length / seatsPerHold) * shows.length)
  const work = async () => {
    for (let n = next++; n < count; n = next++) {
      const show = shows[n % shows.length] as string
      const first = Math.floor(n / shows.length) * seatsPerHold
      const seats = LABELS.slice(first, first + seatsPerHold)
      const { value } = await engine.holdSeats(seller(), show, { seats })
      await engine.confirmHold(seller(), show, value.id, {})
    }
  }
  await Promise.all(Array.from({ length: callers }, work))
  return count
}

interface Written {
  readonly log: number
  readonly pages: number
  readonly kept: number
}

/** Log in bytes, whole pages among it, and the size of what belongs to shows. */
async function readWritten(owner: pg.Pool): Promise<Written> {
  const { rows } = await owner.query<Record<keyof Written, string>>(
    `select
       pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as log,
       (select wal_fpi from pg_stat_wal) as pages,
       (
         select sum(pg_total_relation_size(format('rowlock.%I', name)))
         from unnest(array['journal', 'claims', 'tallies', 'refusals', 'policies']) as name
       ) as kept`,
  )
  const row = rows[0]
  if (row === undefined) throw new Error('The database did not say what it has written.')
  return { log: Number(row.log), pages: Number(row.pages), kept: Number(row.kept) }
}

function inEnglish(count: number): string {
  return count.toLocaleString('en')
}

async function measure(engine: Engine, owner: pg.Pool, each: Case): Promise<string> {
  const shows: string[] = []
  // One after the other: plans are read one at a time.
  for (let n = 0; n < each.shows; n++) shows.push(await createShow(engine))
  if (each.past) {
    for (const key of shows) await owner.query(PAST, [key, each.past])
    await owner.query('vacuum analyze rowlock.journal')
  }
  await owner.query('checkpoint')
  const before = await readWritten(owner)
  const count = await sell(engine, shows, each)
  const after = await readWritten(owner)
  const per = (name: keyof Written) => Math.round((after[name] - before[name]) / count)
  const pages = ((after.pages - before.pages) / count).toFixed(2)
  const { callers, seatsPerHold, past = 0, isKeyed = false } = each
  const written = [inEnglish(per('log')), pages, inEnglish(per('kept'))]
  const keys = isKeyed ? 'yes' : 'no'
  return `| ${[callers, seatsPerHold, each.shows, inEnglish(past), keys, ...written].join(' | ')} |`
}

const dataDir = await mkdtemp(join(tmpdir(), 'rowlock-log-'))
const settings = { max_wal_size: '16GB', checkpoint_timeout: '30min' }
const postgres = await startEmbedded({ dataDir, settings })
const owner = new pg.Pool({ ...postgres.ownerConfig, max: 1 })
try {
  await migrate(postgres.ownerConfig, { login: postgres.serverConfig.user })
  const database = await openDatabase({ target: postgres.serverConfig })
  const engine = openEngine(database)
  const names = ['callers', 'seats a hold', 'shows', 'entries before', 'keys', 'log, bytes a cycle']
  console.log(`| ${[...names, 'whole pages', 'kept, bytes'].join(' | ')} |`)
  console.log('|--:|--:|--:|--:|---|--:|--:|--:|')
  for (const each of process.argv.includes('--old') ? OLD : FRESH)
    console.log(await measure(engine, owner, each))
  await engine.close()
  await database.close()
} finally {
  await owner.end()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}
