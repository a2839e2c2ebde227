/** Commands on one thing: it is read, changed and ended by its id. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type {
  ApiKey,
  AuditEntry,
  Block,
  Booking,
  Hold,
  Plan,
  Report,
  Show,
  User,
  Venue,
  Webhook,
} from '../../src/protocol/index.ts'
import { environmentOf } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'
import { by, createShow, useServer } from '../support/engines.ts'

const database = await useTestDatabase('cli one thing')
const environment = environmentOf(database)
const on = (...args: string[]) => rowlockHere(args, environment)
const engine = await useServer(database.settings)

const GRID = { rows: 'A-B', seatsPerRow: 6 }

async function told<T>(...args: string[]): Promise<T> {
  const { code, stderr, json } = await on(...args, '--json')
  assert.equal(code, 0, stderr)
  return json<T>()
}

describe('one thing', () => {
  it('a show is read and changed, cancelled and reinstated', async () => {
    const show = await createShow(engine, GRID)
    const get = await on('show', 'get', show)
    assert.match(get.stdout, new RegExp(`^key +${show}\\n`))
    assert.match(get.stdout, /\nmax seats per holder +-\n/)
    const change = (...args: string[]) => told<{ show: Show }>('show', 'change', show, ...args)
    const terms = ['--max-seats-per-holder', '4', '--no-cancellable', '--title', 'Lear']
    const changed = (await change(...terms)).show
    assert.deepEqual([changed.maxSeatsPerHolder, changed.cancellable], [4, false])
    assert.equal((await change('--max-seats-per-holder', 'none')).show.maxSeatsPerHolder, null)
    assert.equal((await change('--cancellable')).show.title, 'Lear')
    assert.notEqual((await change('--cancel')).show.cancelledAt, null)
    assert.equal((await change('--reinstate')).show.cancelledAt, null)
    assert.equal((await on('show', 'change', show)).code, 2)
    const more = await told<{ show: Show }>('show', 'add-seats', show, 'Z1, Z2')
    assert.equal(more.show.seatCount, changed.seatCount + 2)
  })

  it('a hold and a booking are read, changed and ended', async () => {
    const show = await createShow(engine, GRID)
    const held = (await engine.holdSeats(by('ann'), show, { seats: ['A1', 'A2'] })).value
    const notes = ['--holder', 'customer-17', '--reference', 'order-1', '--note', 'basket=99']
    await told('hold', 'change', show, held.id, ...notes)
    const { hold } = await told<{ hold: Hold }>('hold', 'get', show, held.id)
    const said = [hold.holder, hold.reference, hold.metadata]
    assert.deepEqual(said, ['customer-17', 'order-1', { basket: '99' }])
    const part = await told<{ hold: Hold }>('hold', 'release', show, held.id, '--seats', 'A2')
    assert.deepEqual(part.hold.seats, ['A1'])
    const sold = (await engine.bookSeats(by('ann'), show, { seats: ['B1', 'B2'] })).value
    const at = [show, sold.id]
    await told('booking', 'change', ...at, '--reference', 'order-2', '--note', 'a=b=c')
    await told('booking', 'swap', ...at, '--from', 'B1', '--to', 'B3')
    await told('booking', 'cancel', ...at, '--seats', 'B2', '--reason', 'ill')
    const { booking } = await told<{ booking: Booking }>('booking', 'get', ...at)
    assert.deepEqual([booking.reference, booking.metadata], ['order-2', { a: 'b=c' }])
    assert.deepEqual(booking.seats, ['B3'])
  })

  it('a block is made, read, changed, found and released', async () => {
    const show = await createShow(engine, GRID)
    const made = ['create', show, '--seats', 'A1,A2', '--reason', 'camera']
    const { block } = await told<{ block: Block }>('block', ...made, '--reference', 'list-1')
    await told('block', 'change', show, block.id, '--holder', 'The Stage')
    const got = (await told<{ block: Block }>('block', 'get', show, block.id)).block
    const said = [got.reason, got.holder, got.reference]
    assert.deepEqual(said, ['camera', 'The Stage', 'list-1'])
    const list = await told<{ blocks: Block[] }>('block', 'list', show, '--reference', 'list-1')
    assert.equal(list.blocks.length, 1)
    const over = await told<{ block: Block }>('block', 'release', show, block.id)
    assert.deepEqual(over.block.seats, [])
    const refused = await on('block', 'change', show, block.id, '--reason', 'press')
    assert.deepEqual([refused.code, /The block was released/.test(refused.stderr)], [1, true])
  })

  it('keys, people and webhooks are read and changed', async () => {
    const { key } = await told<{ key: ApiKey }>('key', 'create', 'Shop', '--scopes', 'sell')
    await told('key', 'change', key.id, '--name', 'Web shop')
    assert.equal((await told<{ key: ApiKey }>('key', 'get', key.id)).key.name, 'Web shop')
    const person = ['create', 'ada@example.org', '--name', 'Ada']
    const { user } = await told<{ user: User }>('user', ...person)
    await told('user', 'disable', user.id)
    await told('user', 'change', user.id, '--enable', '--name', 'Ada Lovelace')
    const got = (await told<{ user: User }>('user', 'get', user.id)).user
    assert.deepEqual([got.name, got.disabledAt], ['Ada Lovelace', null])
    const url = ['https://shop.example/hooks', '--events', 'booking.created']
    const { webhook } = await told<{ webhook: Webhook }>('webhooks', 'create', ...url)
    await told('webhooks', 'change', webhook.id, '--disable', '--events', 'all')
    await told('webhooks', 'rotate', webhook.id)
    const read = (await told<{ webhook: Webhook }>('webhooks', 'get', webhook.id)).webhook
    assert.deepEqual([read.status, read.events], ['disabled', null])
    await told('webhooks', 'delete', webhook.id)
    assert.equal((await on('webhooks', 'get', webhook.id)).code, 1)
  })

  it('the seats of a show are counted, as a table, CSV and JSON', async () => {
    const show = await createShow(engine, GRID)
    await engine.bookSeats(by('ann'), show, { seats: ['B1', 'B2'] })
    const rows = ['report', show, '--by', 'row,status']
    const { report } = await told<{ report: Report }>(...rows)
    const booked = report.items.find(({ row, status }) => row === 'B' && status === 'booked')
    assert.deepEqual([booked?.seats, booked?.bookings], [2, 1])
    const csv = await on(...rows, '--csv')
    assert.deepEqual([csv.code, csv.stderr], [0, ''])
    assert.match(csv.stdout, /^row,status,seats,bookings\r\n(?:.*\r\n)*B,booked,2,1\r\n/)
    assert.match(
      (await on('report', show)).stdout,
      /^STATUS +SEATS +BOOKINGS\n(?:.*\n)*booked +2 +1\n$/,
    )
    const refused = await on('report', show, '--by', 'price')
    assert.deepEqual([refused.code, /--by must be some of/.test(refused.stderr)], [2, true])
  })

  it('administrative acts are listed, newest first', async () => {
    const { key } = await told<{ key: ApiKey }>('key', 'create', 'Audited', '--scopes', 'sell')
    await told('key', 'change', key.id, '--name', 'Audited twice')
    const { acts } = await told<{ acts: AuditEntry[] }>('audit', 'list', '--limit', '2')
    assert.deepEqual(
      acts.map(({ action, subject }) => [action, subject]),
      [
        ['changeApiKey', key.id],
        ['createApiKey', key.id],
      ],
    )
    const table = await on('audit', 'list', '--action', 'createApiKey', '--limit', '1')
    assert.match(table.stdout, new RegExp(`^AT .*\\n.*createApiKey +${key.id}`))
    const csv = await on('audit', 'list', '--actor', 'nobody', '--csv')
    assert.match(csv.stdout, /^id,at,actor,action,subject,requestId,details\r\n$/)
  })

  it('a venue and a plan are read', async () => {
    const made = ['plan', 'generate', '--seats', '20', '--venue', 'Globe']
    const { plan } = await told<{ plan: Plan }>(...made, '--time-zone', 'Europe/London')
    const got = (await told<{ plan: Plan }>('plan', 'get', plan.id)).plan
    assert.equal(got.seatCount, 20)
    const { venue } = await told<{ venue: Venue }>('venue', 'get', got.venue ?? '')
    assert.deepEqual([venue.name, venue.timeZone], ['Globe', 'Europe/London'])
  })
})
