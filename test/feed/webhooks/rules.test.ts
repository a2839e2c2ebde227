/** Rules of webhooks that the database keeps by itself, whatever a server asks of it. */
import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { newUuid } from '../../../src/protocol/index.ts'
import { sent, WebhookSql } from './webhook-sql.ts'

const sql = await WebhookSql.use('webhook rules')
const HOUR = '1 hour'
beforeEach(() => sql.stopAll())

const rotate = (webhookId: string, secret: string, overlap: string, owner: string | null = null) =>
  sql.ask<{ code: string; secret?: string }>(
    'rotate_webhook_secret',
    ...[newUuid(), newUuid(), 'test', owner, webhookId, secret, overlap],
  )
const secretsOf = (webhookId: string) => sql.ask<string[]>('secrets_of', webhookId)
const replay = (webhookId: string, showId: number, after: number, owner: string | null = null) =>
  sql.ask<{ code: string }>('replay_webhook', 'test', owner, webhookId, showId, after)

describe('a webhook of somebody', () => {
  it('is changed, rotated, replayed, tested and deleted by nobody else', async () => {
    const { id } = await sql.show()
    const webhookId = await sql.webhook({ owner: await sql.key() })
    const other = await sql.key()
    const unknown = { code: 'webhook_unknown' }
    assert.deepEqual(await sql.change(webhookId, { url: 'https://b.example' }, other), unknown)
    assert.deepEqual(await rotate(webhookId, 'next', HOUR, other), unknown)
    assert.deepEqual(await replay(webhookId, id, 0, other), unknown)
    assert.equal(await sql.ask('webhook_target', other, webhookId), null)
    const request = [newUuid(), newUuid()]
    const deletion = [...request, 'test', other, webhookId, null]
    assert.deepEqual(await sql.ask('delete_webhook', ...deletion), unknown)
    // As servers of the version before ask.
    assert.deepEqual(await sql.ask('delete_webhook', 'test', other, webhookId), unknown)
    assert.deepEqual(await secretsOf(webhookId), [`secret of ${webhookId}`])
  })

  it('answers a retry with the secret that it made, and not with a newer one', async () => {
    const webhookId = newUuid()
    const requestId = newUuid()
    const body = { webhookId, url: 'https://a.example', owner: null }
    const create = () =>
      sql.ask<{ secret: string }>('create_webhook', requestId, requestId, 'test', body, 'first')
    assert.equal((await create()).secret, 'first')
    await sql.later(1)
    assert.equal((await rotate(webhookId, 'second', HOUR)).secret, 'second')
    assert.equal((await create()).secret, 'first')
  })

  it('is deleted once, and a retry is told what it was', async () => {
    const webhookId = await sql.webhook()
    const request = [newUuid(), newUuid()]
    const told = { url: 'https://a.example' }
    const deletion = [...request, 'test', null, webhookId]
    const first = await sql.ask<object>('delete_webhook', ...deletion, told)
    assert.deepEqual(first, { code: 'done', webhook: told })
    const again = await sql.ask('delete_webhook', ...deletion, null)
    assert.deepEqual(again, { ...first, replayed: true })
    const other = ['delete_webhook', newUuid(), newUuid(), 'test', null, webhookId, null] as const
    assert.deepEqual(await sql.ask(...other), { code: 'webhook_unknown' })
  })

  it('signs with the newest secret first, and with those before it for their overlap', async () => {
    const webhookId = await sql.webhook()
    const first = `secret of ${webhookId}`
    await rotate(webhookId, 'second', '1 minute')
    await sql.later(1)
    await rotate(webhookId, 'third', HOUR)
    assert.deepEqual(await secretsOf(webhookId), ['third', 'second', first])
    await sql.later(60)
    assert.deepEqual(await secretsOf(webhookId), ['third', 'second'])
    await sql.later(3_600)
    assert.deepEqual(await secretsOf(webhookId), ['third'])
  })

  it('loses its description where that is null, and keeps what is not named', async () => {
    const webhookId = await sql.webhook({ description: 'of the shop', shows: ['hamlet'] })
    const now = () =>
      sql.row<object>(
        'select description, shows from rowlock.webhooks where webhook_id = $1',
        webhookId,
      )
    await sql.change(webhookId, { url: 'https://b.example' })
    assert.deepEqual(await now(), { description: 'of the shop', shows: ['hamlet'] })
    await sql.change(webhookId, { description: null })
    assert.deepEqual(await now(), { description: null, shows: ['hamlet'] })
  })

  it('that is stopped stays stopped for the first reason', async () => {
    const webhookId = await sql.webhook()
    await sql.ask('disable_webhook', webhookId, 'gone')
    await sql.change(webhookId, { disabled: true })
    assert.equal((await sql.state(webhookId)).why, 'gone')
  })

  it('that goes on begins at once with what it missed, and has never failed', async () => {
    const { id } = await sql.show()
    const webhookId = await sql.webhook()
    await sql.hold(id, 0)
    await sql.turn(id)
    await sql.settle(webhookId, id, { version: 1, failure: sent(2, { isGone: true }) })
    assert.equal((await sql.state(webhookId)).why, 'gone')
    await sql.change(webhookId, { disabled: false })
    assert.deepEqual(await sql.state(webhookId), { why: null, failing: null })
    const { tries, retryIn } = await sql.cursor(webhookId, id)
    assert.deepEqual([tries, retryIn], [0, 0])
    assert.equal((await sql.leaseOf(webhookId, id))?.version, 1)
  })

  it('that goes on is told of shows that came meanwhile', async () => {
    const webhookId = await sql.webhook()
    await sql.webhook()
    await sql.change(webhookId, { disabled: true })
    const { id } = await sql.show()
    await sql.turn(id)
    assert.ok(!(await sql.work())?.includes(id))
    await sql.change(webhookId, { disabled: false })
    assert.ok((await sql.work())?.includes(id))
  })

  it('that is set back is told of everything after, holds that ran out too', async () => {
    const { id } = await sql.show()
    const webhookId = await sql.webhook({ shows: ['none'] })
    await sql.change(webhookId, { shows: null })
    await sql.hold(id, 0)
    await sql.hold(id, 1)
    await sql.later(120)
    await sql.turn(id)
    await sql.settle(webhookId, id, { version: 3, expiryNo: 2, delivered: sent(3) })
    assert.ok(!(await sql.work())?.includes(id))
    assert.deepEqual(await replay(webhookId, id, 2), { code: 'done' })
    const { version, expiryNo, retryIn } = await sql.cursor(webhookId, id)
    assert.deepEqual([version, expiryNo, retryIn], [2, 1, 0])
    const told = await sql.row<{ version: number }>(
      'select told_version::int as version from rowlock.event_shows where show_id = $1',
      id,
    )
    assert.equal(told.version, 2)
    assert.equal((await sql.acts('replayWebhook', webhookId)).count, 1)
  })
})

