import { AfterAll, BeforeAll, setDefaultTimeout } from '@cucumber/cucumber'
import pg from 'pg'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { useTestClock } from '../../support/test-clock.ts'
import { type RunningServer, startServer } from './running-server.ts'

/** Stage that all scenarios share: one database, and two servers on it that share nothing else. */
export interface Stage {
  readonly database: TestDatabase
  /** Connections as the superuser, to move the clock and to look behind the scenes. */
  readonly owner: pg.Pool
  readonly servers: readonly [RunningServer, RunningServer]
}

const STEP_MS_MAX = 60_000
/** The first run on a machine makes a cluster and migrates a template. */
const START_MS_MAX = 120_000
/** Tells our own look behind the scenes from the servers' connections. */
export const OWNER_NAME = 'rowlock features'
setDefaultTimeout(STEP_MS_MAX)

let current: Stage | undefined

/** The stage of this run. */
export function stage(): Stage {
  if (!current) throw new Error('The stage is set before the first scenario.')
  return current
}

BeforeAll({ timeout: START_MS_MAX }, async () => {
  const database = await createTestDatabase('features')
  const owner = new pg.Pool({ ...database.owner, max: 2, application_name: OWNER_NAME })
  owner.on('error', () => {})
  await useTestClock(owner)
  const servers = [await startServer(database.settings), await startServer(database.settings)]
  current = { database, owner, servers: servers as unknown as Stage['servers'] }
})

AfterAll(async () => {
  if (!current) return
  const { database, owner, servers } = current
  for (const server of servers) await server.close()
  await owner.end()
  await database.drop()
})
