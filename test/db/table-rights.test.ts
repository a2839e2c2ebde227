import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { mayWriteTables } from '../../src/db/table-rights.ts'
import { createEmptyDatabase, useTestDatabase } from '../support/database.ts'

const migrated = await useTestDatabase('table rights')

/** A login that may grant `rowlock_server` and is no member: as who created it. */
async function useOwner(database: string): Promise<{ user: string; password: string }> {
  const superuser = await connectClient(migrated.owner)
  const user = `test_owner_${randomBytes(4).toString('hex')}`
  const password = randomBytes(9).toString('hex')
  await superuser.query(`create role ${user} login createrole password '${password}'`)
  const { rows } = await superuser.query<{ is_new: boolean }>(
    "select current_setting('server_version_num')::int >= 160000 as is_new",
  )
  if (rows[0]?.is_new) {
    await superuser.query(
      `grant rowlock_server to ${user} with admin true, inherit false, set false`,
    )
  }
  await superuser.query(`alter database "${database}" owner to ${user}`)
  after(async () => {
    await superuser.query(`reassign owned by ${user} to current_user`)
    await superuser.query(`drop owned by ${user}`)
    await superuser.query(`drop role ${user}`)
    await superuser.end()
  })
  return { user, password }
}

test('who migrates and serves as one user serves without the right to write', async () => {
  const empty = await createEmptyDatabase('one user')
  const target = { ...empty.owner, ...(await useOwner(empty.name)) }
  await migrate(target)
  const database = await openDatabase({ target, allowUnsafeDurability: true })
  assert.equal(database.role, 'rowlock_server')
  assert.equal(await mayWriteTables(database), false)
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
