/** Changes of a show: what is known of a request, who is counted, and what is refused. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { newUuid } from '../../src/protocol/index.ts'
import { command, useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('change show')
await useTestClock(kernel.owner)
const session = await kernel.session()

interface Answer {
  readonly code: string
  readonly replayed?: boolean
}

async function change(
  showId: number,
  changes: object,
  request: string = newUuid(),
  fingerprint = request,
): Promise<Answer> {
  const { rows } = await kernel.owner.query<{ answer: Answer }>(
    "select rowlock.change_show($1, $2, 'test', $3, $4) as answer",
    [request, fingerprint, showId, JSON.stringify(changes)],
  )
  return rows[0]?.answer as Answer
}

async function addSeat(showId: number, label: string, expectedCount: number): Promise<Answer> {
  const flags = { joined: false, accessible: false, companion: false, restricted_view: false }
  const seat = {
    key: label.toLowerCase(),
    label,
    number: label.slice(1),
    category: 'Stalls',
    x: 0,
    y: 0,
    ...flags,
  }
  const { rows } = await kernel.owner.query<{ answer: Answer }>(
    "select rowlock.add_seats($1, $1, 'test', $2, $3, $4) as answer",
    [newUuid(), showId, expectedCount, JSON.stringify([seat])],
  )
  return rows[0]?.answer as Answer
}

describe('a request to change a show', () => {
  it('is known by its id, and another one under it is refused', async () => {
    const showId = await kernel.createShow(2)
    const request = newUuid()
    assert.deepEqual(await change(showId, { title: 'A' }, request), { code: 'done' })
    assert.deepEqual(await change(showId, { title: 'A' }, request), {
      code: 'done',
      replayed: true,
    })
    const reused = await change(showId, { title: 'B' }, request, newUuid())
    assert.deepEqual(reused, { code: 'idempotency_key_reused' })
  })

  it('is not one that was refused as a sale', async () => {
    const showId = await kernel.createShow(2)
    await session.one(command('block', showId, { seats: [0] }))
    const sale = command('book', showId, { seats: [0], seller: true })
    assert.equal((await session.one(sale)).code, 'seats_unavailable')
    const reused = await change(showId, { title: 'A' }, sale.request_id ?? '', newUuid())
    assert.deepEqual(reused, { code: 'idempotency_key_reused' })
  })

  it('waits for the one before, and keeps what that changed', async () => {
    const showId = await kernel.createShow(2)
    const [one, two] = [await kernel.session(), await kernel.session()]
    const text = "select rowlock.change_show($1, $1, 'test', $2, $3) as answer"
    await one.begin()
    await one.client.query(text, [newUuid(), showId, '{"holdSeconds": 700}'])
    const asked = two.client.query(text, [newUuid(), showId, '{"holdSecondsMax": 3000}'])
    await two.untilWaiting()
    await one.commit()
    await asked
    const { rows } = await kernel.owner.query(
      `select hold_seconds as usual, hold_seconds_max as max
       from rowlock.policies where show_id = $1`,
      [showId],
    )
    assert.deepEqual(rows, [{ usual: 700, max: 3000 }])
  })

  it('is in the log of administrative acts, with the key of the show', async () => {
    const showId = await kernel.createShow(2)
    await change(showId, { title: 'A' })
    const { rows } = await kernel.owner.query(
      `select act.action, act.details
       from rowlock.audit_log as act
       join rowlock.shows as show on show.key = act.subject
       where show.show_id = $1 and act.action = 'changeShow'`,
      [showId],
    )
    assert.deepEqual(rows, [{ action: 'changeShow', details: { title: 'A' } }])
  })
})

describe('terms of a show', () => {
  it('are refused where they contradict each other', async () => {
    const showId = await kernel.createShow(2)
    for (const bad of [
      { holdSeconds: 1801 },
      { holdSecondsMax: 3601 },
      { salesFrom: '2029-01-01T00:00:00Z', salesUntil: '2029-01-01T00:00:00Z' },
    ]) {
      const answer = await change(showId, bad).catch(({ code }) => ({ code }))
      assert.deepEqual(answer, { code: 'invalid_request' })
    }
    assert.deepEqual(await change(showId, { holdSeconds: 1800, holdSecondsMax: 3600 }), {
      code: 'done',
    })
  })

  it('keep the moment at which the show was cancelled', async () => {
    const showId = await kernel.createShow(2)
    const at = async () => {
      const { rows } = await kernel.owner.query<{ at: Date }>(
        'select cancelled_at as at from rowlock.policies where show_id = $1',
        [showId],
      )
      return rows[0]?.at
    }
    await change(showId, { cancelled: true })
    const first = await at()
    await advanceClock(kernel.owner, 60)
    await change(showId, { cancelled: true })
    assert.deepEqual(await at(), first)
  })

  it('with a new limit of holders count what each has by then, and nothing else', async () => {
    const showId = await kernel.createShow(9, { hold_seconds_max: 600 })
    const holder = 'customer-17'
    const hold = (seats: number[], seconds: number) =>
      session.one(command('hold', showId, { seats, hold_seconds: seconds, holder }))
    await hold([0, 1], 5)
    await advanceClock(kernel.owner, 10)
    await hold([2], 600)
    await session.one(command('block', showId, { seats: [3, 4], holder, reference: 'x' }))
    await change(showId, { maxSeatsPerHolder: 3 })
    const { rows } = await kernel.owner.query<{ count: number }>(
      `select cardinality(hold_ids) as count from rowlock.tallies where show_id = $1`,
      [showId],
    )
    assert.deepEqual(rows, [{ count: 1 }])
    assert.equal((await hold([5, 6], 600)).code, 'done')
    assert.equal((await hold([7], 600)).code, 'holder_limit_reached')
  })
})

describe('seats', () => {
  it('are added by whoever saw the plan as it is', async () => {
    const showId = await kernel.createShow(2)
    assert.deepEqual(await addSeat(showId, 'B1', 3), { code: 'plan_changed' })
    assert.deepEqual(await addSeat(showId, 'B1', 2), { code: 'done' })
    assert.deepEqual(await addSeat(showId, 'B2', 2), { code: 'plan_changed' })
  })

  it('are not added to a plan that is for other shows, too', async () => {
    const showId = await kernel.createShow(2)
    const client = await connectClient(kernel.database.owner)
    after(() => client.end())
    await client.query(
      `with venue as (
         insert into rowlock.venues (venue_id, name, time_zone, created_at)
         values (gen_random_uuid(), 'A', 'UTC', now())
         returning venue_id
       )
       update rowlock.plans as plan set venue_id = venue.venue_id, name = 'Plan'
       from venue, rowlock.shows as show
       where show.show_id = $1 and show.plan_id = plan.plan_id`,
      [showId],
    )
    assert.deepEqual(await addSeat(showId, 'B1', 2), { code: 'plan_shared' })
  })
})
