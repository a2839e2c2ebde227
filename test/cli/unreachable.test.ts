/** Mistakes about the database: one sentence, at once, and exit code 3. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { rowlock, startServer } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { useDirectory } from '../support/embedded.ts'

const database = await useTestDatabase('unreachable')
const owner = await connectClient(database.owner)
after(() => owner.end())

function withQuery(text: string): string {
  return `${database.ownerUrl}${database.ownerUrl.includes('?') ? '&' : '?'}${text}`
}

/** A port with a server behind it that has no TLS; it answers like PostgreSQL does. */
async function withoutTls(): Promise<string> {
  const server = createServer((socket) => socket.once('data', () => socket.end('N')))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const address = server.address()
  return `postgres://me:secret@127.0.0.1:${typeof address === 'object' && address?.port}/shop`
}

const CASES: readonly [what: string, url: string, message: RegExp][] = [
  ['no TLS there', `${await withoutTls()}?sslmode=require`, /speaks no TLS.*sslmode=disable/],
  [
    'several hosts',
    'postgres://me:secret@one.invalid:5432,127.0.0.1:1/shop',
    /one\.invalid:5432: .*; 127\.0\.0\.1:1: .*ECONNREFUSED/,
  ],
  ['a bad URL', 'postgres://me:se%zzcret@:x/shop', /its URL cannot be read.*percent-encoded/],
  ['a missing certificate', withQuery('sslrootcert=/none/ca.pem'), /no such file.*\/none\/ca\.pem/],
  ['an unknown host', 'postgres://me:secret@no.such.host.invalid/shop', /no\.such\.host\.invalid/],
  [
    'a wrong database',
    withQuery('').replace(database.name, 'nonesuch'),
    /"nonesuch" does not exist/,
  ],
]

describe('one sentence and exit code 3', () => {
  for (const [what, url, message] of CASES) {
    test(`for ${what}`, async () => {
      const { code, stdout, stderr } = await rowlock(['show', 'list'], { DATABASE_URL: url })
      const sentence = stderr.split('\n').find((line) => line.startsWith('Error: ')) ?? stderr
      assert.equal(code, 3, stderr)
      assert.match(sentence, /^Error: The database cannot be reached: /)
      assert.match(sentence, message)
      assert.doesNotMatch(stderr, /secret|\n {4}at /)
      assert.equal(stdout, '')
    })
  }

  test('for a database that is read-only', async () => {
    const url = withQuery('options=-c%20default_transaction_read_only%3Don')
    const { code, stderr } = await rowlock(['show', 'list'], {
      DATABASE_URL: url,
      ROWLOCK_ALLOW_UNSAFE_DURABILITY: 'true',
    })
    assert.equal(code, 3, stderr)
    assert.match(stderr, /^Error: The database is read-only: default_transaction_read_only is on/)
  })

  test('for a wrong port, of which a server says at once that it waits', async () => {
    const started = performance.now()
    const nowhere = { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/none', PORT: '0' }
    const { code, stderr } = await rowlock(['serve'], nowhere)
    assert.ok(performance.now() - started < 30_000)
    assert.equal(code, 3)
    assert.match(stderr, /cannot be reached yet \(.*ECONNREFUSED.*\): trying for 15 seconds/)
  })
})

test('a port in use is told before anything else is done', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.after(() => other.close())
  const address = other.address()
  const port = String(typeof address === 'object' && address?.port)
  const environment = { ROWLOCK_DATA_DIR: dataDir, PORT: port }
  const { code, stderr } = await rowlock(['serve'], environment)
  assert.equal(code, 5)
  assert.match(stderr, /^Error: Port \d+ of 127\.0\.0\.1 is in use/)
  assert.doesNotMatch(stderr, /PostgreSQL/)
})

test('the embedded database hears nothing of the variables of another', async (t) => {
  const dataDir = join(await useDirectory(t), 'db')
  const foreign = {
    PGHOST: 'db.example',
    PGPORT: '6543',
    PGUSER: 'somebody',
    PGPASSWORD: 'secret',
    PGDATABASE: 'something',
    PGSSLMODE: 'require',
    PGSSLNEGOTIATION: 'direct',
    PGOPTIONS: '-c default_transaction_read_only=on -c search_path=nowhere',
    PGCLIENTENCODING: 'LATIN1',
    PGREPLICATION: 'database',
    PGAPPNAME: 'psql',
    PGDATA: '/nowhere',
    PGTZ: 'Asia/Kathmandu',
  }
  const server = await startServer(t, { ...foreign, ROWLOCK_DATA_DIR: dataDir })
  assert.equal((await fetch(`${server.url}/health/ready`)).status, 200)
  const shared = await rowlock(['show', 'list'], { ...foreign, ROWLOCK_DATA_DIR: dataDir })
  assert.equal(shared.code, 0, shared.stderr)
  assert.equal(await server.end('SIGTERM'), 0)
  const alone = await rowlock(['check'], { ...foreign, ROWLOCK_DATA_DIR: dataDir })
  assert.equal(alone.code, 0, alone.stderr)
})

describe('files that cannot be used', () => {
  for (const [what, file, message] of [
    ['is not there', '/none/plan.json', /^Error: There is no file \/none\/plan\.json\.\n$/],
    ['is a directory', '/', /^Error: This must be a file, but it is a directory/],
  ] as const) {
    test(`one that ${what} is exit code 2, in a sentence`, async () => {
      const { code, stderr } = await rowlock(['plan', 'import', file, '--dry-run'])
      assert.equal(code, 2, stderr)
      assert.match(stderr, message)
    })
  }
})
