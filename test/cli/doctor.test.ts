import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { freePort } from '../../rig/index.ts'
import type { Finding } from '../../src/cli/doctor/finding.ts'
import { connectClient } from '../../src/db/connection.ts'
import { chooseAccount } from '../../src/db/embedded/account.ts'
import { environmentOf, startServer } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'
import { atEnd, useDirectory } from '../support/embedded.ts'
import { until } from '../support/until.ts'

const database = await useTestDatabase('doctor')
const OPERATOR_KEY = 'operator-key-of-the-doctor'
const environment = { DATABASE_URL: database.serverUrl, ROWLOCK_OPERATOR_KEY: OPERATOR_KEY }

interface Report {
  readonly ok: boolean
  readonly findings: readonly Finding[]
}

async function examine(own: Record<string, string>, ...args: string[]) {
  const { code, stdout, stderr } = await rowlockHere(['doctor', '--json', ...args], {
    ...environment,
    ...own,
  })
  assert.match(stdout, /^\{/, stderr)
  const { findings, ok } = JSON.parse(stdout) as Report
  const of = (check: string) => findings.find((finding) => finding.check === check) as Finding
  return { code, ok, findings, of }
}

test('what is wrong is told with its remedy, and is exit code 4', async () => {
  // Nothing in the tests' cluster has to outlast a power cut.
  const { code, ok, findings, of } = await examine({})
  assert.deepEqual([code, ok], [4, false])
  assert.equal(of('durability').level, 'problem')
  assert.match(of('durability').remedy ?? '', /alter system set fsync = on;/)
  for (const check of ['primary', 'migrations', 'timeouts', 'isolation', 'pooler', 'clock']) {
    assert.equal(of(check).level, 'ok', `${check}: ${of(check).finding}`)
  }
  assert.equal(of('standby').level, 'warning')
  assert.equal((await examine({ ROWLOCK_REQUIRE_SYNC: 'true' })).of('standby').level, 'problem')
  for (const { check, level, remedy } of findings) {
    assert.equal(remedy === null, level === 'ok', check)
  }
})

test('a login that may write the tables, and a migration that is missing', async (t) => {
  const owner = await connectClient(database.owner)
  t.after(() => owner.end())
  const asOwner = await examine({ DATABASE_URL: database.ownerUrl })
  assert.equal(asOwner.of('rights').level, 'warning')
  const { rows } = await owner.query(
    `delete from rowlock.migrations where name like 'migrations/011%' returning name, hash`,
  )
  const { of } = await examine({})
  assert.match(of('migrations').finding, /^not applied: migrations\/011/)
  const { name, hash } = rows[0]
  await owner.query('insert into rowlock.migrations values ($1, $2)', [name, hash])
})

test('where there is no database none is made', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const { code, stderr } = await rowlockHere(['doctor'], { ROWLOCK_DATA_DIR: dataDir })
  assert.equal(code, 4)
  assert.match(stderr, /There is no database in .* "rowlock serve" makes one\./)
  for (const command of [
    ['citus', 'status'],
    ['migrate', '--citus'],
  ]) {
    const { code, stderr } = await rowlockHere(command, { ROWLOCK_DATA_DIR: dataDir })
    assert.equal(code, 2)
    assert.match(stderr, /Set DATABASE_URL to the coordinator/)
  }
  await assert.rejects(stat(dataDir), { code: 'ENOENT' })
})

test('a database that only reads', async () => {
  const url = `${database.serverUrl}&options=-c%20default_transaction_read_only%3Don`
  const { code, of } = await examine({ DATABASE_URL: url })
  assert.equal(code, 4)
  assert.match(of('primary').finding, /read-only/)
})

