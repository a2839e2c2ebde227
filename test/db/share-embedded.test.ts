import assert from 'node:assert/strict'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import type pg from 'pg'
import { connectClient } from '../../src/db/connection.ts'
import { processStart } from '../../src/db/embedded/process-start.ts'
import { shareEmbedded } from '../../src/db/share-embedded.ts'
import { spawnEmbedded, useDirectory } from '../support/embedded.ts'

async function ask(config: pg.ClientConfig, text: string): Promise<unknown> {
  const client = await connectClient(config)
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return rows.flat()[0]
  } finally {
    await client.end()
  }
}

test('a database that another process runs is used, and left to it', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const running = await spawnEmbedded(dataDir)
  const shared = await shareEmbedded({ dataDir })
  assert.equal(shared.isShared, true)
  assert.equal(shared.postmasterPid, running.report.postmasterPid)
  assert.equal(await ask(shared.ownerConfig, 'select current_user'), 'rowlock')
  assert.equal(await ask(shared.serverConfig, 'select current_user'), 'rowlock_app')
  await shared.stop()
  assert.notEqual(await processStart(shared.postmasterPid), null)
  await running.stop()
  assert.equal(await processStart(shared.postmasterPid), null)
})

test('a database that nobody runs is started, and stopped', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const own = await shareEmbedded({ dataDir })
  assert.equal(own.isShared, false)
  assert.equal(await ask(own.serverConfig, 'select 42'), 42)
  await own.stop()
  await own.stop()
  assert.equal(await processStart(own.postmasterPid), null)
})

test('who wants it while another one starts it waits until it is there', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const [running, shared] = await Promise.all([
    spawnEmbedded(dataDir).catch(() => null),
    shareEmbedded({ dataDir }),
  ])
  assert.equal(await ask(shared.serverConfig, 'select 42'), 42)
  assert.equal(shared.isShared, running !== null)
  await shared.stop()
  await running?.stop()
})

test('who started it waits for those who came to share it', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const own = await shareEmbedded({ dataDir })
  const guest = await connectClient({ ...own.serverConfig, application_name: 'rowlock' })
  const stopping = own.stop()
  assert.equal((await guest.query('select 42 as n')).rows[0].n, 42)
  await guest.query('select pg_sleep(0.3)')
  await guest.end()
  await stopping
  assert.equal(await processStart(own.postmasterPid), null)
})

test('a database that was left behind by a process that was killed becomes ours', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const killed = await spawnEmbedded(dataDir)
  killed.process.kill('SIGKILL')
  await once(killed.process, 'exit')
  const own = await shareEmbedded({ dataDir })
  assert.deepEqual([own.isShared, own.adopted], [false, true])
  await own.stop()
  assert.equal(await processStart(killed.report.postmasterPid), null)
})
