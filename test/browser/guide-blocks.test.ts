/** Pages and scripts of README and the guides for a browser, in a browser. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, describe, test } from 'node:test'
import { blocksOf } from '../docs/blocks.ts'
import { until } from '../support/until.ts'
import { MapPage } from './support/map-page.ts'
import { useMaps } from './support/use-maps.ts'

const pages = new Map<string, string>()
/** Somebody's own site. */
const shop = createServer((request, response) => {
  response.setHeader('content-type', 'text/html')
  response.end(pages.get(request.url ?? '') ?? '')
})
shop.listen(0, '127.0.0.1')
await once(shop, 'listening')
after(() => shop.close())
const SHOP = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
const { house, browser } = await useMaps('guide blocks', { corsOrigins: [SHOP] })

async function blockOf(page: string, language: string): Promise<string> {
  const found = (await blocksOf(page)).find((one) => one.language === language)
  assert.ok(found, `${page} has no block of ${language}`)
  return found.text.replaceAll(/https?:\/\/(?:tickets\.example\.org|127\.0\.0\.1:3000)/g, house.url)
}

async function createShow(key: string): Promise<void> {
  await house.operator.createShow({
    key,
    title: key,
    startsAt: '2030-01-01T19:00:00Z',
    confirmBy: 'holder',
    seats: { rows: 'A-E', seatsPerRow: 10 },
  })
}

describe('blocks for browsers', () => {
  test('the two lines of README draw a map that sells', async () => {
    await createShow('avengers-2026-7pm')
    pages.set('/readme', await blockOf('README.md', 'html'))
    const map = new MapPage(await browser.newPage(), SHOP)
    await map.page.goto(`${SHOP}/readme`)
    await map.isReady()
    await map.press('C5')
    await map.button('Hold 1 seat').click()
    await map.hears('hold')
    await map.close()
  })

  test('the guide about the map: the page, and what listens to it', async () => {
    await createShow('hamlet-2026-12-01')
    const html = await blockOf('docs/guides/seat-map.md', 'html')
    const script = await blockOf('docs/guides/seat-map.md', 'js')
    const given = ['startCheckout', 'leaveCheckout', 'showTickets'].map((name) => {
      return `window.${name} = (...told) => (window.told ??= []).push(['${name}', ...told])`
    })
    pages.set('/guide', `${html}<script type="module">${given.join('\n')}\n${script}</script>`)
    const map = new MapPage(await browser.newPage(), SHOP)
    await map.page.goto(`${SHOP}/guide`)
    await map.isReady()
    await map.press('C5')
    await map.button('Hold 1 seat').click()
    const { hold } = (await map.hears('hold')) as { hold: { id: string } }
    await house.shopper.confirmHold('hamlet-2026-12-01', hold.id)
    await map.hears('confirm')
    const heard = await map.page.evaluate(() => (window as { told?: unknown }).told)
    assert.deepEqual(heard, [['startCheckout', hold.id, ['C5']], ['showTickets']])
    await map.close()
  })

  test('the guide about the stream: its script has what the server has', async () => {
    await createShow('hamlet')
    const script = await blockOf('docs/guides/realtime.md', 'js')
    const page = await browser.newPage({ bypassCSP: true })
    await page.goto(`${house.url}/health/live`)
    await page.addScriptTag({ content: `${script}\nwindow.seen = () => seats.join('')` })
    const seen = () => page.evaluate(() => (window as unknown as { seen(): string }).seen())
    const isSeen = () =>
      until('the truth on the page', async () => {
        const { statuses } = await house.shopper.getStatuses('hamlet')
        return (await seen()) === statuses || null
      })
    await isSeen()
    const hold = await house.shopper.holdSeats('hamlet', { seats: ['A1', 'A2'] })
    await house.shopper.holdSeats('hamlet', { seats: ['B1'], holdSeconds: 1 })
    await isSeen()
    await house.shopper.confirmHold('hamlet', hold.id)
    await house.operator.addSeats('hamlet', { seats: ['F1'] })
    await isSeen()
    await page.close()
  })
})
