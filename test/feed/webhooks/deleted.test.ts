/** A webhook that is deleted while somebody else does something with it. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { connectClient } from '../../../src/db/connection.ts'
import { useTestDatabase } from '../../support/database.ts'
import { untilLockWaits } from '../../support/lock-waits.ts'
import { createShowOn, useListening } from '../../support/servers.ts'

const database = await useTestDatabase('webhook deleted')
// Nobody looks for work but the test.
const settings = { allowsLoopbackWebhooks: true, webhooksLookEveryMs: 600_000 }
const server = await useListening(database, settings)
const [deleting, other, watcher] = await Promise.all([
  connectClient(database.owner),
  connectClient(database.owner),
  connectClient(database.owner),
])
after(() => Promise.all([deleting.end(), other.end(), watcher.end()]))

const REPLAY = `select rowlock.replay_webhook('test', null, webhook.webhook_id, show.show_id, 0)
  as answer from rowlock.shows as show cross join rowlock.webhooks as webhook where show.key = $1`
const TURN = `select rowlock.webhook_turns(array[show.show_id], $2) ->> 'leases' as answer
  from rowlock.shows as show where show.key = $1`

/**
 * Tells what the other is answered whose call meets a deletion that is committed while it waits.
 */
async function whileDeleted(sql: string, ...more: unknown[]): Promise<unknown> {
  const show = await createShowOn(server)
  const url = 'http://127.0.0.1:9/hook'
  await server.operator.createWebhook({ url, shows: [show], events: ['hold.created'] })
  await deleting.query(`begin; delete from rowlock.webhooks`)
  const asked = other.query<{ answer: unknown }>(sql, [show, ...more])
  await untilLockWaits(watcher)
  await deleting.query('commit')
  return (await asked).rows[0]?.answer
}

describe('a webhook that is deleted meanwhile', () => {
  it('is unknown to a replay that waited for it', async () => {
    assert.deepEqual(await whileDeleted(REPLAY), { code: 'webhook_unknown' })
  })

  it('is left out of a turn that was to begin with it', async () => {
    assert.equal(await whileDeleted(TURN, randomUUID()), '[]')
  })
})
