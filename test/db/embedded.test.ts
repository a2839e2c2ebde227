import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { connectClient, connectPatiently } from '../../src/db/connection.ts'
import { openDatabase } from '../../src/db/database.ts'
import { DirectoryInUseError } from '../../src/db/embedded/directory-lock.ts'
import { processStart } from '../../src/db/embedded/process-start.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { spawnEmbedded, useDirectory, useEmbedded } from '../support/embedded.ts'

async function ask(config: pg.ClientConfig, text: string): Promise<unknown> {
  const client = await connectPatiently(config, { patienceMs: 10_000 })
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return rows.flat()[0]
  } finally {
    await client.end()
  }
}

async function isGone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 1_000; attempt++) {
    if ((await processStart(pid)) === null) return true
    await delay(50)
  }
  return false
}

test('it starts durable, stops, and has kept everything when it starts again', async (t) => {
  const dataDir = join(await useDirectory(t), 'new', 'db')
  const first = await startEmbedded({ dataDir })
  const opened = await openDatabase({ target: first.serverConfig, role: null })
  assert.deepEqual((await opened.durability()).unsafe, [])
  await opened.close()
  await ask(first.ownerConfig, 'create table kept as select 42 as n')
  await first.stop()
  await first.stop()
  assert.ok(await isGone(first.postmasterPid))
  const second = await useEmbedded(t, { dataDir })
  assert.equal(await ask(second.ownerConfig, 'select n from kept'), 42)
  assert.equal(second.adopted, false)
})

test('its text sorts and folds the same on every machine', async (t) => {
  const database = await useEmbedded(t, { dataDir: await useDirectory(t) })
  const locale = `select concat_ws(' ', datlocprovider, datlocale, pg_encoding_to_char(encoding))
                  from pg_database where datname = 'rowlock'`
  assert.equal(await ask(database.ownerConfig, locale), 'b C.UTF-8 UTF8')
  assert.equal(await ask(database.ownerConfig, "select upper('é')"), 'É')
  assert.equal(await ask(database.ownerConfig, "select current_setting('listen_addresses')"), '')
})

test('after the kill of Node the database is adopted with what runs in it', async (t) => {
  const dataDir = await useDirectory(t)
  const killed = await spawnEmbedded(dataDir)
  const client = await connectClient(killed.report.ownerConfig)
  killed.process.kill('SIGKILL')
  await once(killed.process, 'exit')
  const next = await useEmbedded(t, { dataDir })
  assert.equal(next.adopted, true)
  assert.equal(next.postmasterPid, killed.report.postmasterPid)
  await client.query('select 1')
  await client.end()
})

test('after the kill of the database it comes back, at the same place', async (t) => {
  let restarted = () => {}
  const restart = new Promise<void>((resolve) => {
    restarted = resolve
  })
  const database = await useEmbedded(t, { dataDir: await useDirectory(t), onRestart: restarted })
  await ask(database.ownerConfig, 'create table kept as select 42 as n')
  const before = database.postmasterPid
  process.kill(before, 'SIGKILL')
  await restart
  assert.notEqual(database.postmasterPid, before)
  assert.equal(await ask(database.ownerConfig, 'select n from kept'), 42)
})

test('a busy session does not keep a killed database from coming back', async (t) => {
  const database = await useEmbedded(t, { dataDir: await useDirectory(t) })
  const client = await connectClient(database.ownerConfig)
  const busy = client.query('select pg_sleep(2)').catch(() => {})
  process.kill(database.postmasterPid, 'SIGKILL')
  assert.equal(await ask(database.ownerConfig, 'select 42'), 42)
  await busy
})

test('after the kill of Node and the database both come back', async (t) => {
  const dataDir = await useDirectory(t)
  const killed = await spawnEmbedded(dataDir)
  await ask(killed.report.ownerConfig, 'create table kept as select 42 as n')
  killed.process.kill('SIGKILL')
  process.kill(killed.report.postmasterPid, 'SIGKILL')
  await once(killed.process, 'exit')
  const next = await useEmbedded(t, { dataDir })
  assert.equal(next.adopted, false)
  assert.equal(await ask(next.ownerConfig, 'select n from kept'), 42)
})

test('a stale postmaster.pid that names a stranger does no harm', async (t) => {
  const dataDir = await useDirectory(t)
  const killed = await spawnEmbedded(dataDir)
  killed.process.kill('SIGKILL')
  process.kill(killed.report.postmasterPid, 'SIGKILL')
  await once(killed.process, 'exit')
  const path = join(dataDir, 'pg', 'postmaster.pid')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(/^\d+/, String(process.pid)))
  const next = await useEmbedded(t, { dataDir })
  assert.equal(await ask(next.ownerConfig, 'select 42'), 42)
})

test('a second Rowlock is refused while the first one lives', async (t) => {
  const dataDir = await useDirectory(t)
  const first = await spawnEmbedded(dataDir)
  await assert.rejects(startEmbedded({ dataDir }), (error: Error) => {
    assert.ok(error instanceof DirectoryInUseError)
    return error.pid === first.process.pid
  })
  await first.stop()
  const second = await useEmbedded(t, { dataDir })
  assert.equal(second.adopted, false)
})

test('of two that start at once one gets the directory', async (t) => {
  const dataDir = await useDirectory(t)
  const results = await Promise.allSettled([spawnEmbedded(dataDir), startEmbedded({ dataDir })])
  const started = results.filter((result) => result.status === 'fulfilled')
  assert.equal(started.length, 1)
  await Promise.all(started.map(({ value }) => value.stop()))
})

test('a database that runs with other settings is restarted with ours', async (t) => {
  const dataDir = await useDirectory(t)
  const killed = await spawnEmbedded(dataDir)
  killed.process.kill('SIGKILL')
  await once(killed.process, 'exit')
  const next = await useEmbedded(t, { dataDir, settings: { max_connections: 37 } })
  assert.equal(next.adopted, false)
  assert.equal(await ask(next.ownerConfig, "select current_setting('max_connections')"), '37')
})

test('it stops even when somebody has deleted its directory', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const database = await startEmbedded({ dataDir })
  await rm(dataDir, { recursive: true })
  await database.stop()
  assert.ok(await isGone(database.postmasterPid))
})
