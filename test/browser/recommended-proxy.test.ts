/** Every page of the dashboard, behind the proxy that the production checklist recommends. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { checklistBlock, hiddenBy, openProxy } from '../support/recommended-proxy.ts'
import { useDashboard } from './support/use-dashboard.ts'

const { house, createShow, open } = await useDashboard('proxy', { trustProxy: 'loopback' })
const proxy = await openProxy(house.url)
after(() => proxy.close())
const hidden = hiddenBy(await checklistBlock())
const show = await createShow()
await house.operator.bookSeats(show, { seats: ['A1', 'A2'], reference: 'order-1' })

const PAGES = [
  '#/',
  '#/new',
  '#/system',
  '#/access',
  '#/access/keys',
  '#/access/audit',
  '#/account',
  ...['', '/activity', '/sales', '/terms'].map((tab) => `#/shows/${show}${tab}`),
]

describe(`behind ${proxy.name}`, () => {
  for (const path of PAGES) {
    test(`${path.replace(show, 'a show')} is whole, and asks for nothing hidden`, async () => {
      const window = await open({ url: proxy.url, ignoreHTTPSErrors: true })
      const { page } = window
      const trouble: string[] = []
      page.on('response', (response) => {
        const { pathname } = new URL(response.url())
        if (response.status() >= 400) trouble.push(`${response.status()} ${pathname}`)
        if (hidden.test(pathname)) trouble.push(`hidden: ${pathname}`)
      })
      await window.visit(path)
      await page.locator('main h1').waitFor()
      await page.locator('main .skeleton').first().waitFor({ state: 'detached' })
      await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => {})
      assert.deepEqual(trouble, [])
      assert.equal(await page.getByText(/does not answer/).count(), 0)
      await window.close()
    })
  }

  test('a stream comes as it is written', async () => {
    const window = await open({ url: proxy.url, ignoreHTTPSErrors: true })
    await window.visitShow(show)
    await window.counts('booked', 2)
    await house.operator.bookSeats(show, { seats: ['B1'], reference: 'order-2' })
    await window.counts('booked', 3)
    await window.close()
  })

  test('health and metrics stay inside', async () => {
    const window = await open({ url: proxy.url, ignoreHTTPSErrors: true })
    for (const path of ['/health', '/health/ready', '/metrics']) {
      const response = await window.page.request.get(`${proxy.url}${path}`)
      assert.equal(response.status(), 404, path)
      assert.doesNotMatch(await response.text(), /requestId/)
      assert.equal((await fetch(`${house.url}${path}`)).status, 200, path)
    }
    await window.close()
  })
})
