/** Test that what "booked" rests on is asked while bookings are made, not only at the start. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type pg from 'pg'
import { connectClient } from '../../src/db/connection.ts'
import { migrate } from '../../src/db/index.ts'
import type { Engine } from '../../src/engine/index.ts'
import { apply } from '../../src/engine/lanes/apply.ts'
import { atEnd, useDirectory, useEmbedded } from '../support/embedded.ts'
import { by, codeOf, createShow, openServer } from '../support/engines.ts'
import { command } from '../support/kernel.ts'
import { until } from '../support/until.ts'

/** Notes what each commit of an entry waits for. */
const NOTE_COMMITS = `
  create table public.commits (level text not null);
  create function public.at_commit() returns trigger
  language plpgsql security definer
  as $$
  begin
    insert into public.commits values (current_setting('synchronous_commit'));
    return null;
  end
  $$;
  create constraint trigger at_commit
    after insert on rowlock.journal
    deferrable initially deferred
    for each row
    execute function public.at_commit();
`

interface Durable {
  readonly engine: Engine
  readonly admin: pg.Client
  /** Messages of what became of the settings, in order. */
  readonly told: readonly string[]
}

/** A database that loses nothing, an engine on it, and who can change its settings. */
async function durable(t: TestContext, pgbouncer = false): Promise<Durable> {
  const embedded = await useEmbedded(t, { dataDir: join(await useDirectory(t), 'db') })
  await migrate(embedded.ownerConfig, { login: embedded.serverConfig.user })
  const told: string[] = []
  const { engine, close } = await openServer({
    target: embedded.serverConfig,
    pgbouncer,
    // Behind a pooler who watches is told, too; here it is the batch that is looked at.
    watchDurabilityMs: pgbouncer ? 600_000 : 50,
    onDurability: (unsafe) => told.push(unsafe.join()),
  })
  atEnd(t, close)
  const admin = await connectClient(embedded.ownerConfig)
  atEnd(t, () => admin.end())
  await admin.query(NOTE_COMMITS)
  return { engine, admin, told }
}

/** Reads what commits wait for after the database was told to wait for `level`. */
async function levelsAfter({ engine, admin }: Durable, level: string): Promise<string[]> {
  const show = await createShow(engine, ['A1'])
  const { rows } = await admin.query('select current_database() as name')
  await admin.query(`alter database "${rows[0].name}" set synchronous_commit = ${level}`)
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await admin.query('truncate public.commits')
  const other = await createShow(engine, ['A1'])
  await engine.bookSeats(by('Alice'), show, { seats: ['A1'] })
  await engine.holdSeats(by('Bob'), other, { seats: ['A1'] })
  const commits = await admin.query<{ level: string }>('select level from public.commits')
  return commits.rows.map((row) => row.level)
}

async function setOn({ admin }: Durable, setting: string): Promise<void> {
  await admin.query(`alter system ${setting}`)
  await admin.query('select pg_reload_conf()')
}

test('a commit waits for the disk, whatever the database is told meanwhile', async (t) => {
  const it = await durable(t)
  assert.deepEqual(await levelsAfter(it, 'off'), ['on', 'on', 'on'])
})

test('so it does where connections take no settings, as behind PgBouncer', async (t) => {
  const it = await durable(t, true)
  assert.deepEqual(await levelsAfter(it, 'off'), ['on', 'on', 'on'])
})

test('so does a batch that another may go right behind', async (t) => {
  const { engine, admin } = await durable(t)
  const key = await createShow(engine, ['A1'])
  const shows = 'select show_id::int as id from rowlock.shows where key = $1'
  const { rows } = await admin.query<{ id: number }>(shows, [key])
  const id = rows[0]?.id as number
  await admin.query('set synchronous_commit = off; truncate public.commits')
  const batch = [{ n: 0, ...command('book', id, { seats: [0] }) }]
  const database = { namedStatements: true, isDurable: true, isSharded: false }
  await apply(admin, id, batch, database, { name: 'first', after: null })
  const commits = await admin.query('select level from public.commits')
  assert.deepEqual(commits.rows, [{ level: 'on' }])
})

test('while fsync is off nothing is written, and the server is not ready', async (t) => {
  const it = await durable(t)
  const { engine, told } = it
  const show = await createShow(engine, ['A1'])
  const book = () => codeOf(engine.bookSeats(by('Alice'), show, { seats: ['A1'] }))
  await setOn(it, 'set fsync = off')
  await until('the server to see it', async () => (told.length === 1 ? true : null), 15_000)
  assert.equal(await book(), 'unavailable')
  assert.equal(await codeOf(createShow(engine, ['A1'])), 'unavailable')
  assert.equal(await engine.mayWrite(), false)
  assert.deepEqual(engine.status().unsafe, ['fsync'])
  assert.equal((await engine.getAvailability(show)).read().counts.available, 1)

  await setOn(it, 'reset fsync')
  await until('the server to see it', async () => (told.length === 2 ? true : null), 15_000)
  assert.deepEqual(told, ['fsync', ''])
  assert.equal(await engine.mayWrite(), true)
  assert.equal(await book(), 'done')
})
