import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { SeatStatus } from '../../../src/protocol/index.ts'
import type { RowlockSeatMap } from '../../../web/seat-map/seat-map.ts'

/** An event of the element, as the page heard it. */
export interface Heard {
  readonly name: string
  readonly detail: Record<string, unknown>
}

/** Forbids all that a page can forbid: only scripts of the server, and nothing inline. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"

const PATIENCE_MS = 60_000

/** Things that the page keeps for the tests. */
declare global {
  interface Window {
    heard: Heard[]
  }
}

/** A page with a map on it, and what a person can do there. */
export class MapPage {
  readonly page: Page
  readonly map: Locator
  /** Complaints of the page. Not a refusal, though the browser notes its status. */
  readonly complaints: string[] = []
  readonly #url: string

  constructor(page: Page, url: string) {
    this.page = page
    this.map = page.locator('rowlock-seat-map')
    this.#url = url
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('pageerror', (error) => this.complaints.push(String(error.stack)))
    page.on('console', (message) => {
      const isNetwork = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !isNetwork) this.complaints.push(message.text())
    })
  }

  async open(show: string, attributes: Readonly<Record<string, string>>): Promise<void> {
    const given = Object.entries({ show, ...attributes })
      .map(([name, value]) => ` ${name}="${value}"`)
      .join('')
    const html = `<!doctype html><html lang="en"><head><title>Buy seats</title>
      <meta name="viewport" content="width=device-width">
      <script type="module" src="/seat-map.js"></script></head>
      <body><main><h1>Hamlet</h1><rowlock-seat-map${given}></rowlock-seat-map></main></body></html>`
    await this.page.route('**/page', (route) =>
      route.fulfill({
        body: html,
        headers: { 'content-type': 'text/html', 'content-security-policy': POLICY },
      }),
    )
    await this.page.goto(`${this.#url}/page`)
    await this.isReady()
  }

  /** Waits until the map is drawn and live, and listens to its events from then on. */
  async isReady(): Promise<void> {
    await this.page.evaluate(async () => {
      await customElements.whenDefined('rowlock-seat-map')
      const map = document.querySelector('rowlock-seat-map') as RowlockSeatMap
      window.heard = []
      for (const name of ['select', 'hold', 'change', 'release', 'refusal', 'expire', 'confirm']) {
        map.addEventListener(`rowlock-${name}`, (event) => {
          const { detail } = event as CustomEvent
          window.heard.push({ name, detail: JSON.parse(JSON.stringify(detail)) })
        })
      }
      await map.ready
    })
  }

  /** Clicks a seat where it is drawn, or taps it. */
  async press(label: string, how: 'click' | 'tap' = 'click'): Promise<void> {
    const at = await this.pointOf(label)
    if (how === 'tap') await this.page.touchscreen.tap(at.x, at.y)
    else await this.page.mouse.click(at.x, at.y)
  }

  /** The middle of a seat in the window. */
  async pointOf(label: string): Promise<{ x: number; y: number; size: number }> {
    const box = await this.map.evaluate((map: RowlockSeatMap, label) => {
      const box = map.seatBox(label)
      return box === null ? null : { x: box.x, y: box.y, width: box.width }
    }, label)
    assert.ok(box !== null, `${label} is drawn`)
    return { x: box.x + box.width / 2, y: box.y + box.width / 2, size: box.width }
  }

  async status(label: string): Promise<SeatStatus | undefined> {
    return this.map.evaluate((map: RowlockSeatMap, label) => map.seat(label)?.status, label)
  }

  /** Waits until the map shows a seat so. */
  async shows(label: string, status: SeatStatus): Promise<void> {
    await this.page.waitForFunction(
      ([label, status]) => {
        const map = document.querySelector('rowlock-seat-map') as RowlockSeatMap
        return map.seat(label as string)?.status === status
      },
      [label, status],
      { timeout: PATIENCE_MS },
    )
  }

  /** Every seat's status in the order of the plan, a letter each. */
  async letters(): Promise<string> {
    return this.map.evaluate((map: RowlockSeatMap) =>
      Array.from(map.view?.codes ?? [], (code) => 'ahbx'[code]).join(''),
    )
  }

  /** Waits until the map shows the house so. */
  async showsLetters(letters: string): Promise<void> {
    await this.page.waitForFunction(
      (letters) => {
        const map = document.querySelector('rowlock-seat-map') as RowlockSeatMap
        return Array.from(map.view?.codes ?? [], (code) => 'ahbx'[code]).join('') === letters
      },
      letters,
      { timeout: PATIENCE_MS },
    )
  }

  async picked(): Promise<string[]> {
    return this.map.evaluate((map: RowlockSeatMap) =>
      map.selection.seats.map(({ label }) => label).sort(),
    )
  }

  /** Seats of the hold that the map has. */
  async held(): Promise<string[]> {
    return this.map.evaluate((map: RowlockSeatMap) => map.currentHold?.seats ?? [])
  }

  /** By its whole name, or by a pattern. */
  button(name: string | RegExp): Locator {
    return this.map.getByRole('button', { name, exact: true })
  }

  /** The line that people read. */
  get message(): Locator {
    return this.map.locator('.message')
  }

  /** Element that is read aloud. */
  get spoken(): Locator {
    return this.map.getByRole('status')
  }

  /** Waits until the page has heard such an event, and answers the last one. */
  async hears(name: string): Promise<Heard['detail']> {
    await this.page.waitForFunction(
      (name) => window.heard.some((heard) => heard.name === name),
      name,
      { timeout: PATIENCE_MS },
    )
    const heard = await this.heard()
    return heard.findLast((one) => one.name === name)?.detail ?? {}
  }

  heard(): Promise<Heard[]> {
    return this.page.evaluate(() => window.heard)
  }

  /** Waits until an element says something. */
  async says(locator: Locator, pattern: RegExp): Promise<void> {
    await locator.filter({ hasText: pattern }).waitFor({ state: 'attached', timeout: PATIENCE_MS })
  }

  async close(): Promise<void> {
    assert.deepEqual(this.complaints, [])
    await this.page.context().close()
  }
}
