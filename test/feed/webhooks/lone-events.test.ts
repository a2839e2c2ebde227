/** Events that go on alone, and how late webhooks are: as the database decides both. */
import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { sent, WebhookSql } from './webhook-sql.ts'

interface Lone {
  readonly eventId: string
  readonly tries: number
}

const sql = await WebhookSql.use('lone events')
beforeEach(() => sql.stopAll())

const due = async (limit = 20): Promise<string[]> => {
  return (await sql.ask<Lone[]>('lease_attempts', limit)).map(({ eventId }) => eventId).sort()
}

/** A webhook, one of whose events has failed for so many times and goes on alone. */
async function useLone(showId: number, version: number, tries = 3): Promise<string> {
  const webhookId = await sql.webhook()
  await plant(webhookId, showId, version, tries)
  return webhookId
}

/** Writes down an event whose next try is planned for now. */
async function plant(webhookId: string, showId: number, version: number, tries = 3) {
  await sql.owner.query(
    `insert into rowlock.webhook_attempts
       (webhook_id, event_id, show_id, version, type, state, tries, at, next_at)
     values ($1, $2, $3, $4, 'hold.created', 'waiting', $5, rowlock.clock(), rowlock.clock())`,
    [webhookId, `evt_${version}`, showId, version, tries],
  )
}

describe('an event that goes on alone', () => {
  it('is given to one server for a minute when it is due, the longest due first', async () => {
    const { id } = await sql.show()
    const webhookId = await useLone(id, 2)
    await sql.later(1)
    await plant(webhookId, id, 3)
    await sql.later(-2)
    assert.deepEqual(await due(), [])
    await sql.later(2)
    assert.deepEqual(await due(1), ['evt_2'])
    assert.deepEqual(await due(), ['evt_3'])
    assert.deepEqual(await due(), [])
    await sql.later(60)
    assert.deepEqual(await due(), ['evt_2', 'evt_3'])
  })

  it('waits where its webhook is stopped', async () => {
    const { id } = await sql.show()
    const webhookId = await useLone(id, 2)
    await sql.change(webhookId, { disabled: true })
    assert.deepEqual(await due(), [])
    await sql.change(webhookId, { disabled: false })
    assert.deepEqual(await due(), ['evt_2'])
  })

  it('that arrives is delivered, and its webhook fails no more', async () => {
    const { id } = await sql.show()
    const webhookId = await useLone(id, 2)
    await sql.ask('note_failure', webhookId, {})
    await sql.settleLone(webhookId, id, sent(2), true)
    const { state, tries, nextIn } = await sql.attempt(webhookId, 'evt_2')
    assert.deepEqual([state, tries, nextIn], ['delivered', 4, null])
    assert.equal((await sql.state(webhookId)).failing, null)
  })

  it('is tried twelve times within three days and a half, and given up then', async () => {
    const { id } = await sql.show()
    const webhookId = await useLone(id, 2)
    const pauses: number[] = []
    for (;;) {
      await sql.settleLone(webhookId, id, sent(2), false)
      const { state, tries, nextIn } = await sql.attempt(webhookId, 'evt_2')
      if (state === 'failed') {
        assert.deepEqual([tries, nextIn], [13, null])
        break
      }
      pauses.push(nextIn ?? 0)
      assert.ok(pauses.length < 20)
    }
    const planned = [600, 1800, 7200, 14_400, 28_800, 43_200, 57_600, 72_000, 86_400]
    assert.equal(pauses.length, planned.length)
    for (const [index, pause] of planned.entries()) {
      assert.ok(Math.abs((pauses[index] ?? 0) / pause - 1) <= 0.1001, `${pauses[index]} ${pause}`)
    }
    assert.equal((await sql.state(webhookId)).failing, 0)
  })

  it('waits as long as the receiver asks, at least', async () => {
    const { id } = await sql.show()
    const webhookId = await useLone(id, 2)
    await sql.settleLone(webhookId, id, sent(2, { retryAfterMs: 5_000_000 }), false)
    assert.equal((await sql.attempt(webhookId, 'evt_2')).nextIn, 5_000)
    await sql.settleLone(webhookId, id, sent(2, { retryAfterMs: 1_000 }), false)
    assert.ok(((await sql.attempt(webhookId, 'evt_2')).nextIn ?? 0) >= 1_620)
  })
})

describe('a webhook is late', () => {
  it('by the oldest event that it was not told of, the latest webhook first', async () => {
    const { id } = await sql.show()
    const other = await sql.show()
    await sql.hold(other.id, 0)
    await sql.hold(other.id, 1)
    const [one, two] = [await sql.webhook(), await sql.webhook()]
    assert.deepEqual(await sql.lags(), [])
    await sql.hold(id, 0)
    await sql.later(9)
    await sql.hold(id, 1)
    await sql.turn(id)
    assert.deepEqual(
      new Map(await sql.lags()),
      new Map([
        [one, 11],
        [two, 11],
      ]),
    )
    await sql.settle(one, id, { version: 2, delivered: sent(2), failure: sent(3) })
    await sql.settle(two, id, { version: 1, failure: sent(2) })
    assert.deepEqual(await sql.lags(), [
      [two, 11],
      [one, 1],
    ])
    assert.deepEqual(await sql.lags(1), [[two, 11]])
    await sql.change(two, { disabled: true })
    assert.deepEqual(await sql.lags(), [[one, 1]])
  })

  it('by an event that goes on alone, and by a hold that ran out', async () => {
    const { id } = await sql.show()
    const webhookId = await sql.webhook()
    await sql.turn(id)
    await sql.hold(id, 0)
    await sql.turn(id)
    await sql.settle(webhookId, id, { version: 2, delivered: sent(2) })
    assert.deepEqual(await sql.lags(), [])
    await sql.later(69)
    await sql.turn(id)
    assert.deepEqual(await sql.lags(), [[webhookId, 10]])
    await sql.settle(webhookId, id, { version: 2, expiryNo: 1, delivered: sent(2) })
    assert.deepEqual(await sql.lags(), [])
    await sql.owner.query('update rowlock.webhook_attempts set next_at = rowlock.clock()')
    assert.deepEqual(await sql.lags(), [[webhookId, 70]])
    await sql.hold(id, 1)
    await sql.turn(id)
    assert.deepEqual(await sql.lags(), [[webhookId, 71]])
  })
})
