/** Lists and upkeep at the command line. In this process: what starts one is tested elsewhere. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Booking, Plan, Show, Venue } from '../../src/protocol/index.ts'
import { environmentOf } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'
import { by, createShow, useServer } from '../support/engines.ts'

const database = await useTestDatabase('cli upkeep')
const environment = environmentOf(database)
const on = (...args: string[]) => rowlockHere(args, environment)
const engine = await useServer(database.settings)

async function told<T>(...args: string[]): Promise<T> {
  const { code, stderr, json } = await on(...args, '--json')
  assert.equal(code, 0, stderr)
  return json<T>()
}

describe('rowlock venue', () => {
  it('creates one with a time zone, renames it, and retires it', async () => {
    const { venue } = await told<{ venue: Venue }>(
      ...['venue', 'create', 'Old Vic', '--time-zone', 'Europe/London'],
    )
    assert.deepEqual([venue.name, venue.timeZone], ['Old Vic', 'Europe/London'])
    const list = await on('venue', 'list')
    assert.match(list.stdout, /^VENUE +NAME +TIME ZONE\nvenue_\w{32} +Old Vic +Europe\/London\n$/)
    const changed = await on('venue', 'change', venue.id, '--name', 'The Old Vic', '--retire')
    assert.match(changed.stdout, /^The Old Vic, Europe\/London\. Retired\.\nVenue venue_/)
    assert.match((await on('venue', 'list')).stdout, /^No venues\./)
    const { venues } = await told<{ venues: Venue[] }>('venue', 'list', '--retired')
    assert.deepEqual(
      venues.map(({ id }) => id),
      [venue.id],
    )
    await told('venue', 'change', venue.id, '--bring-back')
    assert.equal((await told<{ venues: Venue[] }>('venue', 'list')).venues.length, 1)
  })

  it('takes no venue without a time zone, and no time zone that is none', async () => {
    assert.equal((await on('venue', 'create', 'Globe')).code, 2)
    const wrong = await on('venue', 'create', 'Globe', '--time-zone', 'Europe/Middle Earth')
    assert.deepEqual([wrong.code, /IANA time zone/.test(wrong.stderr)], [2, true])
    const plan = await on('plan', 'generate', '--seats', '20', '--venue', 'Globe')
    assert.deepEqual([plan.code, /--time-zone Europe\/London/.test(plan.stderr)], [2, true])
    assert.equal((await on('venue', 'change', `venue_${'0'.repeat(32)}`)).code, 2)
  })
})

describe('rowlock plan', () => {
  it('lists plans of a venue, renames one and retires it', async () => {
    const made = ['plan', 'generate', '--seats', '20', '--venue', 'Globe']
    const { plan, venue } = await told<{ plan: Plan; venue: Venue }>(
      ...[...made, '--time-zone', 'America/New_York'],
    )
    const list = await on('plan', 'list', venue.id)
    assert.match(list.stdout, /^PLAN +NAME +SEATS +SHOWS\nplan_\w{32} .* 20 +0\n$/)
    const changed = await on('plan', 'change', plan.id, '--name', 'Stalls', '--retire')
    assert.equal(changed.stdout, 'Stalls: 20 seats. Retired.\n')
    assert.match((await on('plan', 'list', venue.id)).stdout, /^No plans\./)
    const csv = await on('plan', 'list', venue.id, '--retired', '--csv')
    assert.match(csv.stdout, /^id,venue,name,seatCount,.*\r\nplan_\w{32},venue_\w{32},Stalls,20,/)
  })
})

describe('rowlock show', () => {
  it('repeats a show by the clock of its venue, archives one and deletes one', async () => {
    const { plan } = await told<{ plan: Plan }>(
      ...['plan', 'generate', '--seats', '24', '--venue', 'Globe'],
    )
    const start = ['--starts-at', '2031-12-02T00:00Z', '--plan', plan.id]
    const first = await on('show', 'create', 'hamlet', ...start)
    assert.match(first.stdout, /starts 2031-12-01 19:00 GMT-5\.\n$/)
    const dates = ['hamlet-2=2031-12-03T00:00Z', 'hamlet-3=2031-12-04T00:00Z']
    const { shows } = await told<{ shows: Show[] }>('show', 'repeat', 'hamlet', ...dates)
    assert.deepEqual(
      shows.map(({ key, seatCount }) => [key, seatCount]),
      [
        ['hamlet-2', 24],
        ['hamlet-3', 24],
      ],
    )
    assert.match((await on('show', 'list')).stdout, /^hamlet +hamlet +2031-12-01 19:00 GMT-5 /m)
    assert.equal((await on('show', 'archive', 'hamlet-2')).stdout, 'hamlet-2 is archived.\n')
    assert.notEqual((await engine.getShow('hamlet-2')).archivedAt, null)
    await told('show', 'archive', 'hamlet-2', '--bring-back')
    assert.equal((await engine.getShow('hamlet-2')).archivedAt, null)
    assert.equal((await on('show', 'delete', 'hamlet-3')).stdout, 'hamlet-3 is deleted.\n')
    assert.equal((await on('show', 'delete', 'hamlet-3')).code, 1)
  })

  it('is told what a date has to be', async () => {
    const { code, stderr } = await on('show', 'repeat', 'hamlet', 'hamlet-4')
    assert.deepEqual([code, /--shows .*/.test(stderr)], [2, true])
  })
})