describe('a show', () => {
  it('is told of to those webhooks that may and want to know, of the holds they may', async () => {
    const { id, key } = await sql.show()
    const revoked = await sql.key()
    const all = {
      operators: await sql.webhook(),
      sellers: await sql.webhook({ owner: await sql.key() }),
      readers: await sql.webhook({ owner: await sql.key({ scopes: ['journal'] }), shows: [key] }),
      own: await sql.webhook({ owner: await sql.key({ shows: [key], expires: 9_000 }) }),
      others: await sql.webhook({ shows: ['another'] }),
      elsewhere: await sql.webhook({ owner: await sql.key({ shows: ['another'] }) }),
      ended: await sql.webhook({ owner: await sql.key({ expires: -1 }) }),
      revoked: await sql.webhook({ owner: revoked }),
      stopped: await sql.webhook(),
    }
    await sql.owner.query(
      `update rowlock.api_keys set revoked_at = rowlock.clock()
       where rowlock.public_id('key', key_id) = $1`,
      [revoked],
    )
    await sql.change(all.stopped, { disabled: true })
    await sql.hold(id, 0)
    const leases = await sql.turn(id)
    const seen = Object.entries(all).flatMap(([name, webhookId]) => {
      const lease = leases.find((one) => one.webhookId === webhookId)
      return lease ? [[name, lease.seesAll]] : []
    })
    const expected = [
      ['operators', true],
      ['sellers', false],
      ['readers', true],
      ['own', false],
    ]
    assert.deepEqual(seen, expected)
  })

  it('is told of from when the webhook was made on, and not only from its first turn', async () => {
    const { id } = await sql.show()
    await sql.hold(id, 0)
    await sql.later(90)
    const early = await sql.webhook()
    await sql.turn(id)
    await sql.hold(id, 1)
    await sql.later(90)
    const late = await sql.webhook()
    await sql.hold(id, 2)
    const leases = await sql.turn(id)
    const { version, expiryNo } = await sql.cursor(late, id)
    assert.deepEqual([version, expiryNo], [3, 2])
    assert.equal((await sql.cursor(early, id)).version, 2)
    assert.deepEqual(leases.map(({ webhookId }) => webhookId).sort(), [early, late].sort())
  })

  it('is work as long as something of it has to be told', async () => {
    const { id } = await sql.show()
    assert.equal(await sql.work(), null, 'nobody wants to know')
    const webhookId = await sql.webhook()
    const isWork = async () => (await sql.work())?.includes(id) ?? false
    await sql.turn(id)
    assert.equal(await isWork(), false)
    await sql.hold(id, 0)
    assert.equal(await isWork(), true)
    const [lease] = await sql.turn(id)
    assert.equal(lease?.version, 1)
    assert.equal(await isWork(), false)
    await sql.later(30)
    assert.equal(await isWork(), true, 'the lease has run out')
    await sql.turn(id)
    await sql.settle(webhookId, id, { version: 1, failure: sent(2) })
    assert.equal(await isWork(), false)
    await sql.later(6)
    assert.equal(await isWork(), true, 'the next try is due')
    await sql.turn(id)
    await sql.settle(webhookId, id, { version: 2, delivered: sent(2) })
    assert.equal(await isWork(), false)
    await sql.later(30)
    assert.equal(await isWork(), true, 'the hold has run out')
    await sql.ask('note_show', id)
    assert.equal(await isWork(), true, 'that it ran out was not told of')
    await sql.turn(id)
    assert.equal(await isWork(), false)
  })

  it('is leased to one server at a time, and never for what is known or has to wait', async () => {
    const [one, two] = [await sql.show(), await sql.show()]
    const webhookId = await sql.webhook()
    for (const { id } of [one, two]) await sql.turn(id)
    await sql.hold(one.id, 0)
    const other = newUuid()
    assert.equal((await sql.turn(one.id)).length, 1)
    assert.equal((await sql.cursor(webhookId, two.id)).leasedBy, null)
    assert.equal((await sql.turn(two.id)).length, 0)
    assert.equal((await sql.turn(one.id, other)).length, 0)
    await sql.later(30)
    assert.equal((await sql.turn(one.id, other)).length, 1)
    assert.equal(await sql.settle(webhookId, one.id, { version: 2 }), false)
    assert.equal((await sql.cursor(webhookId, one.id)).leasedBy, other)
    await sql.settle(webhookId, one.id, { version: 1, failure: sent(2) }, other)
    assert.equal((await sql.turn(one.id)).length, 0)
    await sql.later(6)
    assert.equal((await sql.turn(one.id)).length, 1)
  })
})

