import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Availability, Hold } from '../../src/protocol/index.ts'
import { rowlock, startServer } from '../support/command-line.ts'
import { useDirectory } from '../support/embedded.ts'

const SHOW = '/v1/shows/avengers-2026-7pm'

async function get<T>(url: string): Promise<T> {
  const response = await fetch(url)
  assert.equal(response.status, 200, url)
  return (await response.json()) as T
}

async function post<T>(url: string, body: object, key?: string | null): Promise<[number, T]> {
  const headers = {
    'content-type': 'application/json',
    ...(key && { authorization: `Bearer ${key}` }),
  }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return [response.status, (await response.json()) as T]
}

test('unconfigured it serves the demonstration, stops, and keeps everything', async (t) => {
  const environment = { ROWLOCK_DATA_DIR: join(await useDirectory(t), 'db') }
  const first = await startServer(t, environment)
  assert.equal((await fetch(`${first.url}/health/ready`)).status, 200)
  const fresh = await get<Availability>(`${first.url}${SHOW}/availability`)
  assert.equal(fresh.counts.available, 50)

  // The tour: hold, book, cancel.
  const [held, hold] = await post<Hold>(`${first.url}${SHOW}/holds`, { seats: ['A1', 'A2'] })
  assert.equal(held, 201)
  const [booked, booking] = await post<Hold>(`${first.url}${SHOW}/holds/${hold.id}/confirm`, {})
  assert.equal(booked, 201)
  const cancelAt = (url: string) => `${url}${SHOW}/bookings/${booking.id}/cancel`
  assert.equal((await post(cancelAt(first.url), { seats: ['A1'] }))[0], 401)
  assert.equal((await post(cancelAt(first.url), { seats: ['A1'] }, first.operatorKey))[0], 200)
  const [, kept] = await post<Hold>(`${first.url}${SHOW}/holds`, { seats: ['E10'] })
  assert.equal(await first.end('SIGTERM'), 0)

  const second = await startServer(t, environment)
  // Told once, and good all the same.
  assert.equal(second.operatorKey, null)
  assert.equal((await post(cancelAt(second.url), { seats: ['A2'] }, first.operatorKey))[0], 200)
  assert.equal((await get<Hold>(`${second.url}${SHOW}/holds/${kept.id}`)).status, 'live')
  const { counts } = await get<Availability>(`${second.url}${SHOW}/availability`)
  assert.deepEqual(counts, { total: 50, available: 49, held: 1, booked: 0, blocked: 0 })
  assert.equal((await get<{ shows: number }>(`${second.url}/health`)).shows, 7)
  const check = await rowlock(['check', '--json'], environment)
  assert.equal(check.code, 0, check.stderr)
  assert.equal(await second.end('SIGINT'), 0)
})

test('the operator key that it makes up is kept where nobody else can read it', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const server = await startServer(t, { ROWLOCK_DATA_DIR: dataDir })
  const path = join(dataDir, 'operator-key')
  assert.equal((await readFile(path, 'utf8')).trim(), server.operatorKey)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
})

test('a second server on the same directory says who has it, and leaves it alone', async (t) => {
  const environment = { ROWLOCK_DATA_DIR: join(await useDirectory(t), 'db') }
  const first = await startServer(t, environment)
  const { code, stderr } = await rowlock(['serve'], { ...environment, PORT: '0' })
  assert.equal(code, 5)
  assert.match(stderr, new RegExp(`is in use by another Rowlock \\(process ${first.process.pid} `))
  assert.equal((await fetch(`${first.url}/health/ready`)).status, 200)
})

test('commands use the database of a server that runs, and do not stop it', async (t) => {
  const environment = { ROWLOCK_DATA_DIR: join(await useDirectory(t), 'db') }
  const server = await startServer(t, environment)
  const listed = await rowlock(['show', 'list', '--json'], environment)
  assert.equal(listed.json<{ shows: unknown[] }>().shows.length, 7)
  assert.doesNotMatch(listed.stderr, /stopped/)
  assert.equal((await rowlock(['migrate', '--check'], environment)).code, 0)
  assert.equal((await fetch(`${server.url}/health/ready`)).status, 200)
})

test('a port that is taken is exit code 5, and the database is stopped again', async (t) => {
  const directory = await useDirectory(t)
  const first = await startServer(t, { ROWLOCK_DATA_DIR: join(directory, 'one') })
  const { port } = new URL(first.url)
  const environment = { ROWLOCK_DATA_DIR: join(directory, 'two') }
  const taken = /Port \d+ of 127\.0\.0\.1 is in use by another process.*--port, or PORT/
  // The command line has the last word.
  for (const [command, PORT] of [
    [['serve'], port],
    [['serve', '--port', port], '0'],
    [['dev', '--port', port], '0'],
  ] as const) {
    const { code, stderr } = await rowlock([...command, '--json'], { ...environment, PORT })
    assert.equal(code, 5)
    assert.match(stderr, taken)
  }
  await assert.rejects(stat(join(directory, 'two', 'pg', 'postmaster.pid')), { code: 'ENOENT' })
})

test('an address that is not ours is exit code 2', async (t) => {
  const environment = { ROWLOCK_DATA_DIR: join(await useDirectory(t), 'db'), HOST: '192.0.2.1' }
  const { code, stderr } = await rowlock(['serve'], { ...environment, PORT: '0' })
  assert.equal(code, 2)
  assert.match(stderr, /HOST 192\.0\.2\.1 is not an address of this machine/)
})
