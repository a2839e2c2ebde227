/** Sessions are as our statements expect them, whatever is set for the database. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { connectClient, toClientConfig } from '../../src/db/connection.ts'
import { openDatabase } from '../../src/db/database.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, listen } from '../support/servers.ts'

/** Settings that somebody may have, each of which would change what comes back. */
const ODD = {
  array_nulls: 'off',
  bytea_output: 'escape',
  client_min_messages: 'error',
  datestyle: 'German, DMY',
  default_transaction_deferrable: 'on',
  default_transaction_isolation: 'serializable',
  extra_float_digits: '-5',
  intervalstyle: 'iso_8601',
  search_path: 'public, pg_catalog',
  standard_conforming_strings: 'off',
  timezone: 'Asia/Kathmandu',
  transform_null_equals: 'on',
}

const database = await useTestDatabase('odd sessions')
const owner = await connectClient(database.owner)
after(() => owner.end())
for (const [name, value] of Object.entries(ODD)) {
  await owner.query(`alter database "${database.name}" set ${name} = ${quoted(name, value)}`)
}

/** A search path is a list of names, the others are one text. */
function quoted(name: string, value: string): string {
  return name === 'search_path' ? value : `'${value}'`
}

describe('a database with odd settings', () => {
  test('has them for everybody else', async () => {
    const other = await connectClient({ ...database.owner, options: '' })
    after(() => other.end())
    const { rows } = await other.query('show bytea_output')
    assert.deepEqual(rows, [{ bytea_output: 'escape' }])
  })

  test('has none of them in the sessions of a server', async () => {
    const door = await openDatabase(database.settings)
    after(() => door.close())
    const lane = await door.connectLane()
    after(() => lane.end())
    for (const session of [door.pool, lane]) {
      for (const [name, odd] of Object.entries(ODD)) {
        const { rows } = await session.query<{ value: string }>(
          'select current_setting($1) as value',
          [name],
        )
        assert.notEqual(rows[0]?.value, odd, name)
      }
    }
  })

  test('has those that PgBouncer keeps for its clients in sessions without options', async () => {
    const client = await connectClient(toClientConfig(database.owner))
    after(() => client.end())
    const { rows } = await client.query(
      `select current_setting('datestyle') as style, current_setting('timezone') as zone,
              current_setting('standard_conforming_strings') as strings`,
    )
    assert.deepEqual(rows, [{ style: 'ISO, MDY', zone: 'UTC', strings: 'on' }])
  })

  test('sells', async () => {
    const server = await listen(database)
    after(() => server.close())
    const show = await createShowOn(server)
    const hold = await server.shopper.holdSeats(show, { seats: ['A1', 'A2'] })
    assert.match(hold.expiresAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    await server.shopper.confirmHold(show, hold.id)
    assert.equal((await server.operator.getShow(show)).startsAt, '2030-12-01T19:00:00.000Z')
    const journal = await server.operator.listJournal(show)
    assert.match(journal.items[0]?.at ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })
})
