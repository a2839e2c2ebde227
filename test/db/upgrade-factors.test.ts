/** Recovery codes of before there were passkeys go on working, and go with their factor. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { migrate } from '../../src/db/migrate.ts'
import { createEmptyDatabase, TEST_SQL_DIR } from '../support/database.ts'
import { useMigrationsBefore } from '../support/sql-dir.ts'

const USER = '11111111-1111-4111-8111-111111111111'
const SESSION = '22222222-2222-4222-8222-222222222222'
const hashOf = (code: string) => createHash('sha256').update(code).digest('hex')

test('codes of an app, recovery codes and sessions stay when passkeys come', async () => {
  const database = await createEmptyDatabase('upgrade factors')
  after(() => database.drop())
  await migrate(database.owner, { sqlDir: await useMigrationsBefore('060') })
  const owner = await connectClient(database.owner)
  after(() => owner.end())
  await owner.query(
    `insert into rowlock.users (user_id, name, role, created_at)
     values ('${USER}', 'Ada', 'operator', now());
     insert into rowlock.sessions
       (session_id, user_id, began_by, created_at, expires_at, idle_until)
     values ('${SESSION}', '${USER}', 'link', now(), now() + '1 day', now() + '1 day');
     insert into rowlock.second_factors (user_id, secret, created_at, confirmed_at, last_step)
     values ('${USER}', '\\x01', now(), now(), 7);
     insert into rowlock.recovery_codes (hash, user_id, created_at, used_at)
     values ('\\x${hashOf('ONE')}', '${USER}', now(), null),
            ('\\x${hashOf('TWO')}', '${USER}', now(), now())`,
  )
  const { applied } = await migrate(database.owner, { sqlDir: TEST_SQL_DIR })
  assert.ok(applied.includes('migrations/060_passkeys.sql'))

  const ask = async (sql: string) => {
    const { rows } = await owner.query<{ answer: unknown }>(`select ${sql} as answer`)
    return rows[0]?.answer
  }
  const use = (proof: object) =>
    ask(`rowlock.use_second_factor('${USER}', '${JSON.stringify(proof)}')`)
  assert.equal(await use({ step: 7 }), false)
  assert.equal(await use({ step: 8 }), true)
  assert.equal(await use({ recoveryHash: hashOf('TWO') }), false)
  assert.equal(await use({ recoveryHash: hashOf('ONE') }), true)
  assert.equal(await use({ recoveryHash: hashOf('ONE') }), false)
  const user = (await ask(`rowlock.user_of('${USER}')`)) as { second_factors: string[] }
  assert.deepEqual(user.second_factors, ['app'])
  const [session] = (await ask(`rowlock.sessions_of('${USER}')`)) as { signedInBy: string }[]
  assert.equal(session?.signedInBy, 'link')
  await ask(`rowlock.remove_second_factor('${USER}')`)
  const { rows } = await owner.query('select from rowlock.recovery_codes')
  assert.equal(rows.length, 0)
})
