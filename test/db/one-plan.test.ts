/**
 * Functions that can only be planned one way: docs/decisions/0003-one-plan-for-every-look-up.md.
 * What a plan is charged for a forbidden step makes PostgreSQL compile the statement, each time.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { useTestDatabase } from '../support/database.ts'

const database = await useTestDatabase('one_plan')
const owner = await connectClient(database.owner)
after(() => owner.end())

/** Functions that servers call and that forbid a kind of step: whether they may be compiled. */
async function functions(): Promise<{ name: string; compiles: boolean }[]> {
  const { rows } = await owner.query<{ name: string; compiles: boolean }>(
    `select proname::text as name, 'jit=off' <> all (proconfig) as compiles
     from pg_proc
     where pronamespace = 'rowlock'::regnamespace
       and array_to_string(proconfig, ' ') ~ 'enable_\\w+=off'
       and exists (
         select
         from rowlock.server_roles as known
         where not known.shared and has_function_privilege(known.name, pg_proc.oid, 'execute')
       )
     order by name`,
  )
  return rows
}

test('what forbids a kind of plan is not compiled', async () => {
  const compiled = async () => {
    const found = await functions()
    assert.ok(found.length >= 4, `${found.length} functions`)
    return found.filter(({ compiles }) => compiles).map(({ name }) => name)
  }
  assert.deepEqual(await compiled(), [])
  await owner.query('begin; alter function rowlock.webhook_turns reset jit')
  assert.deepEqual(await compiled(), ['webhook_turns'])
  await owner.query('rollback')
})
