import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import pg from 'pg'
import { withoutInvisible } from '../../src/protocol/index.ts'
import { HOSTILE_TEXTS } from './fuzz/hostile.ts'
import { ANONYMOUS, OPERATOR, PASSWORD, useCast, type Who } from './use-cast.ts'

const { call, must, person, partner, show, database, server } = await useCast('injection')

const LENGTH_MAX = 120
/** Everything that is text at all: it has to come back as it was sent. */
const TEXTS = HOSTILE_TEXTS.filter(
  (text) =>
    text.trim() !== '' &&
    text.length <= LENGTH_MAX &&
    text.isWellFormed() &&
    !text.includes('\u0000') &&
    !/^(?:user|key)_/.test(text),
)

/** Rows of every table, so that anything that happened besides would show. */
async function countRows(): Promise<Record<string, number>> {
  const client = new pg.Client(database.owner)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'rowlock' order by 1",
    )
    const counts: Record<string, number> = {}
    for (const { name } of rows) {
      const found = await client.query(`select count(*)::int as count from rowlock."${name}"`)
      counts[name] = found.rows[0].count
    }
    return counts
  } finally {
    await client.end()
  }
}

let user: Who
let userId: string
let key: string

before(async () => {
  const somebody = await person()
  user = somebody.who
  userId = somebody.id
  key = await show({
    seats: { rows: 'A-Z', seatsPerRow: 20 },
    maxSeatsPerHold: 1,
    maxSeatsPerHolder: null,
  })
})

let seatCount = 0
const freshSeat = () => {
  const row = String.fromCharCode(65 + Math.floor(seatCount / 20))
  return `${row}${(seatCount++ % 20) + 1}`
}

describe('whatever text is sent comes back as it was sent, and does nothing', () => {
  test('names of venues and plans', async () => {
    for (const text of TEXTS) {
      const venue = await must(OPERATOR, 'POST', '/v1/venues', { name: text })
      assert.equal((await must(ANONYMOUS, 'GET', `/v1/venues/${venue.id}`)).name, text)
      const source = { rows: 'A', seatsPerRow: 1 }
      const body = { name: text, source }
      const plan = await must(OPERATOR, 'POST', `/v1/venues/${venue.id}/plans`, body)
      assert.equal((await must(ANONYMOUS, 'GET', `/v1/plans/${plan.id}`)).name, text)
    }
  })

  test('titles of shows', async () => {
    for (const title of TEXTS) {
      await must(OPERATOR, 'PATCH', `/v1/shows/${key}`, { title })
      assert.equal((await must(ANONYMOUS, 'GET', `/v1/shows/${key}`)).title, title)
    }
  })

  test('holders, references and reasons', async () => {
    const at = `/v1/shows/${key}`
    for (const text of TEXTS) {
      const body = { seats: [freshSeat()], holder: text, reference: text }
      const hold = await must(ANONYMOUS, 'POST', `${at}/holds`, body)
      const read = await must(ANONYMOUS, 'GET', `${at}/holds/${hold.id}`)
      // What nobody can see is no part of who a holder is.
      assert.deepEqual([read.holder, read.reference], [withoutInvisible(text), text])
      await must(ANONYMOUS, 'POST', `${at}/holds/${hold.id}/confirm`, { reference: text })
      const booking = String(hold.id).replace('hold_', 'book_')
      assert.equal((await must(ANONYMOUS, 'GET', `${at}/bookings/${booking}`)).reference, text)
      await must(OPERATOR, 'POST', `${at}/bookings/${booking}/cancel`, { reason: text })
      const blocked = { seats: body.seats, reason: text }
      const block = await must(OPERATOR, 'POST', `${at}/blocks`, blocked)
      assert.equal(block.reason, text)
      await must(OPERATOR, 'POST', `${at}/blocks/${block.id}/release`, {})
    }
  })

  test('names of people, by themselves and by operators', async () => {
    for (const name of TEXTS) {
      await must(user, 'PATCH', '/v1/me', { name })
      const me = await must(user, 'GET', '/v1/me')
      assert.equal((me.user as { name: string }).name, name)
      await must(OPERATOR, 'PATCH', `/v1/users/${userId}`, { name: `${name}.` })
      assert.equal((await must(OPERATOR, 'GET', `/v1/users/${userId}`)).name, `${name}.`)
    }
  })

  test('names of API keys', async () => {
    for (const name of TEXTS) {
      const made = await must(OPERATOR, 'POST', '/v1/api-keys', { name, scopes: ['sell'] })
      assert.equal(made.name, name)
    }
  })

  test('labels of seats, which are found again by what was sent', async () => {
    const labels = TEXTS.filter((text) => text.length <= 30)
    for (const label of labels) {
      const made = await call(OPERATOR, 'POST', `/v1/shows`, {
        key: `show-${randomUUID()}`,
        title: 'Hamlet',
        startsAt: '2035-12-01T19:00:00Z',
        seats: [label],
        confirmBy: 'holder',
      })
      assert.equal(made.status, 201, `${JSON.stringify(label)}: ${made.text}`)
      const at = `/v1/shows/${made.body.key}`
      const { items } = await must(ANONYMOUS, 'GET', `${at}/seats`)
      const [seat] = items as { seat: string }[]
      const hold = await must(ANONYMOUS, 'POST', `${at}/holds`, { seats: [label] })
      assert.deepEqual(hold.seats, [seat?.seat])
    }
  })
})

