/**
 * `npm run pictures [-- NAME …]`: takes the pictures of pages in README and guides again, into
 * `docs/images`, from a server of its own whose demonstration is partly sold. Look at them before
 * you commit them. Not its work: the benchmark's charts (`npm run bench:charts`) and the report of
 * a sale (`rowlock stress --report`).
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions } from 'playwright-core'
import { createRandom, ServerProcess } from '../rig/index.ts'
import { createClient } from '../src/client/index.ts'
import { exportPlan, generatePlan } from '../src/plans/index.ts'
import { DashboardPage } from '../test/browser/support/dashboard-page.ts'
import { MapPage } from '../test/browser/support/map-page.ts'
import { openBrowser } from '../test/support/browser.ts'
import type { RowlockSeatMap } from '../web/seat-map/seat-map.ts'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const KEY = 'rlk_pictures_0123456789abcdefghijklmnop'
const PHONE: BrowserContextOptions = {
  ...{ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  ...{ isMobile: true, hasTouch: true, colorScheme: 'dark' },
}
const PRICES = { premium: 85, first: 60, second: 40, third: 25, box: 95 }
const STADIUM = 'stadium'
const HOLDERS = [
  ...['B. Okafor', 'Zoë Müller-Lüdenscheidt', 'Theatre club', 'web-8812'],
  ...['C. Andersson', 'M. Rossi', 'Nguyễn Văn An', 'Priya Raman'],
]
/** A spreadsheet as a theatre has it, with a column that nobody needs. */
const FILE = ['Block,Reihe,Platz,Kategorie,Farbe']
for (const row of 'ABCDEF') {
  for (let seat = 1; seat <= 16; seat += 1) {
    FILE.push(`Parkett,${row},${seat},${row < 'C' ? 'Premium' : 'Parkett'},rot`)
  }
}
for (const row of 'ABC') {
  for (let seat = 1; seat <= 16; seat += 1) FILE.push(`Rang,${row},${seat},Rang,rot`)
}

const place = await mkdtemp(join(tmpdir(), 'rowlock-pictures-'))
const server = await ServerProcess.start({
  command: [process.execPath, join(ROOT, 'src/cli/main.ts'), 'serve', '--port', '0'],
  environment: { ...process.env, ROWLOCK_DATA_DIR: place, ROWLOCK_OPERATOR_KEY: KEY },
})
const operator = createClient({ server: server.url, key: KEY })
const browser = await openBrowser()
try {
  const shows = await operator.listShows({ limit: 100 })
  const show = shows.items.find(({ title }) => title === 'Hamlet')?.key ?? ''
  await sell(show)
  const asked = process.argv.slice(2)
  for (const [name, take] of Object.entries(picturesOf(show))) {
    if (asked.length > 0 && !asked.includes(name)) continue
    const page = await take()
    await page.screenshot({ path: join(ROOT, 'docs/images', `${name}.png`) })
    await page.context().close()
    console.log(`docs/images/${name}.png`)
  }
} finally {
  await browser.close()
  await server.stop()
  await rm(place, { recursive: true, force: true })
}

/** Sells a part of a house in groups, as people come, and leaves some holds. */
async function sell(show: string): Promise<void> {
  const random = createRandom('pictures')
  const { seats: house } = await operator.getMap(show)
  const taken = new Set<string>()
  const some = (quantity: number) => {
    const first = random.whole(0, house.labels.length - quantity - 1)
    const seats = house.labels.slice(first, first + quantity)
    const isFree = !seats.some((seat) => taken.has(seat) || /A1\d$|[HN]\d+$/.test(seat))
    if (isFree) for (const seat of seats) taken.add(seat)
    return isFree ? seats : []
  }
  for (let sale = 0; sale < 90; sale += 1) {
    const seats = some(random.whole(1, 4))
    if (seats.length === 0) continue
    await operator.bookSeats(show, { seats, holder: `web-${8_000 + sale}`, reference: `P-${sale}` })
  }
  for (const holder of HOLDERS) {
    const seats = some(2)
    if (seats.length > 0) await operator.holdSeats(show, { seats, holder, holdSeconds: 600 })
  }
}

async function open(options: BrowserContextOptions) {
  const context = await browser.newContext({
    ...{ reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'Europe/London' },
    ...options,
  })
  return context.newPage()
}

async function openDashboard(options: BrowserContextOptions): Promise<DashboardPage> {
  const window = new DashboardPage(await open(options), server.url)
  await window.visit(`#key=${KEY}`)
  await closeToast(window, 'Signed in')
  return window
}

