/**
 * `npm run schema` writes `sql/schema.sql`; `npm run schema:check` fails when it is out of date.
 * Both migrate an empty PostgreSQL of their own.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectClient } from '../src/db/connection.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { SQL_DIR } from '../src/db/sql-files.ts'
import { pictureOfSchema } from './schema-picture.ts'

const PATH = join(SQL_DIR, 'schema.sql')

async function draw(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rowlock-schema-'))
  const database = await startEmbedded({ dataDir, settings: { fsync: false } })
  try {
    await migrate(database.ownerConfig)
    const client = await connectClient(database.ownerConfig)
    return await pictureOfSchema(client).finally(() => client.end())
  } finally {
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const picture = await draw()
if (!process.argv.includes('--check')) {
  await writeFile(PATH, picture)
} else if ((await readFile(PATH, 'utf8').catch(() => '')) !== picture) {
  console.error('sql/schema.sql is not what sql/ gives: run "npm run schema" and look at the diff.')
  process.exitCode = 1
}