test('a database that cannot be reached is exit code 3', async () => {
  const nowhere = { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/none' }
  const { code, stderr } = await rowlockHere(['doctor'], nowhere)
  assert.equal(code, 3)
  assert.doesNotMatch(stderr, /secret/)
})

test('a server as callers reach it: what is open, and whose word is believed', async (t) => {
  const safe = { ...environmentOf(database), ROWLOCK_OPERATOR_KEY: OPERATOR_KEY }
  const alone = await startServer(t, safe)
  const good = await examine({}, '--server', alone.url)
  assert.match(good.of('inside').finding, /\/metrics is open|\/metrics, /)
  assert.equal(good.of('forwarding').level, 'ok', good.of('forwarding').finding)
  assert.equal(good.of('spoofing').level, 'ok')
  const careless = await startServer(t, { ...safe, ROWLOCK_TRUST_PROXY: 'true' })
  const bad = await examine({}, '--server', careless.url)
  assert.equal(bad.of('spoofing').level, 'problem')
  const wrong = await examine(
    { ROWLOCK_OPERATOR_KEY: 'another-key-than-that' },
    '--server',
    alone.url,
  )
  assert.equal(wrong.of('server').level, 'problem')
})

test('through PgBouncer the timeouts are those of the login, or missing', async (t) => {
  const bouncer = await startBouncer(t)
  if (bouncer === null) {
    t.skip('pgbouncer is not installed here')
    return
  }
  const owner = await connectClient(database.owner)
  t.after(() => owner.end())
  const through = { DATABASE_URL: bouncer.url, ROWLOCK_PGBOUNCER: 'true' }
  const bare = await examine(through)
  assert.equal(bare.of('pooler').level, 'ok', bare.of('pooler').finding)
  assert.equal(bare.of('timeouts').level, 'problem')
  const remedy = bare.of('timeouts').remedy ?? ''
  assert.match(remedy, /alter role \w+ set lock_timeout = '1s'/)
  const names = remedy.matchAll(/set (\w+) = '(\w+)'/g)
  const login = /alter role (\w+)/.exec(remedy)?.[1]
  // For this database alone, so that other tests keep theirs.
  for (const [, name, value] of names) {
    await owner.query(`alter role ${login} in database "${database.name}" set ${name} = '${value}'`)
  }
  const level = "default_transaction_isolation = 'serializable'"
  await owner.query(`alter role ${login} in database "${database.name}" set ${level}`)
  await bouncer.reconnect(owner)
  const set = await examine(through)
  assert.equal(set.of('timeouts').level, 'ok', set.of('timeouts').finding)
  assert.equal(set.of('isolation').level, 'problem')
  await owner.query(`alter role ${login} in database "${database.name}" reset all`)
})

/** PgBouncer in transaction mode before the test cluster. */
async function startBouncer(t: TestContext) {
  const socket = new URLSearchParams(database.serverUrl.split('?')[1])
  const user = /\/\/(\w+)@/.exec(database.serverUrl)?.[1]
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-bouncer-'))
  atEnd(t, () => rm(directory, { recursive: true, force: true }))
  await chmod(directory, 0o755)
  const port = await freePort()
  const config = join(directory, 'pgbouncer.ini')
  await writeFile(
    config,
    `[databases]
${database.name} = host=${socket.get('host')} port=${socket.get('port')} user=${user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
`,
  )
  const account = await chooseAccount(directory)
  const as = account === null ? {} : { uid: account.uid, gid: account.gid }
  const child = spawn('pgbouncer', [config], { stdio: 'ignore', ...as })
  const isThere = await new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false))
    child.once('spawn', () => resolve(true))
  })
  if (!isThere) return null
  atEnd(t, async () => void child.kill('SIGKILL'))
  const url = `postgres://${user}@127.0.0.1:${port}/${database.name}`
  await until('PgBouncer', async () => {
    const client = await connectClient({ connectionString: url })
    await client.end()
    return true
  })
  const reconnect = async (owner: Awaited<ReturnType<typeof connectClient>>) => {
    // Waits until they are gone: PgBouncer would give one that is going to the next who asks.
    await owner.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await until('a new connection of PgBouncer', async () => {
      const client = await connectClient({ connectionString: url })
      try {
        await client.query('select 1')
      } finally {
        await client.end().catch(() => {})
      }
      return true
    })
  }
  return { url, reconnect }
}
