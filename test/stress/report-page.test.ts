import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { htmlReport, type StressReport } from '../../stress/index.ts'
import type { HousePicture } from '../../stress/report/house-picture.ts'
import { openBrowser } from '../support/browser.ts'
import { until } from '../support/until.ts'

const SEATS = 30
const times = { count: 9, p50: 2, p95: 20, p99: 400, max: 900 }
const counts = { done: 9, refused: 5, busy: 1, broken: 2, hungUp: 1 }

const report: StressReport = {
  configuration: {
    seed: 'a seed',
    shopperCount: 60,
    openSeconds: 10,
    servers: ['http://127.0.0.1:1', 'http://127.0.0.1:2'],
    isOwnStage: true,
    isKilling: true,
    socketsMax: 16,
    version: '0.0.0',
    machine: 'a machine for tests',
  },
  openedAt: '2030-01-01T19:00:00.000Z',
  show: { key: 'show', title: 'A show of <b>30</b> seats' },
  verdict: {
    isClean: true,
    checks: [{ promise: 1, title: 'No seat is in two bookings', count: SEATS, breaches: [] }],
    remarks: ['A remark.'],
  },
  tookSeconds: 9,
  soldOutAt: 8,
  seats: { total: SEATS, booked: SEATS },
  bookingCount: 12,
  fates: { served: 12, away: 3, full: 40, doubt: 4, closed: 1 },
  answerCount: 500,
  answersPerSecond: 55,
  lostCount: 7,
  operations: [{ operation: 'holdSeats', ...counts, ...times }],
  refusals: [{ code: 'seats_unavailable', count: 5 }],
  kills: [{ what: 'the database', server: null, at: 3_000, backAt: 4_000 }],
  intervals: Array.from({ length: 9 }, (_, index) => ({
    ...counts,
    at: index + 1,
    seconds: 1,
    reads: 40,
    commandMs: index === 3 ? { count: 0, p50: 0, p95: 0, p99: 0, max: 0 } : times,
    readMs: times,
  })),
  samples: Array.from({ length: 9 }, (_, index) => ({ at: index, held: 3, booked: 3 * index })),
}

const seats = Array.from({ length: SEATS }, (_, seat) => seat)
const house: HousePicture = {
  width: 700,
  height: 500,
  shapes: [
    {
      kind: 'rectangle',
      ...{ x: 350, y: 40, width: 400, height: 60, rotation: 0 },
      ...{ points: [], text: 'Stage', color: null },
    },
  ],
  outlines: [{ name: 'Stalls', points: [20, 100, 680, 100, 680, 480, 20, 480] }],
  labels: seats.map((seat) => `A${seat}`),
  xs: seats.map((seat) => 100 + 50 * (seat % 10)),
  ys: seats.map((seat) => 200 + 60 * Math.floor(seat / 10)),
  soldAt: seats.map((seat) => (seat === 29 ? null : seat / 4)),
  bookings: seats.map((seat) => (seat === 29 ? -1 : Math.floor(seat / 3))),
}

const directory = await mkdtemp(join(tmpdir(), 'rowlock-page-'))
const file = join(directory, 'report.html')
await writeFile(file, await htmlReport(report, house))
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await rm(directory, { recursive: true, force: true })
})

/** Opens the page; what goes wrong in it, or asks the network, goes into `problems`. */
async function open(width: number, colorScheme: 'light' | 'dark') {
  const viewport = { width, height: 800 }
  const page = await browser.newPage({ viewport, colorScheme, locale: 'en-US' })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) problems.push(request.url())
  })
  await page.goto(pathToFileURL(file).href)
  await page.waitForSelector('html[data-drawn=true]')
  return { page, problems }
}

/** Tells whether anything but the background is painted on a canvas. */
function isPainted(page: Page, selector: string): Promise<boolean> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector(${JSON.stringify(selector)})
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return data.some((value) => value !== 0)
  })()`)
}

describe('the page of a stress run', () => {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [360, 'dark'],
  ] as const) {
    it(`draws everything ${width} wide, ${colorScheme}, and needs no network`, async () => {
      const { page, problems } = await open(width, colorScheme)
      for (const id of ['seats', 'commands', 'latency', 'reads']) {
        assert.ok(await isPainted(page, `#${id} canvas`), id)
      }
      assert.ok(await isPainted(page, '#picture'))
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
      assert.equal(await page.textContent('h1'), 'A show of <b>30</b> seats')
      assert.deepEqual(problems, [])
      await page.close()
    })
  }

  it('shows the house at any moment, and who has a seat', async () => {
    const { page, problems } = await open(800, 'light')
    assert.equal(await page.textContent('#told'), '7.0 s: 29 seats sold')
    await page.locator('#moment').fill('0.5')
    assert.equal(await page.textContent('#told'), '3.5 s: 15 seats sold')
    await page.click('button[data-by=whom]')
    assert.equal(await page.getAttribute('button[data-by=whom]', 'aria-pressed'), 'true')
    assert.equal(await page.isVisible('#ramp'), false)

    const box = await page.locator('#picture').boundingBox()
    assert.ok(box)
    const scale = box.height / house.height
    const left = (box.width - house.width * scale) / 2
    await page.mouse.move(box.x + left + 150 * scale, box.y + 200 * scale)
    assert.equal(await page.textContent('#seat'), 'A1: sold at 0.3 s, booking 1')
    await page.mouse.move(box.x + left + 550 * scale, box.y + 320 * scale)
    assert.equal(await page.textContent('#seat'), 'A29: not sold')
    assert.deepEqual(problems, [])
    await page.close()
  })

  it('plays the sale', async () => {
    const { page } = await open(800, 'light')
    await page.click('#play')
    assert.equal(await page.textContent('#play'), 'Pause')
    const moment = async () => Number(await page.inputValue('#moment'))
    await until('the slider to move', async () => ((await moment()) > 0.02 ? true : null))
    await page.click('#play')
    assert.equal(await page.textContent('#play'), 'Play')
    assert.ok((await moment()) < 1)
    await page.close()
  })
})
