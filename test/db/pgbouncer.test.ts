/** A real PgBouncer in transaction mode, with the settings of docs/operating/postgresql.md. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import pg from 'pg'
import { freePort } from '../../rig/index.ts'
import { connectClient } from '../../src/db/connection.ts'
import { environmentOf, rowlock, startServer } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import { until } from '../support/until.ts'

const PAGE = new URL('../../docs/operating/postgresql.md', import.meta.url)
const PATH = `${process.env.PATH}:/usr/sbin`
/** It refuses to run as root. */
const SOMEBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

const { status } = spawnSync('pgbouncer', ['--version'], { env: { PATH } })
const skip = status === 0 ? false : 'pgbouncer is not installed (apt-get install pgbouncer)'

const database = await useTestDatabase('pgbouncer')
const owner = await connectClient(database.owner)
after(() => owner.end())

/** Starts one with the `[pgbouncer]` of the page; answers its port. */
async function usePgbouncer(t: TestContext): Promise<number> {
  const proxy = await FaultProxy.open(database.owner)
  const { host, port, user, database: name } = proxy.config
  const [, ini = ''] = /^```ini\n(.+?)^```/ms.exec(await readFile(PAGE, 'utf8')) ?? []
  const [, settings = assert.fail('the page has settings')] = ini.split('[pgbouncer]\n')
  const listenPort = await freePort()
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-pgbouncer-'))
  await chmod(directory, 0o755)
  const file = join(directory, 'pgbouncer.ini')
  const own = ['listen_addr = 127.0.0.1', `listen_port = ${listenPort}`]
  own.push('unix_socket_dir =', 'auth_type = any', '')
  const target = `${name} = host=${host} port=${port} dbname=${name} user=${user}\n`
  await writeFile(file, `[databases]\n${target}\n[pgbouncer]\n${settings}${own.join('\n')}`)
  const child = spawn('pgbouncer', ['--quiet', file], { ...SOMEBODY, env: { PATH } })
  const ended = once(child, 'close')
  t.after(async () => {
    child.kill('SIGKILL')
    await ended
    await proxy.close()
    await rm(directory, { recursive: true })
  })
  await until('PgBouncer to let somebody in', async () => {
    const client = new pg.Client({ host: '127.0.0.1', port: listenPort, user, database: name })
    await client.connect()
    await client.end()
    return true
  })
  return listenPort
}

/** Sets timeouts as the page says, but for this database alone: the tests share the role. */
async function setTimeouts(): Promise<void> {
  const settings = { lock_timeout: '1s', statement_timeout: '3s' }
  const all = { ...settings, idle_in_transaction_session_timeout: '5s' }
  for (const [name, value] of Object.entries(all)) {
    const { user, database: here } = database.owner
    await owner.query(`alter role ${user} in database "${here}" set ${name} = '${value}'`)
  }
}

test('a server sells through PgBouncer, and doctor sees the timeouts', { skip }, async (t) => {
  await setTimeouts()
  const port = await usePgbouncer(t)
  const { user, database: name } = database.owner
  const environment = {
    ...environmentOf(database),
    DATABASE_URL: `postgres://${user}@127.0.0.1:${port}/${name}`,
    ROWLOCK_PGBOUNCER: 'true',
  }
  const server = await startServer(t, environment)
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${server.operatorKey}`,
  }
  const post = (path: string, body: object, key = randomUUID()) =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': key },
      body: JSON.stringify(body),
    })
  /** Books a seat, to the end: a busy machine is asked again, with the same key. */
  const book = (seat: string) => {
    const key = randomUUID()
    return until(`a booking of ${seat}`, async () => {
      const { status: told } = await post('/v1/shows/pooled/bookings', { seats: [seat] }, key)
      return told === 503 ? null : told
    })
  }
  const startsAt = '2030-12-01T19:00:00Z'
  const seats = { rows: 'A-J', seatsPerRow: 10 }
  const show = { key: 'pooled', title: 'Hamlet', startsAt, seats }
  assert.equal((await post('/v1/shows', show)).status, 201)
  const wanted = Array.from({ length: 40 }, (_, n) => `${'ABCD'[n % 4]}${1 + Math.floor(n / 4)}`)
  // Each seat twice: one of both gets it.
  const told = await Promise.all([...wanted, ...wanted].map(book))
  assert.deepEqual(told.sort(), [...wanted.map(() => 201), ...wanted.map(() => 409)])
  assert.equal((await rowlock(['check'], environment)).code, 0)
  const { stdout } = await rowlock(['doctor', '--json'], environment)
  const { findings } = JSON.parse(stdout) as {
    findings: { check: string; level: string; finding: string }[]
  }
  const found = (check: string) => findings.find((one) => one.check === check)
  assert.deepEqual([found('pooler')?.level, found('pooler')?.finding], ['ok', 'transaction mode'])
  const timeouts =
    'lock_timeout = 1000 ms, statement_timeout = 3000 ms, ' +
    'idle_in_transaction_session_timeout = 5000 ms'
  assert.deepEqual([found('timeouts')?.level, found('timeouts')?.finding], ['ok', timeouts])
  assert.equal(await server.end('SIGTERM'), 0)
})
