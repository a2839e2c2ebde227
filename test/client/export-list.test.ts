import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient, RowlockError } from '../../src/client/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, useListening } from '../support/servers.ts'

const server = await useListening(await useTestDatabase('export list'))
const { operator, shopper, url } = server

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const part of parts) text += part
  return text
}

test('a list of a show comes as a file, part by part', async () => {
  const show = await createShowOn(server)
  const { id } = await operator.bookSeats(show, { seats: ['A1', 'A2'], reference: 'order-1' })
  await operator.bookSeats(show, { seats: ['A3'] })
  const text = await textOf(operator.exportList(show, 'bookings', { reference: 'order-1' }))
  const [header, ...lines] = text.split('\r\n')
  assert.match(String(header), /^id,show,hold,seats,/)
  assert.equal(lines.length, 2)
  assert.match(String(lines[0]), new RegExp(`^${id},${show},,"A1, A2",`))
  const marked = await textOf(operator.exportList(show, 'seats', { bom: true }))
  assert.match(marked, /^\uFEFFseat,section,/)
  const counted = await textOf(operator.exportList(show, 'report', { by: 'status' }))
  assert.match(counted, /^status,.*\r\n/)
})

test('who may not have it is told so', async () => {
  const show = await createShowOn(server)
  await assert.rejects(textOf(shopper.exportList(show, 'seats')), { code: 'unauthenticated' })
})

test('what breaks off is an error, and what has not begun is asked for again', async () => {
  const show = await createShowOn(server)
  const whole = await textOf(operator.exportList(show, 'seats'))
  const asked: string[] = []
  const broken: typeof fetch = async (to) => {
    asked.push(String(to))
    if (asked.length === 1) return new Response('{"code":"busy"}', { status: 503 })
    const half = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(new TextEncoder().encode(whole.slice(0, 50))),
      pull: (stream) => stream.error(new Error('connection reset')),
    })
    return new Response(half)
  }
  const client = createClient({ server: url, fetch: broken })
  let heard = ''
  await assert.rejects(
    async () => {
      for await (const part of client.exportList(show, 'seats')) heard += part
    },
    (error: RowlockError) => error instanceof RowlockError && error.code === 'no_answer',
  )
  assert.equal(asked.length, 2)
  assert.equal(heard, whole.slice(0, 50))
})

test('a report is counted by what is asked for', async () => {
  const show = await createShowOn(server)
  await operator.bookSeats(show, { seats: ['A1', 'A2'], holder: 'customer-17' })
  const { by, items } = await operator.getReport(show, { by: 'holder,status' })
  assert.deepEqual(by, ['holder', 'status'])
  assert.deepEqual(items[0], { holder: 'customer-17', status: 'booked', seats: 2, bookings: 1 })
})
