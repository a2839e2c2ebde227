import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Hold } from '../../src/protocol/index.ts'
import { type RunningServer, rowlock, startServer } from '../support/command-line.ts'
import { useDirectory } from '../support/embedded.ts'
import { until } from '../support/until.ts'

const HOLDS = '/v1/shows/avengers-2026-7pm/holds'

async function hold({ url }: RunningServer, seat: string): Promise<Hold> {
  const response = await fetch(url + HOLDS, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ seats: [seat] }),
  })
  assert.equal(response.status, 201)
  return (await response.json()) as Hold
}

async function statusOf({ url }: RunningServer, id: string): Promise<Hold['status'] | null> {
  const response = await fetch(`${url}${HOLDS}/${id}`)
  return response.status === 200 ? ((await response.json()) as Hold).status : null
}

async function postmasterPid(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'pg', 'postmaster.pid'), 'utf8')
  return Number(text.split('\n')[0])
}

test('after kill -9 of the server the next one adopts its database', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const environment = { ROWLOCK_DATA_DIR: dataDir }
  const killed = await startServer(t, environment)
  const held = await hold(killed, 'A1')
  const pid = await postmasterPid(dataDir)
  await killed.end('SIGKILL')

  const next = await startServer(t, environment)
  assert.equal(await postmasterPid(dataDir), pid)
  assert.equal(await statusOf(next, held.id), 'live')
  assert.equal((await rowlock(['check'], environment)).code, 0)
  assert.equal(await next.end('SIGTERM'), 0)
  await assert.rejects(postmasterPid(dataDir), { code: 'ENOENT' })
})

test('after kill -9 of the server a command takes over its database, and stops it', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const environment = { ROWLOCK_DATA_DIR: dataDir }
  const killed = await startServer(t, environment)
  await hold(killed, 'A1')
  await killed.end('SIGKILL')
  const { code, stderr } = await rowlock(['check'], environment)
  assert.equal(code, 0)
  assert.match(stderr, /PostgreSQL adopted/)
  await assert.rejects(postmasterPid(dataDir), { code: 'ENOENT' })
})

test('a database that is killed under the server costs a pause, not the process', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const environment = { ROWLOCK_DATA_DIR: dataDir }
  const server = await startServer(t, environment)
  const held = await hold(server, 'A1')
  const pid = await postmasterPid(dataDir)
  process.kill(pid, 'SIGKILL')
  await until('the server to be ready on a new database', async () => {
    const isNew = (await postmasterPid(dataDir)) !== pid
    return isNew && (await fetch(`${server.url}/health/ready`)).status === 200 ? true : null
  })
  assert.equal(await statusOf(server, held.id), 'live')
  await hold(server, 'A2')
  assert.equal(server.process.exitCode, null)
  assert.equal((await rowlock(['check'], environment)).code, 0)
  assert.equal(await server.end('SIGTERM'), 0)
})

test('a signal while it starts ends it in order', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const environment = { ROWLOCK_DATA_DIR: dataDir }
  const starting = startServer(t, environment)
  // On a busy machine a first start takes half a minute.
  const pid = await until('the database to start', () => postmasterPid(dataDir), 90_000)
  const lock = JSON.parse(await readFile(join(dataDir, 'rowlock.lock'), 'utf8'))
  process.kill(lock.pid, 'SIGTERM')
  await Promise.allSettled([starting])
  await until(
    'the database to stop',
    async () => {
      return (await postmasterPid(dataDir).catch(() => null)) === pid ? null : true
    },
    90_000,
  )
})
