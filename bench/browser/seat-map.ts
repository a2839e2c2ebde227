/**
 * Measures how fast the seat map draws: `node bench/browser/seat-map.ts`. Opens houses of 1,000,
 * 20,000 and 80,000 seats in a browser without a window and without a graphics card, moves them as
 * a hand would, with and without changes coming in, and prints a table of frame times in
 * milliseconds. It opens each behind slow lines, too.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { generatePlan, type PlanShapeName } from '../../src/plans/index.ts'
import { openBrowser } from '../../test/support/browser.ts'
import { createTestDatabase } from '../../test/support/database.ts'
import { type ListeningServer, listen } from '../../test/support/servers.ts'
import type { RowlockSeatMap } from '../../web/seat-map/seat-map.ts'

interface House {
  readonly shape: PlanShapeName
  readonly seats: number
}

/** Milliseconds: of script in a frame, and from one frame to the next. */
interface Frames {
  readonly draws: number[]
  readonly gaps: number[]
}

const HOUSES: readonly House[] = [
  { shape: 'theatre', seats: 1_000 },
  { shape: 'arena', seats: 20_000 },
  { shape: 'stadium', seats: 80_000 },
]
const MOVE_MS = 4_000
const CHANGE_EVERY_MS = 50
const SEATS_PER_CHANGE = 8

async function createShow({ operator }: ListeningServer, { shape, seats }: House): Promise<string> {
  const source = generatePlan({ shape, seats })
  const venue = await operator.createVenue({ name: shape, timeZone: 'UTC' })
  const { id } = await operator.createPlan(venue.id, { format: 'rowlock', source })
  const key = `${shape}-${seats}`
  const startsAt = '2030-12-01T19:00:00Z'
  await operator.createShow({ key, title: key, startsAt, plan: id, confirmBy: 'holder' })
  return key
}

/** Opens a page with the map. Answers the milliseconds until its seats stood on the screen. */
async function openMap(page: Page, url: string, show: string): Promise<number> {
  const html = `<!doctype html><meta name="viewport" content="width=device-width">
    <style>body { margin: 0 }</style><script type="module" src="/seat-map.js"></script>`
  await page.route('**/page', (route) => route.fulfill({ contentType: 'text/html', body: html }))
  await page.goto(`${url}/page`)
  return page.evaluate(async (show) => {
    await customElements.whenDefined('rowlock-seat-map')
    const startedAt = performance.now()
    const map = document.createElement('rowlock-seat-map') as RowlockSeatMap
    map.setAttribute('show', show)
    map.style.height = '100vh'
    document.body.append(map)
    await map.ready
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    return performance.now() - startedAt
  }, show)
}

/** Zooms in and out and pushes the house around for some seconds, a step in every frame. */
async function move(page: Page, forMs: number): Promise<Frames> {
  return page.evaluate(async (forMs) => {
    const map = document.querySelector('rowlock-seat-map') as RowlockSeatMap
    const board = map.shadowRoot?.querySelector('.board') as HTMLElement
    const { left, top, width, height } = board.getBoundingClientRect()
    const gaps: number[] = []
    const draws: number[] = []
    const point = (type: string, x: number, y: number) =>
      board.dispatchEvent(
        new PointerEvent(type, {
          pointerId: 1,
          pointerType: 'touch',
          clientX: left + width / 2 + x,
          clientY: top + height / 2 + y,
          bubbles: true,
        }),
      )
    board.setPointerCapture = () => {}
    const startedAt = performance.now()
    let before = 0
    point('pointerdown', 0, 0)
    for (let step = 0; performance.now() - startedAt < forMs; step++) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      if (before > 0) gaps.push(now - before)
      before = now
      draws.push(Object.values(map.frameTimes).reduce((sum, ms) => sum + ms, 0))
      const deltaY = 120 * Math.sin(step / 30)
      board.dispatchEvent(
        new WheelEvent('wheel', {
          deltaY: -deltaY,
          clientX: left + width / 2 + 80,
          clientY: top + height / 2,
          cancelable: true,
          ctrlKey: true,
        }),
      )
      point('pointermove', 120 * Math.sin(step / 17), 90 * Math.cos(step / 23))
    }
    point('pointerup', 0, 0)
    map.fit()
    return { gaps, draws }
  }, forMs)
}

/** Frames while nobody touches the map, and seats change many times a second. */
async function watch(page: Page, forMs: number): Promise<Frames> {
  return page.evaluate(async (forMs) => {
    const map = document.querySelector('rowlock-seat-map') as RowlockSeatMap
    const gaps: number[] = []
    const draws: number[] = []
    map.addEventListener('rowlock-status', () => {
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          draws.push(Object.values(map.frameTimes).reduce((sum, ms) => sum + ms, 0))
        }),
      )
    })
    const startedAt = performance.now()
    let before = startedAt
    while (performance.now() - startedAt < forMs) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      gaps.push(now - before)
      before = now
    }
    return { gaps, draws }
  }, forMs)
}

