import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generatePlan } from '../../src/plans/index.ts'
import type { RowlockSeatMap } from '../../web/seat-map/seat-map.ts'
import { MapPage } from './support/map-page.ts'
import { useMaps } from './support/use-maps.ts'

const { house, browser, createShow } = await useMaps('seat map slow')
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
/** A poor connection on a phone: 1.6 Mbit/s down, 150 ms there and back. */
const SLOW = { downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8, latency: 150 }

/** Sights of the page, in order: sections without seats, then the seats. */
declare global {
  interface Window {
    arrivals: string[]
  }
}

const ATTEMPTS_MAX = 4

/** Reading a plan of this size has a deadline, which a machine with other things to do may miss. */
async function createStadium(): Promise<string> {
  const plan = generatePlan({ shape: 'stadium', seats: 80_000 })
  for (let attempt = 1; ; attempt++) {
    try {
      return await createShow(plan)
    } catch (error) {
      if (attempt === ATTEMPTS_MAX) throw error
    }
  }
}

test('a stadium of 80,000 at 1.6 Mbit/s: sections, then seats, and it can be used', async () => {
  const show = await createStadium()
  const context = await browser.newContext({ ...PHONE, reducedMotion: 'reduce' })
  const map = new MapPage(await context.newPage(), house.url)
  await context.addInitScript(() => {
    window.arrivals = []
    const look = () => {
      const root = document.querySelector('rowlock-seat-map')?.shadowRoot
      const bar = root?.querySelector('.progress')
      const isCovered = root?.querySelector('.cover')?.hasAttribute('hidden') === false
      const isArriving = bar?.hasAttribute('hidden') === false && !isCovered
      if (isArriving && window.arrivals.length === 0) window.arrivals.push('sections')
      requestAnimationFrame(look)
    }
    look()
    addEventListener('rowlock-ready', () => window.arrivals.push('seats'), true)
  })
  const session = await context.newCDPSession(map.page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, ...SLOW })
  await map.open(show, {})
  assert.deepEqual(await map.page.evaluate(() => window.arrivals), ['sections', 'seats'])
  const label = await map.map.evaluate((el: RowlockSeatMap) => el.view?.seatCount)
  assert.ok((label ?? 0) >= 79_000)
  await map.map.evaluate((el: RowlockSeatMap) => el.hold({ quantity: 2 }))
  assert.equal((await map.held()).length, 2)
  await map.close()
})
