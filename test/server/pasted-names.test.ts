/** Names come out of chats and spreadsheets with characters that nobody can see. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RowlockError } from '../../src/client/index.ts'
import { newUuid } from '../../src/protocol/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { useListening } from '../support/servers.ts'

const server = await useListening(await useTestDatabase('pasted names'))
const { shopper, operator } = server
const HIDDEN = ['\u200b', '\u200e', '\u2060', '\ufeff', '\u00ad']

/** Two chosen seats in the section `Parkett`, and one with three places, `Floor`. */
async function createHouse(terms: object = {}): Promise<string> {
  const venue = await operator.createVenue({ name: newUuid() })
  const source = {
    categories: [{ key: 'premium' }, { key: 'standard' }],
    sections: [{ key: 'Parkett' }, { key: 'Floor', generalAdmission: true }],
    seats: [
      { label: 'A1', section: 'Parkett', row: 'A', number: '1', category: 'premium' },
      { label: 'A2', section: 'Parkett', row: 'A', number: '2', category: 'standard' },
      ...['1', '2', '3'].map((number) => {
        return { label: `Floor ${number}`, section: 'Floor', number, category: 'standard' }
      }),
    ],
  }
  const plan = await operator.createPlan(venue.id, { format: 'rowlock', source })
  const key = `show-${newUuid()}`
  const body = { key, title: 'Hamlet', startsAt: '2030-12-01T19:00Z', plan: plan.id }
  await operator.createShow({ ...body, confirmBy: 'holder', ...terms })
  return key
}

async function refusalOf(answer: Promise<unknown>): Promise<RowlockError> {
  return answer.then(
    () => assert.fail('it was done'),
    (error) => error,
  )
}

describe('what nobody can see makes no difference', () => {
  test('in the label of a seat, which is held as the seat that it is', async () => {
    for (const hidden of HIDDEN) {
      const show = await createHouse()
      const hold = await shopper.holdSeats(show, { seats: [`A${hidden}1`] })
      assert.deepEqual(hold.seats, ['A1'])
      const again = await refusalOf(shopper.holdSeats(show, { seats: ['A1'] }))
      assert.equal(again.code, 'seats_unavailable')
      await shopper.releaseHold(show, hold.id, { seats: [`${hidden}A1`] })
    }
  })

  test('and a seat that is named twice is refused, in whatever script', async () => {
    const show = await createHouse()
    for (const twin of ['A\u200b1', 'a1', '\u04101']) {
      const error = await refusalOf(shopper.holdSeats(show, { seats: ['A1', twin] }))
      assert.equal(error.code, 'invalid_request', twin)
      assert.match(String(error.details.mistakes?.[0]?.message), /second time/)
    }
  })

  test('in a holder, whose seats are counted together', async () => {
    const show = await createHouse({ maxSeatsPerHolder: 1 })
    const hold = await shopper.holdSeats(show, { seats: ['A1'], holder: 'cust\u200bomer' })
    assert.equal(hold.holder, 'customer')
    for (const holder of ['customer', ...HIDDEN.map((hidden) => `${hidden}customer`)]) {
      const error = await refusalOf(shopper.holdSeats(show, { seats: ['A2'], holder }))
      assert.equal(error.code, 'holder_limit_reached')
      const booked = await refusalOf(shopper.bookSeats(show, { seats: ['A2'], holder }))
      assert.equal(booked.code, 'holder_limit_reached')
    }
    assert.equal(
      (await shopper.holdSeats(show, { seats: ['A2'], holder: 'Customer' })).seats[0],
      'A2',
    )
  })

  test('nor does it make a holder look like an account, or like nobody', async () => {
    const show = await createHouse()
    for (const holder of [`us\u200ber_${'0'.repeat(32)}`, '\u200b']) {
      const error = await refusalOf(shopper.holdSeats(show, { seats: ['A1'], holder }))
      assert.equal(error.code, 'invalid_request')
      assert.equal(error.details.mistakes?.[0]?.path, 'holder')
    }
  })

  test('in the key of a show', async () => {
    const show = await createHouse()
    for (const hidden of HIDDEN) {
      const pasted = `${show.slice(0, 6)}${hidden}${show.slice(6)}`
      assert.equal((await operator.getShow(pasted)).key, show)
      const hold = await shopper.holdSeats(pasted, { seats: ['A1'] })
      assert.equal(hold.show, show)
      await shopper.releaseHold(pasted, hold.id)
    }
  })

  test('in sections and categories', async () => {
    const show = await createHouse()
    const best = { quantity: 1, section: 'Park\u200bett', category: 'pre\u00admium' }
    assert.deepEqual((await shopper.holdSeats(show, { best })).seats, ['A1'])
    const places = [{ section: 'Fl\u200boor', quantity: 1 }]
    assert.deepEqual((await shopper.holdSeats(show, { places })).seats, ['Floor 1'])
    const twice = [...places, { section: 'Floor', quantity: 1 }]
    const error = await refusalOf(shopper.holdSeats(show, { places: twice }))
    assert.equal(error.details.mistakes?.[0]?.path, 'places[1].section')
    assert.match(String(error.details.mistakes?.[0]?.message), /second time/)
    const query = { section: '\ufeffParkett', category: 'standard\u200b' }
    const { items } = await shopper.listSeats(show, query)
    assert.deepEqual(
      items.map(({ seat }) => seat),
      ['A2'],
    )
  })
})
