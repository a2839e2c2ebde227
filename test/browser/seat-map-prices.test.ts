import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { demoCinemaPlan, generatePlan } from '../../src/plans/index.ts'
import type { RowlockSeatMap } from '../../web/seat-map/seat-map.ts'
import type { MapPage } from './support/map-page.ts'
import { useMaps } from './support/use-maps.ts'

const { createShow, open } = await useMaps('seat map prices')

const setPrices = (map: MapPage, prices: Record<string, string | number>) =>
  map.map.evaluate((el: RowlockSeatMap, prices) => {
    el.prices = prices
  }, prices)

describe('what seats cost', () => {
  test('stands on each, and their sum beside them, from picking to holding', async () => {
    const attributes = { currency: 'GBP' }
    const map = await open(await createShow(demoCinemaPlan()), { attributes })
    await setPrices(map, { standard: 12.1, premium: 85 })
    for (const label of ['B2', 'B3', 'D4']) await map.press(label)
    await map.says(map.map.locator('.chips'), /B2£12\.10B3£12\.10D4£85/)
    await map.says(map.map.locator('.total'), /^Total £109\.20$/)
    await map.button('Hold 3 seats').click()
    await map.hears('hold')
    await map.says(map.map.locator('.total'), /^Total £109\.20$/)
    await map.button('Give back D4').click()
    await map.says(map.map.locator('.total'), /^Total £24\.20$/)
    await map.close()
  })

  test('is not summed up where the page gives words', async () => {
    const map = await open(await createShow(demoCinemaPlan()))
    await setPrices(map, { standard: '£12', premium: 85 })
    await map.press('B2')
    await map.says(map.map.locator('.chips'), /B2£12/)
    assert.equal(await map.map.locator('.total').textContent(), '')
    await map.close()
  })
})

describe('who needs an accessible seat', () => {
  test('sees only those, and is given one with a seat beside it', async () => {
    const map = await open(await createShow(demoCinemaPlan()))
    await map.button('Accessible').click()
    await map.button('Best 2, one accessible').click()
    const { hold } = (await map.hears('hold')) as { hold: { seats: string[] } }
    const kinds = await map.map.evaluate(
      (el: RowlockSeatMap, labels) => labels.map((label) => el.seat(label)?.accessible),
      hold.seats,
    )
    assert.deepEqual(kinds.sort(), [false, true])
    await map.close()
  })
})

describe('a house of many sections', () => {
  test('is sections from afar; one is entered, and only then its seats are picked', async () => {
    const show = await createShow(generatePlan({ shape: 'stadium', seats: 40_000 }))
    const map = await open(show)
    const label = await map.map.evaluate((el: RowlockSeatMap) =>
      document.querySelector('rowlock-seat-map') === el ? el.view?.seatCount : 0,
    )
    assert.ok((label ?? 0) > 30_000)
    const first = await map.map.evaluate(async (el: RowlockSeatMap) => {
      const { seats } = await el.client.getMap(el.getAttribute('show') ?? '')
      return seats.labels[5_000] ?? ''
    })
    const far = await map.pointOf(first)
    await map.page.mouse.move(far.x, far.y)
    await map.says(map.map.locator('.tooltip'), /seats left/)
    await map.press(first)
    const near = await map.pointOf(first)
    assert.ok(near.size > 1.5 * far.size, `${near.size} of ${far.size}`)
    assert.deepEqual(await map.picked(), [])
    await map.close()
  })

  test('names rows in a ruler, in which no seat is pressed', async () => {
    const map = await open(await createShow({ rows: 'A-H', seatsPerRow: 60 }))
    await map.map.evaluate((el: RowlockSeatMap) => el.focusSeat('C30'))
    const box = await map.map.locator('.board').boundingBox()
    const at = await map.pointOf('C30')
    assert.ok(box !== null)
    await map.page.mouse.click(box.x + 8, at.y)
    assert.deepEqual(await map.picked(), [])
    await map.press('C30')
    assert.deepEqual(await map.picked(), ['C30'])
    await map.close()
  })
})
