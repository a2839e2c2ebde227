/** `rowlock webhooks`: what a developer of a receiver sees on their own machine. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { EVENT_TYPES, Event, type Webhook as Known } from '../../src/protocol/index.ts'
import { cleanEnvironment, environmentOf } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'
import { atEnd } from '../support/embedded.ts'
import { type Arrival, Receiver } from '../support/receiver.ts'
import { createShowOn, useListening } from '../support/servers.ts'
import { until } from '../support/until.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const SECRET = `whsec_${Buffer.from('a secret of the tests').toString('base64')}`
const database = await useTestDatabase('cli webhooks')
const environment = environmentOf(database)
const server = await useListening(database, { allowsLoopbackWebhooks: true })
const { operator, shopper } = server
const on = (...args: string[]) => rowlockHere(['webhooks', ...args], environment)

function verify({ body, headers }: Arrival, secret = SECRET): void {
  assert.ok(new Webhook(secret).verify(body, headers as Record<string, string>))
}

describe('rowlock webhooks', () => {
  it('triggers an example of a type, signed, as the schema has it', async () => {
    const receiver = await Receiver.use()
    const to = ['--forward-to', receiver.url, '--secret', SECRET]
    const { code, stderr } = await on('trigger', 'booking.cancelled', ...to)
    assert.equal(code, 0, stderr)
    const [arrival = assert.fail('nothing arrived')] = receiver.arrivals
    verify(arrival)
    assert.equal(Event.parse(arrival.event).type, 'booking.cancelled')
    const strange = await on('trigger', 'seat.sold', ...to)
    assert.equal(strange.code, 2)
    assert.match(strange.stderr, new RegExp(`Use one of ${EVENT_TYPES[0]}`))
    receiver.answer = (response) => response.writeHead(500).end('closed')
    assert.equal((await on('trigger', 'hold.expired', ...to)).code, 1)
  })

  it('listens: what happens from now on is forwarded, until it is stopped', async (test) => {
    const receiver = await Receiver.use()
    const show = await createShowOn(server, { rows: 'A-Z', seatsPerRow: 40 })
    await shopper.holdSeats(show, { seats: ['A1'] })
    const args = ['listen', '--forward-to', receiver.url, '--secret', SECRET, '--show', show]
    const child = spawn(process.execPath, [MAIN, 'webhooks', ...args], {
      env: cleanEnvironment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'close')
    atEnd(test, async () => {
      child.kill('SIGKILL')
      await ended
    })
    let told = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        told += text
      })
    }
    await until('it to say where it forwards to', async () => told.includes(receiver.url) || null)
    // It looks twice a second: what it has not seen yet when it begins is not sent.
    await until('a booking to be forwarded', async () => {
      await operator.bookSeats(show, { best: { quantity: 1 } })
      return receiver.types.includes('booking.created') || null
    })
    for (const arrival of receiver.arrivals) verify(arrival)
    assert.ok(!receiver.types.includes('hold.created'), 'what was there before is not sent')
    await until('it to be printed', async () => told.includes('booking.created') || null)
    child.kill('SIGINT')
    assert.deepEqual(await ended, [0, null])
    assert.doesNotMatch(told, /Error|undefined/)
  })

  it('lists, tests and replays the webhooks that there are', async () => {
    const receiver = await Receiver.use()
    const show = await createShowOn(server)
    const { id, secret } = await operator.createWebhook({ url: receiver.url, shows: [show] })
    const { items } = (await on('list', '--json')).json<{ items: Known[] }>()
    assert.deepEqual(
      items.map((one) => one.id),
      [id],
    )
    assert.equal((await on('test', id)).code, 0)
    verify(receiver.arrivals[0] ?? assert.fail('no test'), secret)
    const replayed = await on('replay', id, show)
    assert.equal(replayed.code, 0, replayed.stderr)
    await until('the show to be told', async () => receiver.types.includes('show.created') || null)
    const delivered = await until('the delivery to be noted', async () => {
      const told = await on('deliveries', id, '--state', 'delivered', '--json')
      const { items: deliveries } = told.json<{ items: { type: string }[] }>()
      return deliveries.length > 0 ? deliveries : null
    })
    assert.equal(delivered[0]?.type, 'show.created')
    assert.match((await on('deliveries', id, '--state', 'waiting')).stdout, /No deliveries/)
    assert.equal((await on('test', 'webhook_nothing')).code, 1)
  })
})