describe('what was sold', () => {
  it('is listed by reference, holder and seat, for people and for programs', async () => {
    const show = await createShow(engine, ['A1', 'A2', 'A3', 'A4', 'A5'])
    const order = { holder: 'customer-17', reference: 'order-2041' }
    await engine.holdSeats(by('Alice'), show, { seats: ['A1'], ...order })
    await engine.holdSeats(by('Bob'), show, { seats: ['A2'], holder: 'customer-18' })
    const { value } = await engine.bookSeats(by('desk'), show, { seats: ['A3', 'A4'], ...order })
    await engine.blockSeats(by('desk'), show, { seats: ['A5'], reason: '=Sound desk' })

    const holds = await on('hold', 'list', show)
    assert.match(holds.stdout, /^HOLD +SEATS +HOLDER +REFERENCE +LEFT\n(hold_.*\n){2}$/)
    for (const filter of [
      ['--holder', 'customer-17'],
      ['--reference', 'order-2041'],
      ['--seat', 'a1'],
    ]) {
      const { stdout } = await on('hold', 'list', show, ...filter)
      assert.match(stdout, /^HOLD .*\nhold_\w{32} +A1 +customer-17 +order-2041 +\d+ s\n$/)
    }
    const found = async (...args: string[]) =>
      (await told<{ bookings: Booking[] }>('booking', 'list', ...args)).bookings.map(({ id }) => id)
    assert.deepEqual(await found('--reference', 'order-2041'), [value.id])
    assert.deepEqual(await found(show, '--seat', 'A3', '--no-cancelled'), [value.id])
    assert.deepEqual(await found(show, '--cancelled'), [])
    assert.match((await on('booking', 'list', show)).stdout, /A3, A4 +customer-17 +order-2041/)
    const nothing = await on('booking', 'list')
    assert.deepEqual([nothing.code, /--reference/.test(nothing.stderr)], [2, true])
    assert.equal((await on('booking', 'list', '--seat', 'A3')).code, 2)
    const blocks = await on('block', 'list', show, '--csv')
    assert.match(blocks.stdout, /^id,show,seats,reason,.*\r\nblock_\w{32},[^,]+,A5,'=Sound desk,/)
  })

  it('is nothing where nothing was', async () => {
    const show = await createShow(engine, ['A1'])
    assert.equal((await on('hold', 'list', show)).stdout, 'No live holds.\n')
    assert.equal((await on('booking', 'list', show)).stdout, 'No bookings.\n')
    assert.equal((await on('block', 'list', show)).stdout, 'No seats are blocked.\n')
    assert.equal((await on('hold', 'list', 'macbeth')).code, 1)
  })
})
