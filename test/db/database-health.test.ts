import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { openDatabase } from '../../src/db/database.ts'
import { readDatabaseHealth } from '../../src/db/database-health.ts'
import { useTestDatabase } from '../support/database.ts'

const testDatabase = await useTestDatabase('database health')
const database = await openDatabase(testDatabase.settings)
after(() => database.close())

async function asOwner(text: string): Promise<void> {
  const owner = await connectClient(testDatabase.owner)
  await owner.query(text)
  await owner.end()
}

test('a database with every migration is well', async () => {
  const { reachable, migrated, showCount } = await readDatabaseHealth(database)
  assert.deepEqual(
    { reachable, migrated, showCount },
    { reachable: true, migrated: true, showCount: 0 },
  )
})

test('a database that a newer server has migrated is still well', async () => {
  await asOwner("insert into rowlock.migrations values ('migrations/999_newer.sql', 'x')")
  await asOwner("update rowlock.migrations set hash = 'newer' where name = 'functions and views'")
  assert.equal((await readDatabaseHealth(database)).migrated, true)
})

test('a database that misses a migration is not', async () => {
  await asOwner("delete from rowlock.migrations where name like 'migrations/001%'")
  const { reachable, migrated } = await readDatabaseHealth(database)
  assert.deepEqual({ reachable, migrated }, { reachable: true, migrated: false })
})
