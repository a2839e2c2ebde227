/** Test of what the page about your own PostgreSQL says, pasted into a PostgreSQL of its own. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type pg from 'pg'
import { connectPatiently } from '../../src/db/connection.ts'
import { blocksOf } from '../docs/blocks.ts'
import { rowlock, startServer } from '../support/command-line.ts'
import { atEnd, useDirectory, useEmbedded } from '../support/embedded.ts'

const PAGE = 'docs/operating/postgresql.md'

/** The statements of a block, apart. */
function statementsOf(sql: string): string[] {
  const bare = sql.replaceAll('…', 'a password').replaceAll(/--.*$/gm, '')
  return bare.split(';\n').filter((statement) => statement.trim() !== '')
}

async function run(superuser: pg.Client, sql: string): Promise<void> {
  for (const statement of statementsOf(sql)) await superuser.query(statement)
}

test('roles, migration, serving, an upgrade, settings and a check, as it says', async (t) => {
  const database = await useEmbedded(t, { dataDir: join(await useDirectory(t), 'db') })
  const superuser = await connectPatiently(database.ownerConfig, { patienceMs: 10_000 })
  atEnd(t, () => superuser.end())
  const all = await blocksOf(PAGE)
  const [roles = '', warm = '', timeouts = ''] = all.flatMap(({ language, text }) => {
    return language === 'sql' ? [text] : []
  })
  const [serve = '', retire = '', restored = ''] = all.flatMap(({ language, text }) => {
    return language === 'sh' ? [text] : []
  })
  await run(superuser, roles)
  const { host, port } = database.ownerConfig
  const at = `?host=${encodeURIComponent(String(host))}&port=${port}`
  const environment: Record<string, string> = {}
  for (const [, name = '', url = ''] of serve.matchAll(/^export (\w+)=(.*)$/gm)) {
    environment[name] = url.replace('…', 'a%20password').replace('@db/', '@/') + at
  }
  assert.deepEqual(Object.keys(environment), ['DATABASE_URL', 'ROWLOCK_MIGRATION_URL'])
  const command = async (line: string) => {
    const { code, stderr } = await rowlock(line.trim().split(' ').slice(1), environment)
    assert.equal(code, 0, `${line}: ${stderr}`)
  }
  const [migrate = '', started] = serve.split('\n').slice(2)
  await command(migrate)
  assert.equal(started, 'ROWLOCK_MIGRATION_URL= rowlock serve')
  const { DATABASE_URL = '' } = environment
  const server = await startServer(t, { DATABASE_URL })
  const { status } = await fetch(`${server.url}/health/ready`)
  assert.equal(status, 200)
  assert.doesNotMatch(server.log(), /could write tables|more rights/)
  await command(retire)
  for (const line of restored.split('&&')) await command(line)
  await run(superuser, warm.replace('2048', '8'))
  await run(superuser, timeouts)
  await server.end('SIGTERM')
  const again = await startServer(t, { DATABASE_URL, ROWLOCK_PGBOUNCER: 'true' })
  assert.equal((await fetch(`${again.url}/health/ready`)).status, 200)
})
