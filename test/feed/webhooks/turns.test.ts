/** A show that sells on and on gives up its place, so that others of the same webhook are told. */
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { after, test } from 'node:test'
import { connectClient } from '../../../src/db/connection.ts'
import { WebhookSender } from '../../../src/feed/index.ts'
import { newUuid } from '../../../src/protocol/index.ts'
import { useTestDatabase } from '../../support/database.ts'
import { by, createShow, shopper, useServer } from '../../support/engines.ts'
import { Receiver } from '../../support/receiver.ts'
import { until } from '../../support/until.ts'

/** Shows of one webhook that are told of side by side. */
const PLACES = 16
const EVENTS_AT_ONCE = 2

const database = await useTestDatabase('webhook_turns')
const owner = await connectClient(database.owner)
after(() => owner.end())
const engine = await useServer(database.settings)

/** A show in whose journal there is enough for three turns. */
async function newBusyShow(): Promise<string> {
  const seats = { rows: 'A', seatsPerRow: 6 }
  const show = await createShow(engine, seats)
  const labels = Array.from({ length: 5 }, (_, index) => `A${index + 1}`)
  await Promise.all(labels.map((seat) => engine.holdSeats(by(seat), show, { seats: [seat] })))
  return show
}

test('a show that others wait for is told of in turns', async (t) => {
  const receiver = await Receiver.use()
  const operator = { caller: { ...shopper('operator'), boxOffice: true }, idempotencyKey: null }
  await engine.createWebhook(operator, { url: receiver.url })
  const busy: string[] = []
  while (busy.length < PLACES) busy.push(await newBusyShow())

  // Whoever has a place is kept waiting: first for its first event, then for its third.
  const held: ServerResponse[] = []
  let late: string | null = null
  let isOpen = false
  receiver.answer = (response, { event }) => {
    const count = receiver.arrivals.filter(({ event: { show } }) => show === event.show).length
    const isThird = count > EVENTS_AT_ONCE && event.show !== late
    if (isOpen ? isThird : true) held.push(response)
    else response.writeHead(204).end()
  }
  const answerHeld = () => {
    for (const response of held.splice(0)) response.writeHead(204).end()
  }
  const sender = new WebhookSender(engine, {
    allowsLoopback: true,
    userAgent: 'test',
    lookEveryMs: 50,
    eventsAtOnce: EVENTS_AT_ONCE,
  })
  t.after(() => sender.close())
  await until('all places to be taken', async () => (held.length === PLACES ? true : null))
  late = await newBusyShow()
  await until('the show that came late to wait for a place', async () => {
    const { rows } = await owner.query(
      `select from rowlock.webhook_cursors as cursor
       join rowlock.shows as show on show.show_id = cursor.show_id
       where show.key = $1 and cursor.leased_by is not null`,
      [late],
    )
    return rows.length > 0 ? true : null
  })
  isOpen = true
  answerHeld()
  await until(
    'the late show to be told of, before others are told of their third event',
    async () => (receiver.arrivals.some(({ event }) => event.show === late) ? true : null),
  )
  receiver.answer = (response) => response.writeHead(204).end()
  answerHeld()
  const shows = [...busy, late]
  const versionsOf = (key: string) =>
    receiver.arrivals.filter(({ event }) => event.show === key).map(({ event }) => event.version)
  await until('everything to be told', async () =>
    shows.every((key) => versionsOf(key).length >= 6) ? true : null,
  )
  for (const key of shows) assert.deepEqual(versionsOf(key), [1, 2, 3, 4, 5, 6])
})

test('what a server leaves before the end is seen by the others', async () => {
  const show = await newBusyShow()
  const [row] = (
    await owner.query<{ show_id: number }>(
      'select show_id::int from rowlock.shows where key = $1',
      [show],
    )
  ).rows
  const showId = row?.show_id ?? 0
  const server = newUuid()
  const { leases } = await engine.webhookTurns([showId], server)
  const [{ webhookId } = assert.fail()] = leases
  const settle = (version: number) =>
    engine.settleLeases(server, [
      {
        webhookId,
        showId,
        version,
        expiryNo: 0,
        goesOn: false,
        delivered: null,
        failure: null,
      },
    ])
  await settle(2)
  const due = async () => (await engine.webhookLook({ withLags: false })).shows ?? []
  assert.ok((await due()).includes(showId))
  assert.equal((await engine.webhookTurns([showId], server)).leases[0]?.version, 2)
  await settle(6)
  assert.ok(!(await due()).includes(showId))
})
