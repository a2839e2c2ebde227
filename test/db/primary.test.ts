import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '../../src/db/database.ts'
import { Failures } from '../../src/db/failures.ts'
import type { Identity } from '../../src/db/identity.ts'
import { Primary } from '../../src/db/primary.ts'
import { useTestDatabase } from '../support/database.ts'

const database = await useTestDatabase('primary')
const PRIMARY: Identity = {
  isStandby: false,
  systemIdentifier: '7001',
  timeline: 3,
  isSynchronous: false,
}

function open(settings: { requireSync?: boolean } = {}): Primary {
  return new Primary({ connectionString: 'postgres://one/shop' }, new Failures(() => {}), settings)
}

test('the highest timeline that was seen is remembered', () => {
  const primary = open()
  primary.see(PRIMARY)
  primary.see({ ...PRIMARY, timeline: 4 })
  assert.throws(() => primary.see(PRIMARY), /one is on timeline 3, and 4 has been seen/)
  assert.throws(() => primary.see(PRIMARY), { code: 'RL001' })
  primary.see({ ...PRIMARY, timeline: 4 })
  assert.deepEqual(primary.status, { role: 'primary', host: 'one', timeline: 4 })
})

test('another cluster is refused, whatever its timeline', () => {
  const primary = open()
  primary.see(PRIMARY)
  const other = { ...PRIMARY, systemIdentifier: '7002', timeline: 9 }
  assert.throws(() => primary.see(other), { code: 'RL001', message: /another database cluster/ })
  assert.equal(primary.status.timeline, 3)
})

test('a service that tells neither is believed, and forgets nothing', () => {
  const primary = open()
  primary.see(PRIMARY)
  primary.see({ ...PRIMARY, systemIdentifier: null, timeline: null })
  assert.throws(() => primary.see({ ...PRIMARY, timeline: 2 }), { code: 'RL001' })
})

test('a standby is no primary, and says so', () => {
  const primary = open()
  assert.throws(() => primary.see({ ...PRIMARY, isStandby: true }), { code: '25006' })
  assert.equal(primary.status.role, 'standby')
})

test('where a synchronous standby is required, commits have to wait for one', async () => {
  const primary = open({ requireSync: true })
  assert.throws(() => primary.see(PRIMARY), { code: 'RL002' })
  primary.see({ ...PRIMARY, isSynchronous: true })
  await assert.rejects(openDatabase({ ...database.settings, requireSync: true }), {
    name: 'NoSynchronousStandbyError',
    message: /synchronous_standby_names/,
  })
})

test('of several hosts the one that answers is used, and the next one after it', async () => {
  const url = new URL(database.serverUrl.replace('@/', '@127.0.0.1/'))
  const socket = new URLSearchParams(database.serverUrl.split('?')[1]).get('host')
  if (socket === null) return
  const user = url.username
  const port = url.searchParams.get('port')
  const both = `postgres://${user}@/${database.name}?host=/none/at/all,${socket}&port=${port}`
  const opened = await openDatabase({ ...database.settings, target: both })
  const [row] = await opened.read<{ name: string }>('select current_database() as name')
  assert.equal(row?.name, database.name)
  assert.deepEqual([opened.status().role, opened.status().host], ['primary', socket])
  const lane = await opened.connectLane()
  await lane.end()
  await opened.close()
})
