import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { assertRefused, OPERATOR, useServer } from './use-server.ts'

const { asOperator, asShopper, createShow, send } = await useServer('operations')

describe('venues and plans', () => {
  test('a venue is made, found and listed', async () => {
    const made = await asOperator('POST', '/v1/venues', { name: 'Old Vic' })
    assert.equal(made.status, 201)
    const location = String(made.headers.location)
    assert.equal(location, `/v1/venues/${made.body.id}`)
    assert.deepEqual((await asShopper('GET', location)).body, made.body)
    const list = await asShopper('GET', '/v1/venues?limit=1000')
    assert.ok((list.body.items as { id: string }[]).some(({ id }) => id === made.body.id))
  })

  test('a plan goes in as JSON or CSV and comes out in three formats', async () => {
    const venue = (await asOperator('POST', '/v1/venues', { name: 'Globe' })).body.id
    const grid = { name: 'Pit', source: { rows: 'A-C', seatsPerRow: 4 } }
    const made = await asOperator('POST', `/v1/venues/${venue}/plans`, grid)
    assert.equal(made.status, 201)
    const location = String(made.headers.location)
    assert.equal(location, `/v1/plans/${made.body.id}`)
    assert.equal((await asShopper('GET', location)).body.seatCount, 12)

    assertRefused(await asShopper('GET', `${location}?format=csv`), 'unauthenticated')
    const csv = await asOperator('GET', `${location}?format=csv`)
    assert.match(String(csv.headers['content-type']), /^text\/csv/)
    const named = (end: string) => `attachment; filename="${made.body.id}.${end}"`
    assert.equal(csv.headers['content-disposition'], named('csv'))
    for (const format of ['rowlock', 'pretix']) {
      const file = await asOperator('GET', `${location}?format=${format}`)
      assert.equal(file.headers['content-type'], 'application/json; charset=utf-8')
      assert.equal(file.headers['content-disposition'], named('json'))
      assert.equal(file.body.name, 'Pit')
    }
    const again = await send({
      method: 'POST',
      url: `/v1/venues/${venue}/plans?name=Pit%20again`,
      headers: { ...OPERATOR, 'content-type': 'text/csv' },
      payload: csv.text,
    })
    assert.equal(again.status, 201, again.text)
    assert.deepEqual([again.body.name, again.body.seatCount], ['Pit again', 12])
  })

  test('the mistakes of a plan are answered with their places', async () => {
    const venue = (await asOperator('POST', '/v1/venues', { name: 'Globe' })).body.id
    const plan = { format: 'rowlock', source: { name: 'x', seats: [{ label: 7 }] } }
    const answer = await asOperator('POST', `/v1/venues/${venue}/plans`, plan)
    assertRefused(answer, 'plan_invalid')
    assert.ok((answer.body.mistakes as unknown[]).length > 0)
  })
})

describe('shows', () => {
  test('the same show again is fine, another one under its key is refused', async () => {
    const body = {
      key: 'hamlet',
      title: 'Hamlet',
      startsAt: '2030-12-01T19:00:00Z',
      seats: ['A1', 'A2'],
    }
    const made = await asOperator('POST', '/v1/shows', body)
    assert.deepEqual([made.status, made.headers.location], [201, '/v1/shows/hamlet'])
    const again = await asOperator('POST', '/v1/shows', body)
    assert.deepEqual([again.status, again.headers.location], [200, undefined])
    assert.deepEqual(again.body, made.body)
    assertRefused(await asOperator('POST', '/v1/shows', { ...body, title: 'Ham' }), 'show_exists')
  })

  test('a show is listed, changed and given more seats', async () => {
    const show = await createShow()
    const changed = await asOperator('PATCH', `/v1/shows/${show}`, { title: 'Macbeth' })
    assert.deepEqual([changed.status, changed.body.title], [200, 'Macbeth'])
    assert.equal((await asShopper('GET', `/v1/shows/${show}`)).body.title, 'Macbeth')
    const added = await asOperator('POST', `/v1/shows/${show}/seats`, { seats: ['C1', ' c2 '] })
    assert.deepEqual([added.status, added.body.seatCount], [201, 14])
    const twice = await asOperator('POST', `/v1/shows/${show}/seats`, { seats: ['c1'] })
    assertRefused(twice, 'seats_exist')
    const list = await asShopper('GET', '/v1/shows?limit=1')
    assert.equal((list.body.items as unknown[]).length, 1)
    assert.equal(typeof list.body.next, 'string')
    const rest = await asShopper('GET', `/v1/shows?cursor=${list.body.next}`)
    assert.ok((rest.body.items as unknown[]).length > 0)
  })

  test('the journal has every change', async () => {
    const show = await createShow()
    await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A1'] })
    const { body } = await asOperator('GET', `/v1/shows/${show}/journal`)
    const kinds = (body.items as { kind: string }[]).map(({ kind }) => kind)
    assert.equal(kinds.at(-1), 'hold')
  })
})

