/**
 * `npm run bench:log`: bytes that PostgreSQL writes to its log, and keeps in tables and indexes,
 * for each cycle of hold and confirm. Bytes hardly depend on how busy the machine is, so that these
 * figures are the same wherever they are taken; docs/operating/capacity.md has them.
 */
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
}

const CASES: readonly Case[] = [
  { callers: 1, seatsPerHold: 2, shows: 1 },
  { callers: 64, seatsPerHold: 2, shows: 1 },
  { callers: 256, seatsPerHold: 2, shows: 1 },
  { callers: 256, seatsPerHold: 1, shows: 1 },
  { callers: 256, seatsPerHold: 2, shows: 20 },
]

async function createShow(engine: Engine): Promise<string> {
  const key = newUuid()
  const startsAt = '2035-01-01T20:00:00Z'
  const body = CreateShowBody.parse({ key, title: 'Bench', startsAt, seats: ROWS })
  await engine.createShow(SELLER, body)
  return key
}

/** Sells different seats in every cycle, and says how many cycles there were. */
async function sell(engine: Engine, shows: readonly string[], { callers, seatsPerHold }: Case) {
  let next = 0
  const count = Math.min(CYCLES, Math.floor(LABELS.length / seatsPerHold) * shows.length)
  const work = async () => {
    for (let n = next++; n < count; n = next++) {
      const show = shows[n % shows.length] as string
      const first = Math.floor(n / shows.length) * seatsPerHold
      const seats = LABELS.slice(first, first + seatsPerHold)
      const { value } = await engine.holdSeats(SELLER, show, { seats })
      await engine.confirmHold(SELLER, show, value.id, {})
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

async function measure(engine: Engine, owner: pg.Pool, each: Case): Promise<string> {
  const shows: string[] = []
  // One after the other: plans are read one at a time.
  for (let n = 0; n < each.shows; n++) shows.push(await createShow(engine))
  await owner.query('checkpoint')
  const before = await readWritten(owner)
  const count = await sell(engine, shows, each)
  const after = await readWritten(owner)
  const per = (name: keyof Written) => Math.round((after[name] - before[name]) / count)
  const pages = ((after.pages - before.pages) / count).toFixed(2)
  const { callers, seatsPerHold } = each
  return (
    `| ${callers} | ${seatsPerHold} | ${each.shows} | ${per('log').toLocaleString('en')} ` +
    `| ${pages} | ${per('kept').toLocaleString('en')} |`
  )
}

const dataDir = await mkdtemp(join(tmpdir(), 'rowlock-log-'))
const settings = { max_wal_size: '4GB', checkpoint_timeout: '30min' }
const postgres = await startEmbedded({ dataDir, settings })
const owner = new pg.Pool({ ...postgres.ownerConfig, max: 1 })
try {
  await migrate(postgres.ownerConfig, { login: postgres.serverConfig.user })
  const database = await openDatabase({ target: postgres.serverConfig })
  const engine = openEngine(database)
  console.log('| callers | seats a hold | shows | log, bytes a cycle | whole pages | kept, bytes |')
  console.log('|--:|--:|--:|--:|--:|--:|')
  for (const each of CASES) console.log(await measure(engine, owner, each))
  await engine.close()
  await database.close()
} finally {
  await owner.end()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}
