import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { MapPage } from './support/map-page.ts'
import { useMaps } from './support/use-maps.ts'

const text = await readFile(new URL('../../examples/seat-map.html', import.meta.url), 'utf8')

/** Another site, with nothing on it but the example. */
const shop = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html')
  response.end(text.replaceAll('http://localhost:3000', house.url))
})
shop.listen(0, '127.0.0.1')
await once(shop, 'listening')
after(() => shop.close())
const SHOP = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
const { house, browser } = await useMaps('seat map example', { corsOrigins: [SHOP] })

test('ten lines of HTML on another site sell a seat', async () => {
  await house.operator.createShow({
    key: 'avengers-2026-7pm',
    title: 'Avengers',
    startsAt: '2030-01-01T19:00:00Z',
    confirmBy: 'holder',
    seats: { rows: 'A-E', seatsPerRow: 10 },
  })
  assert.equal(text.trimEnd().split('\n').length, 10)
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  const map = new MapPage(page, SHOP)
  await page.goto(`${SHOP}/`)
  await map.isReady()
  await map.press('C5')
  await map.button('Hold 1 seat').click()
  const { hold } = (await map.hears('hold')) as { hold: { id: string } }
  const asked = page.waitForEvent('dialog')
  const paying = page.getByRole('button', { name: 'Pay' }).click()
  const dialog = await asked
  assert.equal(dialog.message(), `Paid? Then confirm ${hold.id}`)
  await dialog.accept()
  await paying
  await house.shopper.confirmHold('avengers-2026-7pm', hold.id)
  await map.hears('confirm')
  await map.close()
})