describe('the way of a sale', () => {
  test('hold, look, extend, confirm, confirm again, cancel', async () => {
    const show = await createShow()
    const made = await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A1', 'a2'] })
    assert.equal(made.status, 201)
    const hold = String(made.headers.location)
    assert.equal(hold, `/v1/shows/${show}/holds/${made.body.id}`)
    assert.equal((await asShopper('GET', hold)).body.status, 'live')
    // Neither a body nor a media type, as many clients send it.
    assert.equal((await asShopper('POST', `${hold}/extend`)).status, 200)

    const confirmed = await asShopper('POST', `${hold}/confirm`, { reference: 'payment-1' })
    assert.equal(confirmed.status, 201)
    const booking = String(confirmed.headers.location)
    assert.equal(booking, `/v1/shows/${show}/bookings/${confirmed.body.id}`)
    const again = await asShopper('POST', `${hold}/confirm`)
    assert.equal(again.status, 200)
    assert.deepEqual(again.body, confirmed.body)
    assert.deepEqual((await asShopper('GET', booking)).body.seats, ['A1', 'A2'])

    const some = await asOperator('POST', `${booking}/cancel`, { seats: ['A1'] })
    assert.deepEqual([some.status, some.body.seats, some.body.cancelledAt], [200, ['A2'], null])
    const rest = await asOperator('POST', `${booking}/cancel`)
    assert.equal(typeof rest.body.cancelledAt, 'string')
  })

  test('a released hold answers as it ended, however often', async () => {
    const show = await createShow()
    const { headers } = await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A1'] })
    for (const attempt of [1, 2]) {
      const released = await asShopper('POST', `${headers.location}/release`)
      assert.deepEqual([released.status, released.body.status], [200, 'released'], `${attempt}`)
    }
    assertRefused(await asShopper('POST', `${headers.location}/confirm`), 'hold_released')
  })

  test('who comes second is told which seats were in the way, and why', async () => {
    const show = await createShow()
    await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A1'] })
    const late = await asShopper('POST', `/v1/shows/${show}/bookings`, { seats: ['A1', 'Q9'] })
    assertRefused(late, 'seats_unavailable')
    const reasons = (late.body.seats as { seat: string; reason: string }[]).map(
      ({ seat, reason }) => [seat, reason],
    )
    assert.deepEqual(reasons, [
      ['A1', 'held'],
      ['Q9', 'unknown'],
    ])
    assert.equal(late.body.instance, `/v1/shows/${show}/bookings`)
  })

  test('seats are booked directly, swapped, blocked and booked out of the block', async () => {
    const show = await createShow()
    const booked = await asShopper('POST', `/v1/shows/${show}/bookings`, { seats: ['A1'] })
    assert.equal(booked.status, 201)
    const swap = { from: ['A1'], to: ['B6'] }
    const swapped = await asOperator('POST', `${booked.headers.location}/swap`, swap)
    assert.deepEqual([swapped.status, swapped.body.seats], [200, ['B6']])

    const house = { seats: ['B1', 'B2'], reason: 'house' }
    const block = await asOperator('POST', `/v1/shows/${show}/blocks`, house)
    assert.deepEqual(
      [block.status, block.headers.location],
      [201, `/v1/shows/${show}/blocks/${block.body.id}`],
    )
    const fromBlock = { seats: ['B1'], block: block.body.id }
    assertRefused(await asShopper('POST', `/v1/shows/${show}/bookings`, fromBlock), 'forbidden')
    const guest = await asOperator('POST', `/v1/shows/${show}/bookings`, fromBlock)
    assert.equal(guest.status, 201, guest.text)
    const released = await asOperator('POST', `${block.headers.location}/release`)
    assert.deepEqual([released.status, released.body.seats], [200, []])
  })

  test('the best seats are found by quantity', async () => {
    const show = await createShow()
    const best = { best: { quantity: 3 } }
    const hold = await asShopper('POST', `/v1/shows/${show}/holds`, best)
    assert.deepEqual([hold.status, hold.body.together], [201, true], hold.text)
  })
})

describe('retries under a key', () => {
  test('a replay has the status, the place and the body of the first answer', async () => {
    const show = await createShow()
    const hold = { seats: ['A1'], holdSeconds: 300 }
    const headers = { 'idempotency-key': randomUUID() }
    const url = `/v1/shows/${show}/holds`
    const first = await send({ method: 'POST', url, headers, payload: hold })
    assert.equal(first.headers['idempotency-replayed'], undefined)
    const replay = await send({ method: 'POST', url, headers, payload: hold })
    assert.equal(replay.headers['idempotency-replayed'], 'true')
    assert.deepEqual([replay.status, replay.headers.location], [201, first.headers.location])
    assert.deepEqual([replay.body.id, replay.body.expiresAt], [first.body.id, first.body.expiresAt])

    const other = await send({ method: 'POST', url, headers, payload: { seats: ['A2'] } })
    assertRefused(other, 'idempotency_key_reused')
  })

  test('every way to make something answers 201 again', async () => {
    const show = await createShow()
    const writes: [string, object][] = [
      ['/v1/venues', { name: 'Twice' }],
      [`/v1/shows/${show}/bookings`, { seats: ['A1'] }],
      [`/v1/shows/${show}/blocks`, { seats: ['A2'], reason: 'house' }],
      [`/v1/shows/${show}/seats`, { seats: ['Z1'] }],
    ]
    for (const [url, payload] of writes) {
      const headers = { ...OPERATOR, 'idempotency-key': randomUUID() }
      const first = await send({ method: 'POST', url, headers, payload })
      const replay = await send({ method: 'POST', url, headers, payload })
      assert.deepEqual([first.status, replay.status], [201, 201], `${url} ${replay.text}`)
      assert.equal(replay.headers['idempotency-replayed'], 'true')
      assert.equal(replay.headers.location, first.headers.location)
    }
  })
})
