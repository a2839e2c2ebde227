import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { BadLine } from '../support/bad-line.ts'
import { useMaps } from './support/use-maps.ts'

const { house, createShow, open } = await useMaps('seat map connection')
const { shopper, operator } = house
const line = await BadLine.open([house.url])
const ports = line.ports
after(() => line.close())

async function truth(show: string): Promise<string> {
  return (await operator.getStatuses(show)).statuses
}

describe('a connection', () => {
  test('that is cut and restored ends in the truth', async () => {
    const show = await createShow()
    const map = await open(show, { url: line.url, attributes: { 'hold-seconds': '3' } })
    await map.press('E1')
    await map.button('Hold 1 seat').click()
    await map.hears('hold')

    line.ports = []
    line.cutAll()
    await map.says(map.map.locator('.badge'), /Connection lost/)
    await operator.bookSeats(show, { seats: ['A1', 'A2'] })
    await shopper.holdSeats(show, { seats: ['B1'] })
    await operator.blockSeats(show, { seats: ['C1', 'C2'], reason: 'kill' })
    assert.equal(await map.status('A1'), 'available')

    line.ports = ports
    await map.says(map.map.locator('.badge'), /^Live$/)
    await map.hears('expire')
    await map.shows('E1', 'available')
    assert.equal(await map.letters(), await truth(show))
    assert.deepEqual(await map.picked(), ['E1'])
    await map.close()
  })

  test('that does not let the stream through is asked every few seconds', async () => {
    const show = await createShow()
    const map = await open(show)
    await map.page.route('**/stream**', (route) => route.abort())
    await map.map.evaluate((element) => {
      const again = element.cloneNode()
      element.replaceWith(again)
    })
    await map.isReady()
    await map.says(map.map.locator('.badge'), /every few seconds/)
    await operator.bookSeats(show, { seats: ['D4'] })
    await map.shows('D4', 'booked')
    await map.page.unroute('**/stream**')
    await map.says(map.map.locator('.badge'), /^Live$/)
    await map.close()
  })

  test('that loses the answer to a hold gets the same hold by asking again', async () => {
    const show = await createShow()
    const map = await open(show)
    let lostCount = 0
    await map.page.route('**/holds', async (route) => {
      // It arrives, and the answer is lost: also those of the client's own attempts.
      await route.fetch()
      lostCount += 1
      await (lostCount <= 5 ? route.abort() : route.continue())
    })
    await map.press('B6')
    await map.button('Hold 1 seat').click()
    await map.says(map.message, /does not answer.*nothing is done twice/)
    // The stream says that B6 is held, but not by whom: it stays picked.
    await map.shows('B6', 'held')
    assert.deepEqual(await map.picked(), ['B6'])
    await map.button('Hold 1 seat').click()
    const { hold } = (await map.hears('hold')) as { hold: { seats: string[] } }
    assert.deepEqual(hold.seats, ['B6'])
    const { items } = await operator.listJournal(show)
    assert.equal(items.filter(({ kind }) => kind === 'hold').length, 1)
    await map.close()
  })

  test('rests while nobody looks at the tab, and is back at once', async () => {
    const show = await createShow()
    const map = await open(show, { url: line.url })
    await map.page.clock.install()
    const look = (hidden: boolean) =>
      map.page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, hidden)
    const isOver = map.page.waitForEvent('requestfailed', {
      predicate: (request) => request.url().includes('/stream'),
    })
    await look(true)
    await map.page.clock.fastForward(61_000)
    await isOver
    await operator.bookSeats(show, { seats: ['A9'] })
    assert.equal(await map.status('A9'), 'available')
    await look(false)
    await map.shows('A9', 'booked')
    await map.close()
  })
})
