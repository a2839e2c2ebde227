/** The documentation in a browser: read, searched, tried, at every width, in light and dark. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { buildDocs } from '../../scripts/build-docs.ts'
import { openBrowser } from '../support/browser.ts'
import { useTestDatabase } from '../support/database.ts'
import { listen } from '../support/servers.ts'

const PAGES = [
  '/docs',
  '/docs/guides/webhooks',
  '/docs/reference/cli',
  '/docs/benchmark',
  '/docs/api',
  '/docs/api/holds',
  '/errors',
  '/errors/seats_unavailable',
]
const axe = await readFile(
  new URL('../../node_modules/axe-core/axe.min.js', import.meta.url),
  'utf8',
)
const webDir = await mkdtemp(join(tmpdir(), 'rowlock-docs-pages-'))
after(() => rm(webDir, { recursive: true, force: true }))
await buildDocs(join(webDir, 'docs'))
const server = await listen(await useTestDatabase('docs-pages'), { docs: true, webDir })
after(() => server.close())
const browser = await openBrowser()
after(() => browser.close())

/** A page, and what it asked of anybody but our server. */
async function open(path: string, width: number, colorScheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
  const page = await context.newPage()
  const wrong: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) wrong.push(request.url())
  })
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text())
  })
  await page.goto(`${server.url}${path}`, { waitUntil: 'networkidle' })
  return { page, wrong, close: () => context.close() }
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

describe('the documentation', () => {
  for (const path of PAGES) {
    test(`${path} fits every width, and asks nobody else for anything`, async () => {
      for (const width of [320, 640, 1024, 1920]) {
        const { page, wrong, close } = await open(path, width)
        assert.equal(await overflow(page), 0, `${width} px`)
        assert.deepEqual(wrong, [])
        await close()
      }
    })

    for (const scheme of ['light', 'dark'] as const) {
      test(`${path} has nothing that axe finds, ${scheme}`, async () => {
        const { page, close } = await open(path, scheme === 'light' ? 1280 : 390, scheme)
        // As the tools of a browser do: the policy allows no such script to the page itself.
        const found = await page.evaluate(`(() => { ${axe}; return axe.run() })()`)
        const { violations } = found as { violations: { id: string; nodes: { html: string }[] }[] }
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
          [],
        )
        await close()
      })
    }
  }

  test('is searched by keyboard', async () => {
    const { page, close } = await open('/docs', 1280)
    await page.keyboard.press('/')
    await page.keyboard.type('move the clock')
    const first = page.locator('#found [role=option]').first()
    await first.waitFor()
    assert.match(await first.innerText(), /Move the clock/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/docs/guides/development#move-the-clock')
    await page.locator('#search').fill('xyzzyxyzzy')
    await page.getByText('Nothing found').waitFor()
    await close()
  })

  test('is searched for words as they are, before others that look like them', async () => {
    const { page, close } = await open('/docs', 1280)
    await page.locator('#search').fill('late payment')
    const first = page.locator('#found [role=option]').first()
    await first.waitFor()
    assert.match(await first.innerText(), /^A late payment/)
    await page.locator('#search').fill('idempotancy')
    await page.locator('#found [role=option]', { hasText: 'idempotency' }).first().waitFor()
    await close()
  })

  test('finds the guide before the errors, unless a code is asked for', async () => {
    const { page, close } = await open('/docs', 1280)
    const first = page.locator('#found [role=option]').first()
    await page.locator('#search').fill('webhook')
    await first.waitFor()
    assert.match((await first.getAttribute('href')) ?? '', /^\/docs\/guides\/webhooks/)
    await page.locator('#search').fill('webhook_unknown')
    await page.locator('#found [role=option][href^="/errors/webhook_unknown"]').first().waitFor()
    assert.match((await first.getAttribute('href')) ?? '', /webhook_unknown/)
    await close()
  })

  test('has no table of fields that scrolls sideways on a phone', async () => {
    const { page, close } = await open('/docs/api/holds', 390)
    const wide = await page
      .locator('.words .table')
      .evaluateAll((tables) => tables.filter((one) => one.scrollWidth > one.clientWidth).length)
    assert.ok((await page.locator('.words .table').count()) > 5)
    assert.equal(wide, 0)
    await close()
  })

  test('goes without the pictures that are not there', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.route('**/images/**', (route) => route.fulfill({ status: 404, body: '' }))
    // The script comes when the pictures have failed already.
    await page.route('**/*.js*', async (route) => {
      await page.waitForFunction(() =>
        [...document.querySelectorAll('img')].every(({ complete }) => complete),
      )
      await route.continue()
    })
    await page.goto(`${server.url}/docs/guides/dashboard`)
    await page.waitForFunction(() => document.querySelectorAll('article img').length === 0)
    await context.close()
  })

  test('says so at an address that it has no page for', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const answer = await page.goto(`${server.url}/docs/guides/nothing`)
    assert.equal(answer?.status(), 404)
    await page.getByRole('link', { name: 'All pages' }).click()
    await page.getByRole('heading', { name: 'Documentation', level: 1 }).waitFor()
    await context.close()
    const problem = await fetch(`${server.url}/docs/guides/nothing`)
    assert.match(problem.headers.get('content-type') ?? '', /problem\+json/)
  })

  test('has the button that copies at the right, whatever the language', async () => {
    for (const path of ['/docs/guides/python', '/docs/guides/php', '/docs/operating/alerts']) {
      const { page, close } = await open(path, 390)
      const gaps = await page.locator('.code figcaption').evaluateAll((captions) =>
        captions.map((caption) => {
          const button = caption.querySelector('button')?.getBoundingClientRect().right ?? 0
          return Math.round(caption.getBoundingClientRect().right - button)
        }),
      )
      assert.ok(gaps.length > 0, path)
      assert.deepEqual([...new Set(gaps)], [16], path)
      await close()
    }
  })

  test('tries a request from its page', async () => {
    const show = { key: 'tried', title: 'Tried', startsAt: '2031-12-01T19:00Z', seats: ['A1'] }
    await server.operator.createShow(show)
    const { page, wrong, close } = await open('/docs/api/holds', 1280)
    const section = page.locator('section', { has: page.locator('h2#holdSeats') })
    await section.getByText('Try it').click()
    await section.getByLabel('show').fill('tried')
    await section.getByLabel('body').fill('{ "seats": ["A1"] }')
    await section.getByRole('button', { name: 'Send POST' }).click()
    await section.locator('output', { hasText: '201' }).waitFor()
    assert.match(await section.locator('output').innerText(), /"id": "hold_/)
    assert.deepEqual(wrong, [])
    await close()
  })
})
