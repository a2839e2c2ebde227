/**
 * Test that a sharded database is no safer than its nodes, and that the doctor hears those that do
 * not answer. PostgreSQL alone has no nodes, so the function of Citus that asks them is stood in
 * for by one that asks this PostgreSQL, under another name. Everything else is real: the statement,
 * the settings, the watch and the doctor.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { readConfiguration } from '../../src/cli/configuration/read-configuration.ts'
import { examineDatabase } from '../../src/cli/doctor/examine-database.ts'
import { connectClient } from '../../src/db/connection.ts'
import { DatabaseWatch } from '../../src/db/database-watch.ts'
import { Failures } from '../../src/db/failures.ts'
import { openDatabase, readFitness } from '../../src/db/index.ts'
import { Primary } from '../../src/db/primary.ts'
import { useTestDatabase } from '../support/database.ts'
import { atEnd, useDirectory, useEmbedded } from '../support/embedded.ts'
import { until } from '../support/until.ts'

/** Two nodes, one of which can be made not to answer, and three shards. */
const NODES = `
  create schema stand_in;
  create table stand_in.nodes (name text, answers boolean);
  insert into stand_in.nodes values ('db1', true), ('db2', false);
  create function stand_in.run_command_on_workers(command text)
  returns table (nodename text, nodeport int, success boolean, result text)
  language plpgsql
  as $$
  begin
    execute command into result;
    return query
      select name, 5432, answers, case when answers then result else 'no connection' end
      from stand_in.nodes;
  end
  $$;
  create table stand_in.pg_dist_shard (logicalrelid regclass);
  grant usage on schema stand_in to public;
  grant select on all tables in schema stand_in to public;
`

/** Connections that find the stand-in where they would find the functions of Citus. */
function openPool(t: TestContext, config: pg.ClientConfig): pg.Pool {
  const options = '-c search_path=pg_catalog,stand_in'
  const pool = new pg.Pool({ ...config, options, max: 3 })
  atEnd(t, () => pool.end())
  return pool
}

/** A watch over a database that loses nothing, and who can change its settings. */
async function watched(t: TestContext) {
  const { ownerConfig } = await useEmbedded(t, { dataDir: join(await useDirectory(t), 'db') })
  const admin = await connectClient(ownerConfig)
  atEnd(t, () => admin.end())
  await admin.query(NODES)
  const told: string[] = []
  const failures = new Failures(() => {})
  const primary = new Primary(ownerConfig, failures)
  const watch = new DatabaseWatch(openPool(t, ownerConfig), primary, failures, {
    watchDurabilityMs: 50,
    isSharded: true,
    onDurability: (unsafe) => told.push(unsafe.join()),
  })
  atEnd(t, async () => watch.stop())
  const set = async (setting: string) => {
    await admin.query(`alter system ${setting}`)
    await admin.query('select pg_reload_conf()')
  }
  const isTold = (count: number) =>
    until('the watch to tell', async () => (told.length === count ? true : null))
  return { admin, told, set, isTold, failures }
}

test('a node that could lose answers is seen while serving, and so is its mending', async (t) => {
  const { told, set, isTold } = await watched(t)
  await set('set full_page_writes = off')
  await isTold(1)
  await set('reset full_page_writes')
  await isTold(2)
  assert.deepEqual(told, ['full_page_writes,full_page_writes of db1:5432', ''])
})

test('while nodes cannot be asked, what was seen of them stands', async (t) => {
  const { admin, told, set, isTold, failures } = await watched(t)
  await set('set full_page_writes = off')
  await isTold(1)
  await admin.query('alter schema stand_in rename to gone')
  await set('reset full_page_writes')
  await isTold(2)
  assert.equal(told[1], 'full_page_writes of db1:5432')
  assert.ok(failures.counts().some(({ place }) => place === 'watch'))
  await admin.query('alter schema gone rename to stand_in')
  await isTold(3)
  assert.equal(told[2], '')
})

test('the doctor names nodes, what is wrong with them, and has a remedy', async (t) => {
  // The tests' cluster has fsync and full_page_writes off.
  const database = await useTestDatabase('nodes')
  const owner = await connectClient(database.owner)
  atEnd(t, () => owner.end())
  await owner.query(NODES)
  await owner.query(`insert into stand_in.pg_dist_shard
    select 'rowlock.policies'::regclass from generate_series(1, 3)`)
  const opened = await openDatabase(database.settings)
  atEnd(t, () => opened.close())
  const pool = openPool(t, database.owner)
  const fitness = await readFitness({ ...opened, pool, isSharded: true })
  assert.deepEqual(fitness.unsafeOfNodes, ['fsync of db1:5432', 'full_page_writes of db1:5432'])
  assert.equal(fitness.shards, 3)
  const own = { ...fitness.durability, unsafe: [] }
  const findings = examineDatabase({ ...fitness, durability: own }, readConfiguration({}))
  const found = findings.find(({ check }) => check === 'durability')
  assert.equal(found?.level, 'problem')
  assert.match(found.finding, /^fsync of db1:5432 and full_page_writes of db1:5432 are off/)
  assert.match(found.remedy ?? '', /at that node/)
  const unheard = findings.find(({ check }) => check === 'nodes')
  assert.equal(unheard?.level, 'problem')
  assert.match(unheard.finding, /^no answer to \w+ from db2:5432:/)
  await owner.query('update stand_in.nodes set answers = true')
  const answering = await readFitness({ ...opened, pool, isSharded: true })
  const [well] = examineDatabase(answering, readConfiguration({})).filter(
    ({ check }) => check === 'nodes',
  )
  assert.equal(well?.level, 'ok')
})