/** Waits until something is told, and closes what would lie on the picture. */
async function closeToast(window: DashboardPage, text: string): Promise<void> {
  const toast = await window.told(text)
  await toast.getByRole('button').last().click()
  await toast.waitFor({ state: 'detached' })
}

/** A page with nothing but the map, as large as the window. */
async function openMap(show: string, options: BrowserContextOptions): Promise<MapPage> {
  const map = new MapPage(await open(options), server.url)
  await map.open(show, { currency: 'GBP' })
  await map.page.getByRole('heading', { level: 1 }).evaluate((heading) => heading.remove())
  await map.map.evaluate((element: RowlockSeatMap, prices) => {
    element.style.cssText = 'position: fixed; inset: 0; width: auto; height: 100%'
    element.innerHTML = '<button type="button" slot="held">Go to payment</button>'
    element.prices = prices
  }, PRICES)
  return map
}

/** Opens each page as its picture shows it. */
function picturesOf(show: string) {
  return {
    async show() {
      const window = await openDashboard({ viewport: { width: 1_400, height: 860 } })
      await window.visitShow(show)
      await window.pick('Stalls A12', 'Stalls A13', 'Stalls A14', 'Stalls A15')
      await window.field('For').fill('Amélie Dubois')
      await window.do('Hold for 10 minutes')
      await window.hasDeal('Held', 'Amélie Dubois')
      await closeToast(window, 'Held')
      return window.page
    },
    async 'show-phone'() {
      const window = await openDashboard(PHONE)
      await window.visitShow(show)
      return window.page
    },
    async 'new-show'() {
      const window = await openDashboard({ viewport: { width: 1_280, height: 1_300 } })
      await window.visit('#/new')
      await window.field('Name of the venue').fill('Royal Theatre')
      const file = { name: 'royal-theatre.csv', mimeType: 'text/csv' }
      const plan = { ...file, buffer: Buffer.from(FILE.join('\n')) }
      await window.field('Plan file').setInputFiles(plan)
      await window.page.getByLabel('Ignore unknown columns').check()
      await window.page.locator('.preview canvas').first().waitFor()
      await window.page.locator('#step-plan').evaluate((step) => {
        scrollBy(0, step.getBoundingClientRect().top - 160)
      })
      return window.page
    },
    async 'api-keys'() {
      await operator.createApiKey({ name: 'Web shop', scopes: ['sell'] })
      await operator.createApiKey({ name: 'Season tickets', scopes: ['sell', 'block', 'journal'] })
      const kiosk = await operator.createApiKey({ name: 'Kiosk', scopes: ['sell', 'amend'] })
      const seller = createClient({ server: server.url, key: kiosk.secret })
      await seller.holdSeats(show, { best: { quantity: 2 }, holdSeconds: 60 })
      await operator.rotateApiKey(kiosk.id)
      const window = await openDashboard({ viewport: { width: 1_280, height: 640 } })
      await window.visit('#/access/keys')
      await window.page.getByText('Kiosk').waitFor()
      return window.page
    },
    async 'seat-map-theatre'() {
      const map = await openMap(show, { viewport: { width: 1_280, height: 820 } })
      await map.press('Stalls N7')
      await map.press('Stalls N8')
      const { x, y } = await map.pointOf('Stalls N9')
      await map.page.mouse.move(x, y)
      return map.page
    },
    async 'seat-map-phone'() {
      const map = await openMap(show, { ...PHONE, viewport: { width: 390, height: 800 } })
      // The first tap on small seats looks closer.
      for (const seat of ['H14', 'H14', 'H15']) await map.press(`Stalls ${seat}`, 'tap')
      await map.button('Hold 2 seats').click()
      await map.page.getByText('2 seats held for you', { exact: true }).waitFor()
      return map.page
    },
    async 'seat-map-stadium'() {
      const venue = await operator.createVenue({ name: 'Stadium', timeZone: 'Europe/London' })
      const source = exportPlan('rowlock', generatePlan({ shape: 'stadium', seats: 80_000 }))
      const plan = await operator.createPlan(venue.id, { format: 'rowlock', source })
      const title = 'Final'
      const startsAt = new Date(Date.now() + 30 * 86_400_000).toISOString()
      await operator.createShow({ key: STADIUM, title, startsAt, plan: plan.id })
      const map = await openMap(STADIUM, { viewport: { width: 860, height: 640 } })
      return map.page
    },
  }
}
