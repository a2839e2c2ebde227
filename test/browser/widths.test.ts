import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { DashboardPage } from './support/dashboard-page.ts'
import { useDashboard } from './support/use-dashboard.ts'

const { house, open } = await useDashboard('widths')

/** From the smallest phone to a wide screen; 640 and 700 are 1280 and 1400 at 200 %. */
const WIDTHS = [320, 360, 390, 412, 480, 600, 640, 700, 768, 834, 900, 1024, 1280, 1920]
const HEIGHT = 900

const NAMES = {
  plain: 'Hamlet',
  long: 'The Most Lamentable Comedy and Most Cruel Death of Pyramus and Thisbe, in Five Acts',
  unbreakable: 'W'.repeat(150),
}

const startsAt = '2030-12-01T19:00:00Z'
for (const [key, title] of Object.entries(NAMES)) {
  await house.operator.createShow({ key, title, startsAt, seats: { rows: 'A-E', seatsPerRow: 12 } })
  await house.operator.holdSeats(key, { seats: ['A1', 'A2'], holder: NAMES.unbreakable.slice(50) })
  await house.operator.bookSeats(key, { seats: ['B1'], reference: NAMES.unbreakable.slice(50) })
}
await house.operator.createUser({ email: `${'w'.repeat(50)}@example.org`, name: 'W'.repeat(60) })
await house.operator.createWebhook({
  url: `https://shop.example/${'w'.repeat(120)}`,
  description: 'W'.repeat(60),
})
const venue = await house.operator.createVenue({ name: 'W'.repeat(60) })
await house.operator.createPlan(venue.id, {
  name: 'W'.repeat(60),
  source: { rows: 'A', seatsPerRow: 2 },
})
await house.operator.createApiKey({ name: 'W'.repeat(60), scopes: ['sell', 'journal'] })

const PAGES = [
  ['shows', '#/'],
  ['venues', '#/venues'],
  ['a venue', `#/venues/${venue.id}`],
  ['a new show', '#/new'],
  ['the system', '#/system'],
  ['people', '#/access'],
  ['API keys', '#/access/keys'],
  ['webhooks', '#/access/webhooks'],
  ['the audit log', '#/access/audit'],
  ['the account', '#/account'],
  ...Object.keys(NAMES).flatMap((key) =>
    ['', '/activity', '/sales', '/report', '/terms'].map((tab) => [
      `${key}${tab}`,
      `#/shows/${key}${tab}`,
    ]),
  ),
] as const

/** Finds what is wider than the window, or cut off by it. */
async function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth
    const found = wide > innerWidth ? [`the page is ${wide} wide`] : []
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    for (const element of document.querySelectorAll('a, button, input, select, summary, h1, dd')) {
      const { left, right, width } = element.getBoundingClientRect()
      const isUnseen = width <= 1 || element.matches('.skip, .unseen *, .unseen')
      if (isUnseen || scrolls(element.parentElement)) continue
      if (left >= -0.5 && right <= innerWidth + 0.5) continue
      found.push(`${element.outerHTML.slice(0, 80)} from ${left} to ${right}`)
    }
    return found
  })
}

/** Things that are said in one line must not run into each other. */
async function collisions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.counter, .counter dt, .top-link, .top-key')].map(
      (element) => ({ element, box: element.getBoundingClientRect() }),
    )
    return boxes.flatMap(({ element: one, box: a }, index) =>
      boxes.slice(index + 1).flatMap(({ element: other, box: b }) => {
        if (one.contains(other)) return []
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        return across > 0.5 && down > 0.5 ? [`${one.textContent} | ${other.textContent}`] : []
      }),
    )
  })
}

/** Looks at a page as wide as this. One that is live may be drawn just now: so it looks again. */
async function lookAt(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: HEIGHT })
  for (let again = 0; ; again++) {
    const box = await page.getByRole('banner').getByRole('button').boundingBox()
    const isOut = box === null || box.x + box.width > width
    const found = [
      ...(isOut ? ['no account button'] : []),
      ...(await overflows(page)),
      ...(await collisions(page)),
    ].map((one) => `${width}: ${one}`)
    if (found.length === 0 || again === 3) return found
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
}

async function look(window: DashboardPage, path: string): Promise<string[]> {
  const { page } = window
  await window.visit(path)
  await page.locator('main h1').waitFor()
  await page.locator('main .skeleton').first().waitFor({ state: 'detached' })
  const found: string[] = []
  for (const width of WIDTHS) found.push(...(await lookAt(page, width)))
  return found
}

describe('at every width from 320 to 1920 pixels, and at 200 %', () => {
  for (const [name, path] of PAGES) {
    test(`${name}: nothing is cut off, and nobody scrolls sideways`, async () => {
      const window = await open()
      assert.deepEqual(await look(window, path), [])
      await window.close()
    })
  }

  test('the look can fail: a page that is too wide is found', async () => {
    const window = await open()
    await window.page.addStyleTag({ content: '.page-head { min-width: 700px }' }).catch(() => {})
    await window.page.evaluate(() => {
      const wide = document.querySelector<HTMLElement>('.page-head')
      if (wide !== null) wide.style.minWidth = '2000px'
    })
    assert.notDeepEqual(await overflows(window.page), [])
    await window.page.context().close()
  })
})

test('style sheets know two breakpoints', () => {
  const folder = fileURLToPath(new URL('../../web/dashboard/style/', import.meta.url))
  const sheets = ['access', 'base', 'charts', 'forms', 'parts', 'shell', 'show', 'shows', 'tokens']
  const widths = sheets.flatMap((name) =>
    [...readFileSync(`${folder}${name}.css`, 'utf8').matchAll(/@media[^{]*?(\d+)px/g)].map(
      ([, px]) => px,
    ),
  )
  assert.deepEqual([...new Set(widths)].sort(), ['640', '900'])
})
