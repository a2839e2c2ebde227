import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import type pg from 'pg'
import { connectClient } from '../../src/db/connection.ts'
import { openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { mayWriteTables } from '../../src/db/table-rights.ts'
import { createEmptyDatabase, useTestDatabase } from '../support/database.ts'

interface Login {
  readonly user: string
  readonly password: string
}

/**
 * Connects to the same database as another user; what is in a URL would win over fields beside it.
 */
function asUser({ connectionString, ...config }: pg.ClientConfig, login: Login): pg.ClientConfig {
  if (connectionString === undefined) return { ...config, ...login }
  const { user, password } = login
  return { connectionString: connectionString.replace(/\/\/[^@/]*@/, `//${user}:${password}@`) }
}

const migrated = await useTestDatabase('table rights')

/** A login that owns the database; as `creator` of `rowlock_server` it may grant it, else not. */
async function useOwner(database: string, who: 'creator' | 'owner'): Promise<Login> {
  const superuser = await connectClient(migrated.owner)
  const user = `test_owner_${randomBytes(4).toString('hex')}`
  const password = randomBytes(9).toString('hex')
  await superuser.query(`create role ${user} login password '${password}'`)
  if (who === 'creator') await makeCreator(superuser, user)
  await superuser.query(`alter database "${database}" owner to ${user}`)
  after(async () => {
    await superuser.query(`reassign owned by ${user} to current_user`)
    await superuser.query(`drop owned by ${user}`)
    await superuser.query(`drop role ${user}`)
    await superuser.end()
  })
  return { user, password }
}

async function makeCreator(superuser: pg.Client, user: string): Promise<void> {
  await superuser.query(`alter role ${user} createrole`)
  const { rows } = await superuser.query<{ is_new: boolean }>(
    "select current_setting('server_version_num')::int >= 160000 as is_new",
  )
  if (rows[0]?.is_new) {
    await superuser.query(
      `grant rowlock_server to ${user} with admin true, inherit false, set false`,
    )
  }
}

test('who migrates and serves as one user serves without the right to write', async () => {
  const empty = await createEmptyDatabase('one user')
  const target = asUser(empty.owner, await useOwner(empty.name, 'creator'))
  await migrate(target)
  const database = await openDatabase({ target, allowUnsafeDurability: true })
  assert.equal(database.role, `rowlock_server_${empty.name}`.slice(0, 63))
  assert.equal(await mayWriteTables(database), false)
  await database.close()
  await empty.drop()
})

test('an owner who may not create roles migrates where the role is there', async () => {
  const empty = await createEmptyDatabase('mere owner')
  const target = asUser(empty.owner, await useOwner(empty.name, 'owner'))
  assert.ok((await migrate(target)).applied.length > 0)
  const database = await openDatabase({ target, allowUnsafeDurability: true })
  assert.equal(await mayWriteTables(database), true)
  await database.close()
  await empty.drop()
})

test('who serves with the rights of the owner is found out', async () => {
  const database = await openDatabase({
    target: migrated.owner,
    role: null,
    allowUnsafeDurability: true,
  })
  assert.equal(await mayWriteTables(database), true)
  await database.close()
})
