/** Many shows that sell at once cost few questions, and none of them is forgotten. */
import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { newUuid } from '../../../src/protocol/index.ts'
import { WebhookSql } from './webhook-sql.ts'

/** Shows in which holds run out, of those that one turn looks at: more than one turn expires. */
const SHOWS = 6
const sql = await WebhookSql.use('many_shows')
beforeEach(() => sql.stopAll())

/** New shows with a hold of a minute in each. */
async function newShows(): Promise<number[]> {
  const ids: number[] = []
  for (let index = 0; index < SHOWS; index++) {
    const { id } = await sql.show()
    await sql.hold(id, 0)
    ids.push(id)
  }
  return ids
}

describe('a turn for many shows', () => {
  it('leases what each of them has, once, and each behind what its webhook knows', async () => {
    const ids = await newShows()
    const webhookId = await sql.webhook({ shows: ['none'] })
    await sql.change(webhookId, { shows: null })
    const [known = 0] = ids
    for (const id of ids) await sql.hold(id, 1)
    await sql.turn(known)
    await sql.settle(webhookId, known, { version: 3 })
    const { more, leases } = await sql.turns(ids)
    assert.deepEqual(more, [])
    assert.deepEqual(
      leases.map(({ showId, version }) => [showId, version]),
      ids.slice(1).map((id) => [id, 2]),
    )
    assert.deepEqual((await sql.turns(ids)).leases, [])
  })

  it('names those again that somebody else looks at', async () => {
    const ids = await newShows()
    await sql.webhook()
    await sql.turns(ids)
    const client = await sql.session()
    await client.query('begin')
    await client.query('select rowlock.webhook_turns($1, $2)', [ids.slice(0, 2), newUuid()])
    assert.deepEqual((await sql.turns(ids)).more, ids.slice(0, 2))
    await client.query('rollback')
    await client.end()
    assert.deepEqual((await sql.turns(ids)).more, [])
  })

  it('names those again in which holds ran out that it has no time for', async () => {
    const ids = await newShows()
    const webhookId = await sql.webhook()
    await sql.turns(ids)
    await sql.later(90)
    const first = await sql.turns(ids)
    assert.equal(first.leases.length + first.more.length, SHOWS)
    assert.ok(first.more.length > 0)
    const second = await sql.turns(first.more)
    assert.deepEqual(second.more, [])
    const told = [...first.leases, ...second.leases]
    assert.deepEqual(told.map(({ showId }) => showId).sort(), ids.toSorted())
    for (const { showId } of told) {
      const kept = await sql.settle(webhookId, showId, { version: 2, expiryNo: 1, goesOn: true })
      assert.equal(kept, true)
    }
  })

  it('locks no show that sells, unless a hold has run out in it', async () => {
    const ids = await newShows()
    await sql.webhook()
    const client = await sql.session()
    const [show = 0] = ids
    const isFree = async () => {
      await client.query('begin')
      await client.query('select rowlock.webhook_turns($1, $2)', [ids, newUuid()])
      const { rows } = await sql.owner.query(
        'select from rowlock.policies where show_id = $1 for update skip locked',
        [show],
      )
      await client.query('rollback')
      return rows.length === 1
    }
    assert.equal(await isFree(), true)
    await sql.later(90)
    assert.equal(await isFree(), false)
    await client.end()
  })

  it('answers a server of the version before, which asks for one show', async () => {
    const [id = 0] = await newShows()
    const webhookId = await sql.webhook()
    await sql.hold(id, 1)
    type Turn = { more: boolean; leases: { webhookId: string }[] }
    const { more, leases } = await sql.ask<Turn>('webhook_turn', id, sql.server)
    assert.equal(more, false)
    assert.deepEqual(
      leases.map((lease) => lease.webhookId),
      [webhookId],
    )
  })
})