describe('where text is looked for, it finds nothing but itself', () => {
  test('in queries', async () => {
    const before = await countRows()
    for (const text of TEXTS) {
      const sent = encodeURIComponent(text)
      const queries: [Who, string][] = [
        [ANONYMOUS, `/v1/shows?venue=${sent}`],
        [ANONYMOUS, `/v1/shows/${key}/seats?section=${sent}`],
        [ANONYMOUS, `/v1/shows/${key}/seats?category=${sent}`],
        [OPERATOR, `/v1/users?email=${sent}`],
        [OPERATOR, `/v1/audit?actor=${sent}`],
        [OPERATOR, `/v1/audit?action=${sent}`],
      ]
      for (const [who, path] of queries) {
        const { status, body, text: said } = await call(who, 'GET', path)
        assert.ok(status === 200 || status === 400, said)
        // Only the operator key is called like one of the texts.
        if (status === 200 && text !== 'operator') assert.deepEqual(body.items, [], path)
      }
    }
    assert.deepEqual(await countRows(), before)
  })

  test('in addresses and cursors', async () => {
    const before = await countRows()
    for (const text of TEXTS) {
      const sent = encodeURIComponent(text)
      for (const path of [`/v1/shows/${sent}`, `/v1/venues/${sent}`, `/v1/plans/${sent}`]) {
        assert.equal((await call(ANONYMOUS, 'GET', path)).status, 404, path)
      }
      for (const list of ['shows', 'venues', 'users', 'api-keys', 'audit', 'me/holds']) {
        const { status } = await call(OPERATOR, 'GET', `/v1/${list}?cursor=${sent}`)
        assert.ok(status === 200 || status === 400, `${list} ${text}: ${status}`)
      }
    }
    assert.deepEqual(await countRows(), before)
  })

  test('in what is signed in with', async () => {
    for (const text of TEXTS.slice(0, 20)) {
      const body = { email: `${text}@x`, password: `${PASSWORD}${text}` }
      const { status } = await call(ANONYMOUS, 'POST', '/v1/sessions', body)
      assert.ok([400, 401].includes(status), `${text}: ${status}`)
    }
  })
})

test('after all of it the show is whole', async () => {
  assert.deepEqual(await server.engine.checkShow(key), [])
  assert.ok((await partner(['sell'])).authorization)
})
