import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createClient } from '../../src/client/index.ts'
import { generatePlan } from '../../src/plans/index.ts'
import type { RowlockSeatMap } from '../../web/seat-map/seat-map.ts'
import { useMaps } from './support/use-maps.ts'

const { house, createShow, open } = await useMaps('seat map')
const { shopper, operator } = house

describe('a shopper', () => {
  test('picks seats, holds them with a countdown, and gives them back', async () => {
    const show = await createShow()
    const map = await open(show, { attributes: { 'hold-seconds': '120', holder: 'Alice' } })
    await map.press('B2')
    await map.press('B3')
    assert.deepEqual(await map.picked(), ['B2', 'B3'])
    await map.button('Hold 2 seats').click()
    const { hold } = (await map.hears('hold')) as { hold: { id: string; seats: string[] } }
    assert.deepEqual(hold.seats.sort(), ['B2', 'B3'])
    await map.shows('B2', 'held')
    await map.says(map.map.getByRole('timer'), /^(2:00|1:5\d)$/)
    await map.says(map.map.getByRole('timer'), /^1:5[78]$/)
    await map.says(map.message, /2 seats held for you/)
    const stored = await operator.getHold(show, hold.id)
    assert.deepEqual([stored.status, stored.holder], ['live', 'Alice'])

    await map.button('Give back').click()
    await map.hears('release')
    await map.shows('B3', 'available')
    assert.equal((await operator.getHold(show, hold.id)).status, 'released')
    assert.deepEqual(
      (await map.heard()).map(({ name }) => name),
      ['select', 'select', 'hold', 'release'],
    )
    await map.close()
  })

  test('takes a seat out of the choice again, and one seat out of a hold', async () => {
    const show = await createShow()
    const map = await open(show)
    for (const label of ['A1', 'A2', 'A3']) await map.press(label)
    await map.press('A2')
    await map.button('Remove A3').click()
    assert.deepEqual(await map.picked(), ['A1'])
    await map.press('A2')
    await map.button('Hold 2 seats').click()
    await map.button('Give back A1').click()
    await map.shows('A1', 'available')
    assert.deepEqual(await map.held(), ['A2'])
    await map.close()
  })

  test('gets the best seats together, of the category that is asked for', async () => {
    const show = await createShow(generatePlan({ shape: 'theatre', seats: 300 }))
    const map = await open(show)
    await map.button(/^First price/).click()
    await map.button('One more').click()
    await map.button('Best 3 in First price').click()
    const { hold } = (await map.hears('hold')) as { hold: { seats: string[]; together: boolean } }
    assert.equal(hold.seats.length, 3)
    assert.equal(hold.together, true)
    for (const label of hold.seats) {
      const seat = await map.map.evaluate((el: RowlockSeatMap, label) => el.seat(label), label)
      assert.deepEqual([seat?.category, seat?.isOwn], ['first', true])
    }
    await map.close()
  })

  test('holds where only sellers confirm, and hears of it when the shop did', async () => {
    const show = await createShow()
    await operator.changeShow(show, { confirmBy: 'seller' })
    const { secret } = await operator.createApiKey({ name: 'Shop', scopes: ['sell'] })
    const shop = createClient({ server: house.url, key: secret })
    const map = await open(show)
    await map.press('C2')
    await map.button('Hold 1 seat').click()
    const { hold } = (await map.hears('hold')) as { hold: { id: string } }
    await assert.rejects(shopper.confirmHold(show, hold.id), { code: 'seller_required' })
    const { seats } = await shop.extendHold(show, hold.id, { holdSeconds: 900 })
    assert.deepEqual(seats, ['C2'])
    await shop.confirmHold(show, hold.id, { reference: 'payment-1', reacquire: true })
    await map.hears('confirm')
    await map.shows('C2', 'booked')
    await map.close()
  })

  test('asks for places of general admission by quantity', async () => {
    const show = await createShow(generatePlan({ shape: 'arena', seats: 2_000 }))
    const map = await open(show)
    await map.map.getByRole('grid').getByRole('gridcell').first().focus()
    await map.page.keyboard.press('Control+End')
    await map.page.keyboard.press('PageDown')
    await map.says(map.map.getByRole('grid'), /^$/)
    const area = map.map.getByRole('gridcell', { name: /general admission/ })
    const [, free] = /([\d,]+) of/.exec((await area.getAttribute('aria-label')) ?? '') ?? []
    await map.page.keyboard.press('Enter')
    await map
      .button(/One more$/)
      .first()
      .click()
    await map.button('Hold 2 places').click()
    const { hold } = (await map.hears('hold')) as { hold: { seats: string[] } }
    assert.equal(hold.seats.length, 2)
    await map.says(map.message, /^2 places held for you$/)
    await map.says(map.map.locator('.chips'), /Floor × 2/)
    const left = (Number(free?.replace(',', '')) - 2).toLocaleString('en')
    await map.map.getByRole('gridcell', { name: new RegExp(`${left} of`) }).waitFor()
    await map.close()
  })

  test('sees the hold run out, live, and may hold the same seats again', async () => {
    const show = await createShow()
    const [map, other] = [
      await open(show, { attributes: { 'hold-seconds': '2' } }),
      await open(show),
    ]
    await map.press('C4')
    await map.button('Hold 1 seat').click()
    await other.shows('C4', 'held')
    await map.hears('expire')
    await other.shows('C4', 'available')
    await map.says(map.message, /still free/)
    assert.deepEqual(await map.picked(), ['C4'])
    await map.button('Hold 1 seat').click()
    await other.shows('C4', 'held')
    await map.close()
    await other.close()
  })

  test('is told when the page has made a booking of the hold', async () => {
    const show = await createShow()
    const map = await open(show)
    await map.press('D1')
    await map.button('Hold 1 seat').click()
    const { hold } = (await map.hears('hold')) as { hold: { id: string } }
    await shopper.confirmHold(show, hold.id)
    await map.hears('confirm')
    await map.says(map.message, /1 seat booked/)
    assert.equal(await map.status('D1'), 'booked')
    await map.close()
  })

  test('has the hold still after the page was loaded anew, if the page remembers', async () => {
    const show = await createShow()
    const map = await open(show, { attributes: { remember: '' } })
    await map.press('E5')
    await map.button('Hold 1 seat').click()
    await map.hears('hold')
    await map.page.reload()
    await map.isReady()
    await map.button('Give back').click()
    await map.hears('release')
    assert.equal((await operator.getAvailability(show)).counts.held, 0)
    await map.close()
  })

  test('cannot pick more than the show allows, nor what is taken', async () => {
    const show = await createShow()
    await operator.bookSeats(show, { seats: ['A1'] })
    const map = await open(show, { attributes: { max: '2' } })
    await map.press('A1')
    await map.says(map.message, /Row A seat 1 is booked/)
    for (const label of ['A2', 'A3', 'A4']) await map.press(label)
    await map.says(map.message, /At most 2 seats/)
    assert.deepEqual(await map.picked(), ['A2', 'A3'])
    await map.close()
  })
})

