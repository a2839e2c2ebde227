/** Shows in shards on Citus: migrated, served, moved. `npm run test:citus` says how to run it. */
import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it, test } from 'node:test'
import { ask, createCitusDatabase, dropCitusDatabase } from '../../scripts/citus/databases.ts'
import { readCitusStatus } from '../../src/db/citus/status.ts'
import { migrate, openDatabase } from '../../src/db/index.ts'
import { SQL_DIR } from '../../src/db/sql-files.ts'
import type { Engine } from '../../src/engine/index.ts'
import { createTestDatabase } from '../support/database.ts'
import { by, codeOf, createShow, openServer } from '../support/engines.ts'

const url = process.env.ROWLOCK_TEST_CITUS_URL
const skip = url ? false : 'ROWLOCK_TEST_CITUS_URL names no coordinator (npm run test:citus)'

describe('a sharded database', { skip }, async () => {
  if (skip) return
  const database = await createTestDatabase('citus')
  const server = await openServer(database.settings)
  const { engine } = server
  const shows = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(() => createShow(engine, { rows: 'A-B', seatsPerRow: 10 })),
  )
  after(async () => {
    await server.close()
    await database.drop()
  })

  const sell = (seat: string) =>
    Promise.all(
      shows.map((show) => codeOf(engine.bookSeats(by('a buyer'), show, { seats: [seat] }))),
    )

  it('sells at shows of several shards at once', async () => {
    assert.deepEqual([...new Set(await sell('A1'))], ['done'])
    assert.deepEqual([...new Set(await sell('A1'))], ['seats_unavailable'])
    const buckets = await ask(
      database.ownerUrl,
      'select distinct rowlock.bucket_of(show_id) from rowlock.shows',
    )
    assert.ok(buckets.length > 1)
  })

  it('is spread over its nodes, and all of them answer', async () => {
    const { nodes, moves, shards, shows: count } = await readCitusStatus(database.owner, 5_000)
    assert.deepEqual(moves, [])
    for (const { hasStandby, standbyLagBytes } of nodes) {
      assert.deepEqual([hasStandby, standbyLagBytes], [false, null])
    }
    assert.equal(shards, 8)
    assert.equal(count, shows.length)
    assert.ok(nodes.every(({ answers }) => answers))
    assert.ok(nodes.filter((node) => node.shards > 0).length >= 1)
  })

  it('answers what is asked over all shows', async () => {
    const [show = ''] = shows
    const owner = { ...by('a member').caller, owner: 'user_member' }
    const member = { caller: owner, idempotencyKey: null }
    await engine.holdSeats(member, show, { seats: ['B10'] })
    assert.equal((await engine.listHoldsOf('user_member', {})).items.length, 1)
    const counts = await engine.countSeats(100)
    assert.equal(counts.length, shows.length)
    assert.deepEqual(counts.find((one) => one.show === show)?.held, 1)
    await engine.bookSeats(member, show, { seats: ['B9'], reference: 'one of all' })
    const found = await engine.findBookings(
      { ...owner, boxOffice: true },
      { reference: 'one of all', limit: 10 },
    )
    assert.equal(found.items.length, 1)
    const { events } = await engine.listEvents(show, { after: '1', limit: 10, owner: null })
    assert.deepEqual(events.map(({ type }) => type).slice(-2), ['hold.created', 'booking.created'])
  })

  it('may be migrated again, and stays as it is', async () => {
    const again = await migrate(database.owner, { shardCount: 8 })
    assert.deepEqual(again, { applied: [], routinesApplied: false })
    assert.deepEqual([...new Set(await sell('A2'))], ['done'])
  })

  it('is served by a login that owns nothing, and finds that all is done', async () => {
    const login = `rowlock_login_${database.name}`
    await ask(database.ownerUrl, `create role "${login}" login`)
    after(async () => {
      await ask(database.ownerUrl, `drop owned by "${login}"`)
      await ask(database.ownerUrl, `drop role "${login}"`)
    })
    await migrate(database.owner, { login })
    const target = new URL(database.ownerUrl)
    target.username = login
    assert.deepEqual(await migrate(target.href), { applied: [], routinesApplied: false })
    const other = await openServer({ ...database.settings, target: target.href })
    const codes = shows.map((show) =>
      codeOf(other.engine.bookSeats(by('a buyer'), show, { seats: ['A4'] })),
    )
    assert.deepEqual([...new Set(await Promise.all(codes))], ['done'])
    await other.close()
  })

  it('is migrated forward: tables in all shards, and kernels of the new text', async () => {
    const sqlDir = await mkdtemp(join(tmpdir(), 'rowlock-sql-'))
    after(() => rm(sqlDir, { recursive: true }))
    await cp(SQL_DIR, sqlDir, { recursive: true })
    await writeFile(
      join(sqlDir, 'migrations/999_a_word.sql'),
      "alter table rowlock.policies add column word text not null default 'new'",
    )
    await writeFile(
      join(sqlDir, 'functions/read_show.sql'),
      `create or replace function rowlock.read_show(p_show_id bigint, p_since bigint) returns json
       language plpgsql stable security definer set search_path = rowlock, pg_temp
       as $$
       begin
         return (select to_json(word) from rowlock.policies where show_id = p_show_id);
       end
       $$;
       create or replace function rowlock.ms(p_at timestamptz) returns bigint
       language sql stable
       as $$
         select case when p_at < 'infinity' then (extract(epoch from p_at) * 1000)::bigint end
       $$`,
    )
    const { applied } = await migrate(database.owner, { sqlDir })
    assert.deepEqual(applied, ['migrations/999_a_word.sql'])
    const ids = await ask<{ show_id: string }>(
      database.ownerUrl,
      'select show_id from rowlock.shows',
    )
    for (const { show_id: id } of ids) {
      const rows = await ask(database.ownerUrl, 'select rowlock.read_show($1, null) as word', [id])
      assert.deepEqual(rows, [{ word: 'new' }])
    }
    // Servers that run already go on selling.
    assert.deepEqual([...new Set(await sell('A3'))], ['done'])
    for (const show of shows) assert.deepEqual(await engine.checkShow(show), [])
  })

  it('is not sold from while a node could lose what was answered', async (test) => {
    const set = (value: string) =>
      ask(database.ownerUrl, 'select run_command_on_workers($1)', [
        `alter system set full_page_writes = ${value}`,
      ])
    const reload = () =>
      ask(database.ownerUrl, "select run_command_on_workers('select pg_reload_conf()')")
    test.after(async () => {
      await set('default')
      await reload()
    })
    await set('off')
    await reload()
    await assert.rejects(
      openDatabase({ ...database.settings, allowUnsafeDurability: false }),
      // A cluster for tests has other settings off, too.
      /full_page_writes of [\w.]+:\d+.* (is|are) off/,
    )
  })
})

test('a database that has sold before is sharded with its shows', { skip }, async (t) => {
  const owner = await createCitusDatabase(url ?? '', `test_sold_${process.pid}`)
  t.after(() => dropCitusDatabase(url ?? '', `test_sold_${process.pid}`))
  const open = () => openServer({ target: owner, allowUnsafeDurability: true })
  const book = (engine: Engine, show: string, seat: string) =>
    codeOf(engine.bookSeats(by('a buyer'), show, { seats: [seat] }))
  await migrate(owner)
  const before = await open()
  const old = await createShow(before.engine, { rows: 'A', seatsPerRow: 4 })
  assert.equal(await book(before.engine, old, 'A1'), 'done')
  await before.close()
  await migrate(owner, { shardCount: 4 })
  const after = await open()
  t.after(() => after.close())
  assert.equal(await book(after.engine, old, 'A1'), 'seats_unavailable')
  assert.equal(await book(after.engine, old, 'A2'), 'done')
  const other = await createShow(after.engine, { rows: 'A', seatsPerRow: 4 })
  assert.equal(await book(after.engine, other, 'A1'), 'done')
  for (const show of [old, other]) assert.deepEqual(await after.engine.checkShow(show), [])
})