describe('an event that fails', () => {
  it('keeps its place twice, and then goes on alone', async () => {
    const { id } = await sql.show()
    const webhookId = await sql.webhook()
    await sql.turn(id)
    await sql.hold(id, 0)
    await sql.hold(id, 1)
    for (const tries of [1, 2]) {
      await sql.turn(id)
      await sql.settle(webhookId, id, { version: 1, failure: sent(2) })
      const cursor = await sql.cursor(webhookId, id)
      assert.deepEqual([cursor.version, cursor.tries], [1, tries])
      assert.deepEqual([(await sql.attempt(webhookId, 'evt_2')).nextIn], [null])
      await sql.later(40)
    }
    await sql.turn(id)
    await sql.settle(webhookId, id, { version: 1, failure: sent(2) })
    const { version, tries, retryIn } = await sql.cursor(webhookId, id)
    assert.deepEqual([version, tries, retryIn], [2, 0, 0])
    const alone = await sql.attempt(webhookId, 'evt_2')
    assert.deepEqual([alone.state, alone.tries], ['waiting', 3])
    assert.ok((alone.nextIn ?? 0) >= 108 && (alone.nextIn ?? 0) <= 132)
  })

  it('is delivered at last where it stands, and the webhook fails no more', async () => {
    const { id } = await sql.show()
    const webhookId = await sql.webhook()
    await sql.turn(id)
    await sql.hold(id, 0)
    await sql.turn(id)
    await sql.settle(webhookId, id, { version: 1, failure: sent(2) })
    await sql.later(6)
    await sql.turn(id)
    assert.equal((await sql.state(webhookId)).failing, 6)
    await sql.settle(webhookId, id, { version: 2, delivered: sent(3), goesOn: true })
    const { state, tries } = await sql.attempt(webhookId, 'evt_2')
    assert.deepEqual([state, tries], ['delivered', 2])
    assert.equal((await sql.cursor(webhookId, id)).tries, 0)
    assert.equal((await sql.state(webhookId)).failing, null)
  })

  it('waits as long as the receiver asks, at least, and longer where that is short', async () => {
    const { id } = await sql.show()
    const webhookId = await sql.webhook()
    await sql.turn(id)
    await sql.hold(id, 0)
    for (const [asked, from, to] of [
      [100_000, 100, 100],
      [1_000, 27, 33],
    ] as const) {
      await sql.turn(id)
      await sql.settle(webhookId, id, { version: 1, failure: sent(2, { retryAfterMs: asked }) })
      const { retryIn } = await sql.cursor(webhookId, id)
      assert.ok((retryIn ?? 0) >= from && (retryIn ?? 0) <= to, String(retryIn))
      await sql.later(100)
    }
  })

  it('is kept with a thousand characters of the answer', async () => {
    const { id } = await sql.show()
    const webhookId = await sql.webhook()
    await sql.hold(id, 0)
    await sql.turn(id)
    await sql.settle(webhookId, id, { version: 1, failure: sent(2, { answer: 'x'.repeat(2000) }) })
    assert.equal((await sql.attempt(webhookId, 'evt_2')).answer?.length, 1000)
  })

  it('ends the webhook at once with 410, and after five days of nothing else', async () => {
    const [gone, failing] = [await sql.webhook(), await sql.webhook()]
    await sql.ask('note_failure', gone, { isGone: true })
    assert.equal((await sql.state(gone)).why, 'gone')
    await sql.ask('note_failure', failing, {})
    await sql.later(5 * 86_400)
    await sql.ask('note_failure', failing, {})
    assert.equal((await sql.state(failing)).why, null)
    await sql.later(1)
    await sql.ask('note_failure', failing, {})
    assert.equal((await sql.state(failing)).why, 'failing')
  })
})

it('a lease ends with its webhook, and what it leaves is for the next who looks', async () => {
  const { id } = await sql.show()
  const webhookId = await sql.webhook()
  await sql.turn(id)
  for (const seat of [0, 1]) await sql.hold(id, seat)
  await sql.turn(id)
  assert.equal(await sql.settle(webhookId, id, { version: 2, goesOn: true }), true)
  assert.equal(await sql.settle(webhookId, id, { version: 2 }), false)
  assert.equal((await sql.cursor(webhookId, id)).retryIn, 0)
  await sql.turn(id)
  await sql.change(webhookId, { disabled: true })
  assert.equal(await sql.settle(webhookId, id, { version: 2, goesOn: true }), false)
  assert.equal((await sql.cursor(webhookId, id)).leasedBy, null)
})
