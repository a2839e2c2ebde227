import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { generatePlan } from '../../src/plans/index.ts'
import type { RowlockSeatMap } from '../../web/seat-map/seat-map.ts'
import type { MapPage } from './support/map-page.ts'
import { useMaps } from './support/use-maps.ts'

const { house, createShow, open } = await useMaps('seat map change')
const { shopper, operator } = house

/** A map with these seats held, and the hold as it was made. */
async function holding(show: string, labels: readonly string[], more = {}) {
  const map = await open(show, more)
  for (const label of labels) await map.press(label)
  await map.button(labels.length === 1 ? 'Hold 1 seat' : `Hold ${labels.length} seats`).click()
  const { hold } = (await map.hears('hold')) as { hold: { id: string; expiresAt: string } }
  return { map, hold }
}

/** Waits until the map holds exactly these. */
async function holds(map: MapPage, labels: readonly string[]): Promise<void> {
  await map.page.waitForFunction((wanted) => {
    const element = document.querySelector('rowlock-seat-map') as RowlockSeatMap
    return [...(element.currentHold?.seats ?? [])].sort().join() === wanted
  }, labels.toSorted().join())
}

describe('a shopper who has a hold', () => {
  test('adds a seat and drops one, in the time that there was', async () => {
    const show = await createShow()
    const { map, hold } = await holding(show, ['B2', 'B3'])
    await map.press('B4')
    await holds(map, ['B2', 'B3', 'B4'])
    await map.hears('change')
    await map.says(map.message, /^3 seats held for you$/)
    await map.press('B2')
    await holds(map, ['B3', 'B4'])
    await map.shows('B2', 'available')
    const stored = await operator.getHold(show, hold.id)
    assert.deepEqual([stored.seats.toSorted(), stored.expiresAt], [['B3', 'B4'], hold.expiresAt])
    const { items } = await operator.listJournal(show, { after: 1 })
    assert.deepEqual(
      items.map(({ kind, freed }) => [kind, ...freed]),
      [['hold'], ['change'], ['release', 'B2']],
    )
    await map.close()
  })

  test('picks quickly, and gets everything', async () => {
    const show = await createShow()
    const { map } = await holding(show, ['A1'])
    for (const label of ['A2', 'A3', 'A4']) await map.press(label)
    await holds(map, ['A1', 'A2', 'A3', 'A4'])
    assert.deepEqual(await map.picked(), [])
    await map.close()
  })

  test('keeps what it has when somebody is faster, and is told', async () => {
    const show = await createShow()
    const { map } = await holding(show, ['A1'])
    await map.page.route(
      '**/change',
      async (route) => {
        await shopper.holdSeats(show, { seats: ['A2'] })
        await route.continue()
      },
      { times: 1 },
    )
    await map.map.evaluate((element: RowlockSeatMap) => element.select(['A2', 'A3']))
    await holds(map, ['A1', 'A3'])
    await map.hears('refusal')
    await map.says(map.message, /A2 held/)
    await map.close()
  })

  test('has no more than the show allows', async () => {
    const show = await createShow()
    await operator.changeShow(show, { maxSeatsPerHold: 2 })
    const { map } = await holding(show, ['A1', 'A2'])
    await map.press('A3')
    await map.says(map.message, /^At most 2 seats at once\.$/)
    await map.press('A1')
    await holds(map, ['A2'])
    await map.press('A3')
    await holds(map, ['A2', 'A3'])
    await map.close()
  })

  test('gives the last seat back, and holds anew', async () => {
    const show = await createShow()
    const { map, hold } = await holding(show, ['C1'])
    await map.press('C1')
    await map.hears('release')
    assert.equal((await operator.getHold(show, hold.id)).status, 'released')
    await map.press('C2')
    await map.button('Hold 1 seat').click()
    await holds(map, ['C2'])
    await map.close()
  })

  test('takes one more place of general admission, and one fewer', async () => {
    const show = await createShow(generatePlan({ shape: 'arena', seats: 2_000 }))
    const { id } = await shopper.holdSeats(show, { places: [{ section: 'floor', quantity: 2 }] })
    const map = await open(show)
    await map.map.evaluate((element: RowlockSeatMap, id) => element.resumeHold(id), id)
    await map
      .button(/One more$/)
      .first()
      .click()
    await map.says(map.map.locator('.chips'), /× 3/)
    await map
      .button(/One fewer$/)
      .first()
      .click()
    await map.says(map.map.locator('.chips'), /× 2/)
    assert.equal((await operator.getHold(show, id)).seats.length, 2)
    await map.close()
  })

  test('sees in one tab what it did in another one', async () => {
    const show = await createShow()
    const { map, hold } = await holding(show, ['A1', 'A2'])
    const other = await open(show)
    await other.map.evaluate((element: RowlockSeatMap, id) => element.resumeHold(id), hold.id)
    await other.press('A3')
    await holds(other, ['A1', 'A2', 'A3'])
    await map.press('A4')
    await holds(map, ['A1', 'A2', 'A3', 'A4'])
    await map.press('A1')
    await holds(other, ['A2', 'A3', 'A4'])
    await Promise.all([map.close(), other.close()])
  })
})