/** Holds and gives back seats until told to stop; answers how often. */
async function change(house: ListeningServer, show: string, stop: AbortSignal): Promise<number> {
  const { labels } = (await house.operator.getMap(show)).seats
  let held: string | null = null
  let count = 0
  while (!stop.aborted) {
    if (held === null) {
      const first = (count * 997) % (labels.length - SEATS_PER_CHANGE)
      const seats = labels.slice(first, first + SEATS_PER_CHANGE)
      held = (await house.shopper.holdSeats(show, { seats })).id
    } else {
      await house.shopper.releaseHold(show, held)
      held = null
    }
    count += 1
    await new Promise((resolve) => setTimeout(resolve, CHANGE_EVERY_MS))
  }
  if (held !== null) await house.shopper.releaseHold(show, held)
  return count
}

/** Megabits a second, down: a poor connection on a phone, and a usual one. */
const BANDWIDTHS = [1.6, 10]
const LATENCY_MS = 150

/**
 * Opens the map behind a slow line. Answers the milliseconds until its sections, and until its
 * seats, were drawn, and how many bytes came for it over the line.
 */
async function arrive(browser: Browser, url: string, show: string, megabits: number) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  const html = '<!doctype html><script type="module" src="/seat-map.js"></script>'
  await page.route('**/page', (route) => route.fulfill({ contentType: 'text/html', body: html }))
  await page.goto(`${url}/page`)
  await page.evaluate(() => customElements.whenDefined('rowlock-seat-map').then(() => {}))
  bytes = 0
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: (megabits * 1e6) / 8,
    uploadThroughput: 0.75e6 / 8,
  })
  const [sectionsMs, seatsMs] = await page.evaluate(async (show) => {
    const startedAt = performance.now()
    const map = document.createElement('rowlock-seat-map') as RowlockSeatMap
    map.setAttribute('show', show)
    document.body.append(map)
    let sectionsMs = 0
    const look = () => {
      const isOpen = map.shadowRoot?.querySelector('.cover')?.hasAttribute('hidden') === true
      if (isOpen && sectionsMs === 0) sectionsMs = performance.now() - startedAt
      if (sectionsMs === 0) requestAnimationFrame(look)
    }
    look()
    await map.ready
    return [sectionsMs, performance.now() - startedAt] as const
  }, show)
  await context.close()
  return { sectionsMs, seatsMs, bytes }
}

function share(values: readonly number[], part: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN).toFixed(1)
}

function row(name: string, { draws, gaps }: Frames): string {
  const dropped = gaps.filter((gap) => gap > 25).length
  return [
    name,
    `${share(draws, 0.5)} / ${share(draws, 0.95)}`,
    `${share(gaps, 0.5)} / ${share(gaps, 0.95)}`,
    `${((100 * dropped) / Math.max(gaps.length, 1)).toFixed(0)} %`,
  ].join(' | ')
}

const webDir = await mkdtemp(join(tmpdir(), 'rowlock-web-'))
const configFile = fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url))
await build({ configFile, build: { outDir: webDir, sourcemap: false } })
const database = await createTestDatabase('seat map frames')
const house = await listen(database, { webDir })
const browser = await openBrowser()
console.log(`${cpus()[0]?.model}, ${cpus().length} processors, Chromium ${browser.version()}`)
console.log('house | drawing p50 / p95 | frame to frame p50 / p95 | over 25 ms')
for (const one of HOUSES) {
  const show = await createShow(house, one)
  for (const megabits of BANDWIDTHS) {
    const { sectionsMs, seatsMs, bytes } = await arrive(browser, house.url, show, megabits)
    const times = `sections after ${sectionsMs.toFixed(0)} ms, seats after ${seatsMs.toFixed(0)} ms`
    console.log(`${one.seats} seats, ${megabits} Mbit/s: ${times}, ${(bytes / 1000).toFixed(0)} kB`)
  }
  for (const [name, viewport, deviceScaleFactor] of [
    ['1280 × 800', { width: 1280, height: 800 }, 1],
    ['phone, 390 × 844 at 2', { width: 390, height: 844 }, 2],
  ] as const) {
    const page = await browser.newPage({ viewport, deviceScaleFactor })
    const paintMs = await openMap(page, house.url, show)
    console.log(`${one.seats} seats, ${name}: first paint after ${paintMs.toFixed(0)} ms`)
    console.log(row('  moving', await move(page, MOVE_MS)))
    const stop = new AbortController()
    const changes = change(house, show, stop.signal)
    console.log(row('  moving, live changes', await move(page, MOVE_MS)))
    console.log(row('  still, live changes', await watch(page, MOVE_MS)))
    stop.abort()
    console.log(`  ${await changes} changes of ${SEATS_PER_CHANGE} seats`)
    await page.close()
  }
}
await browser.close()
await house.close()
await database.drop()
await rm(webDir, { recursive: true, force: true })
