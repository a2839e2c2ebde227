/** Test that servers see standbys by the right of the role that they act as, not of the login. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { readConfiguration } from '../../src/cli/configuration/read-configuration.ts'
import { examineDatabase } from '../../src/cli/doctor/examine-database.ts'
import { connectClient } from '../../src/db/connection.ts'
import { openDatabase, readFitness } from '../../src/db/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { atEnd } from '../support/embedded.ts'
import { until } from '../support/until.ts'

const database = await useTestDatabase('standbys')

/** Reads the log as a standby does, and keeps nothing. */
async function follow(t: TestContext): Promise<void> {
  const config = { ...database.owner, replication: 'true', application_name: 'follower' }
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ xlogpos: string }>('IDENTIFY_SYSTEM')
  // It lasts until the connection ends.
  client.query(`START_REPLICATION PHYSICAL ${rows[0]?.xlogpos}`).catch(() => {})
  atEnd(t, async () => {
    ;(
      client as unknown as { connection: { stream: { destroy(): void } } }
    ).connection.stream.destroy()
  })
}

test('the remedy of the doctor lets servers see how many standbys there are', async (t) => {
  const owner = await connectClient(database.owner)
  atEnd(t, () => owner.end())
  await follow(t)
  await until('the standby to be seen by the owner', async () => {
    const { rowCount } = await owner.query(
      "select from pg_stat_replication where application_name = 'follower' and state = 'streaming'",
    )
    return rowCount === 1 ? true : null
  })
  const opened = await openDatabase(database.settings)
  atEnd(t, () => opened.close())
  const before = await readFitness(opened)
  assert.notEqual(before.role, before.login)
  // The cluster of the tests belongs to them all: no commit may really wait for a standby there.
  const identity = { ...before.identity, isSynchronous: true }
  const findings = examineDatabase({ ...before, identity }, readConfiguration({}))
  const found = findings.find(({ check }) => check === 'standby')
  assert.equal(found?.level, 'unknown')
  await owner.query(found.remedy ?? '')
  atEnd(t, async () => {
    await owner.query(`revoke pg_read_all_stats from ${pg.escapeIdentifier(before.role)}`)
  })
  assert.equal((await readFitness(opened)).synchronousStandbys, 0)
})