describe('a page', () => {
  test('only shows a map that is for viewing', async () => {
    const show = await createShow()
    const map = await open(show, { attributes: { mode: 'view', controls: 'zoom legend' } })
    await map.press('A1')
    assert.deepEqual(await map.picked(), [])
    assert.equal(await map.button(/Hold|Best/).count(), 0)
    assert.equal(await map.button('Zoom in').count(), 1)
    await map.close()
  })

  test('lets a box office pick what is taken, and whole rows in a frame', async () => {
    const show = await createShow()
    await operator.bookSeats(show, { seats: ['A2'] })
    const map = await open(show, { attributes: { pick: 'any', controls: 'zoom' } })
    const from = await map.pointOf('A1')
    const to = await map.pointOf('A4')
    await map.page.keyboard.down('Shift')
    await map.page.mouse.move(from.x - from.size, from.y - from.size)
    await map.page.mouse.down()
    await map.page.mouse.move(to.x, to.y, { steps: 4 })
    await map.page.mouse.move(to.x + to.size, to.y + to.size)
    await map.page.mouse.up()
    await map.page.keyboard.up('Shift')
    assert.deepEqual(await map.picked(), ['A1', 'A2', 'A3', 'A4'])
    await map.close()
  })

  test('picks, highlights and finds seats from outside', async () => {
    const show = await createShow()
    const map = await open(show)
    const found = await map.map.evaluate((el: RowlockSeatMap) => {
      el.select(['a1', ' b2 ', 'nowhere'])
      el.highlight(['C3'])
      return [el.focusSeat('row d seat 4'), el.focusSeat('Z9'), el.seat('d4')?.label]
    })
    assert.deepEqual(found, [true, false, 'D4'])
    assert.deepEqual(await map.picked(), ['A1', 'B2'])
    assert.equal(await map.map.locator('[role=gridcell]:focus').count(), 1)
    await map.close()
  })

  test('is told that a show does not exist, and can try again', async () => {
    const page = await open(await createShow())
    await page.map.evaluate((el: RowlockSeatMap) => el.setAttribute('show', 'nothing'))
    await page.says(page.map.locator('.cover'), /There is no such show/)
    await page.button('Try again').waitFor()
    await page.close()
  })

  test('sees seats that are added to the show', async () => {
    const show = await createShow()
    const map = await open(show)
    await operator.addSeats(show, { seats: ['F1', 'F2'] })
    await map.shows('F2', 'available')
    await map.press('F2')
    assert.deepEqual(await map.picked(), ['F2'])
    await map.close()
  })
})
