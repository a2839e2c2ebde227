import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { BadLine } from '../support/bad-line.ts'
import { OPERATOR_KEY } from '../support/servers.ts'
import { useDashboard } from './support/use-dashboard.ts'

const { house, createShow, open } = await useDashboard('dashboard live')
const { operator, shopper } = house
const line = await BadLine.open([house.url])
const ports = line.ports
after(() => line.close())

/** Titles and controls that lie under something that floats. */
async function coveredBy(page: Page, floating: string): Promise<string[]> {
  return page.evaluate((floating) => {
    const over = document.querySelector(floating)
    const box = over?.getBoundingClientRect() ?? new DOMRect()
    return [...document.querySelectorAll('h1, .counter, a, button, input')].flatMap((element) => {
      const { left, right, top, bottom, width } = element.getBoundingClientRect()
      const isApart = right <= box.left || left >= box.right || bottom <= box.top + 1
      const isUnseen = width <= 1 || element.matches('.skip') || over?.contains(element)
      return isApart || isUnseen || top >= box.bottom - 1 ? [] : [element.outerHTML.slice(0, 90)]
    })
  }, floating)
}

describe('two windows at the same show', () => {
  test('see what the other does as it happens', async () => {
    const show = await createShow()
    const [one, other] = [await open(), await open()]
    await one.visitShow(show)
    await other.visitShow(show)
    await one.pick('C1', 'C2')
    await one.field('For').fill('Ann')
    await one.do('Hold for 10 minutes')
    await other.shows('C1', 'held')
    await other.counts('held', 2)
    await other.page.getByRole('button', { name: /^Held C1, C2 Ann/ }).waitFor()
    await other.pick('C2')
    await other.hasDeal('Held', 'Ann')
    await one.do('Confirm all')
    await other.hasDeal('Booked', 'Ann')
    await other.counts('booked', 2)
    await other.do('Cancel 1 seat…')
    await other.do('Cancel 1 seat')
    await one.shows('C2', 'available')
    await one.counts('booked', 1)
    await one.close()
    await other.close()
  })

  test('want the same seats: one has them, the other reads which, why and whose', async () => {
    const show = await createShow()
    const [one, other] = [await open(), await open()]
    await one.visitShow(show)
    await other.visitShow(show)
    await other.pick('A1', 'A2', 'A3')
    // The other's window has not heard of it when the button is pressed.
    await other.page.route('**/holds', async (route) => {
      await one.pick('A2')
      await one.field('For').fill('Ann')
      await one.do('Book')
      await one.counts('booked', 1)
      await route.continue()
    })
    await other.do('Hold for 10 minutes')
    const refusal = other.page.getByRole('alert')
    await refusal.getByText('Not all of these seats are free.').waitFor()
    await refusal.getByText('A2 booked · Ann').waitFor()
    await other.page.unroute('**/holds')
    await other.do('Go on without it')
    assert.deepEqual(await other.picked(), ['A1', 'A3'])
    await other.do('Hold for 10 minutes')
    await one.counts('held', 2)
    await one.close()
    await other.close()
  })

  test('see a hold run out on time, though nothing is written', async () => {
    const show = await createShow()
    const window = await open()
    await window.visitShow(show)
    await operator.holdSeats(show, { seats: ['B1', 'B2'], holder: 'late', holdSeconds: 9 })
    await window.counts('held', 2)
    const hold = window.page.getByRole('button', { name: /^late B1, B2/ })
    await hold.getByText(/^0:0\d$/).waitFor()
    await window.counts('held', 0)
    await window.shows('B1', 'available')
    await hold.waitFor({ state: 'detached' })
    await window.page.getByRole('button', { name: /^Ran out \d\d:\d\d B1, B2 late/ }).waitFor()
    await window.pick('B1')
    await window.desk.getByText(/^Ran out \d\d:\d\d: was held for late\.$/).waitFor()
    await window.close()
  })

  test('a refusal goes when all seats that were in the way are free', async () => {
    const show = await createShow()
    const [one, other] = [await open(), await open()]
    await one.visitShow(show)
    await other.visitShow(show)
    await other.pick('A1', 'A2')
    await other.page.route('**/holds', async (route) => {
      await one.pick('A2')
      await one.do('Hold for 10 minutes')
      await one.counts('held', 1)
      await route.continue()
    })
    await other.do('Hold for 10 minutes')
    const refusal = other.page.getByRole('alert')
    await refusal.getByText('Not all of these seats are free.').waitFor()
    await other.shows('A2', 'held')
    assert.ok(await refusal.isVisible())
    await one.do('Release')
    await other.shows('A2', 'available')
    await refusal.waitFor({ state: 'detached' })
    await one.close()
    await other.close()
  })

  test('see every show fill in the list', async () => {
    const show = await createShow('A-B', 5)
    const window = await open()
    await window.visit('#/')
    const row = window.page.locator('.show-row').filter({ hasText: show })
    await row.getByText('10 of 10 free').waitFor()
    await shopper.bookSeats(show, { seats: ['A1', 'A2', 'A3', 'A4', 'A5'] })
    await row.getByText('5 of 10 free').waitFor()
    await row.getByText('50%').waitFor()
    await window.close()
  })
})

describe('a window whose connection is cut', () => {
  test('says so, and shows everything it missed when it is back', async () => {
    const show = await createShow()
    const window = await open({ url: line.url })
    await window.visitShow(show)
    line.ports = []
    line.cutAll()
    await window.page.getByText('Connection lost. What you see may be out of date.').waitFor()
    assert.deepEqual(await coveredBy(window.page, '.banner'), [])
    await operator.bookSeats(show, { seats: ['A1', 'A2'], holder: 'meanwhile' })
    await operator.blockSeats(show, { seats: ['E1'], reason: 'kill' })
    line.ports = ports
    await window.page.locator('.banner').getByText('Connected again.').waitFor()
    await window.counts('booked', 2)
    await window.counts('blocked', 1)
    await window.page.getByRole('button', { name: /^Booked A1, A2 meanwhile/ }).waitFor()
    await window.close()
  })

  test('loses the answer to a command, asks again and does it once', async () => {
    const show = await createShow()
    const window = await open()
    await window.visitShow(show)
    await window.pick('D1')
    let lostCount = 0
    await window.page.route('**/bookings', async (route) => {
      lostCount += 1
      if (lostCount > 1) return route.continue()
      await route.fetch()
      await route.abort('connectionreset')
    })
    await window.do('Book')
    await window.told('Booked D1.')
    assert.equal(lostCount, 2)
    const { items } = await operator.listJournal(show)
    assert.equal(items.filter(({ kind }) => kind === 'book').length, 1)
    await window.close()
  })

  test('can be asked to try the very same again', async () => {
    const show = await createShow()
    const window = await open()
    await window.visitShow(show)
    await window.pick('D1')
    await window.page.route('**/bookings', (route) => route.abort('connectionrefused'))
    await window.do('Book')
    await window.page.getByText('The server does not answer.').waitFor()
    await window.page.unroute('**/bookings')
    await window.do('Try again')
    await window.told('Booked D1.')
    await window.close()
  })
})

describe('on a phone', () => {
  const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

  test('a word with a way back covers no title, and no button of the map', async () => {
    const show = await createShow()
    const window = await open(PHONE)
    await window.visitShow(show)
    await window.press('B2', 'tap')
    await window.do(/What now\?/)
    await window.do('Book')
    await window.told('Booked B2.')
    assert.deepEqual(await coveredBy(window.page, '.toast'), [])
    await window.do(/Less/)
    assert.deepEqual(await coveredBy(window.page, '.toast'), [])
    const places = await window.page.evaluate(() => {
      const map = document.querySelector('rowlock-seat-map')
      const zoom = map?.shadowRoot?.querySelector('.zoom')?.getBoundingClientRect()
      const toast = document.querySelector('.toast')?.getBoundingClientRect()
      return [zoom?.bottom ?? 0, toast?.top ?? 0]
    })
    assert.ok((places[0] as number) <= (places[1] as number), String(places))
    await window.close()
  })

  test('is told nothing of a Shift key', async () => {
    const show = await createShow()
    const window = await open(PHONE)
    await window.visitShow(show)
    await window.do(/More/)
    await window.page.getByText('Or let Rowlock choose').waitFor()
    assert.equal(await window.page.getByText(/Shift/).isVisible(), false)
    await window.close()
  })
})

describe('who has no key', () => {
  test('sees everything that is public, and cannot touch it', async () => {
    const show = await createShow()
    await operator.holdSeats(show, { seats: ['A1'], holder: 'secret' })
    const window = await open({ isStranger: true })
    await window.visitShow(show)
    await window.pick('A1')
    await window.page.getByRole('heading', { name: /^Held/ }).waitFor()
    for (const verb of [/^Hold/, /^Book/, /^Release/, /^Block/]) {
      assert.equal(await window.page.getByRole('button', { name: verb }).count(), 0, String(verb))
    }
    assert.equal(await window.page.getByText('secret').count(), 0)
    await window.visitShow(show, 'activity')
    await window.page.getByText('Sign in to see who did what, and when.').waitFor()
    await window.close()
  })

  test('signs in where they are, and out again', async () => {
    const show = await createShow()
    const window = await open({ isStranger: true })
    await window.visitShow(show)
    const corner = window.page.getByRole('banner').getByRole('button')
    await corner.click()
    await window.page.getByText('Use a key instead').click()
    await window.field('Key').fill('not-the-operator-key')
    await window.page.keyboard.press('Enter')
    await window.page.getByText('The server does not know this key.').waitFor()
    await window.field('Key').fill(OPERATOR_KEY)
    await window.page.keyboard.press('Enter')
    await window.told('Signed in: Operator, with a key.')
    await window.page.getByRole('button', { name: 'Hold best' }).waitFor()
    await corner.click()
    await window.do('Sign out')
    await window.page.getByText(/Sign in to hold, sell and block seats/).waitFor()
    await window.close()
  })

  test('may bring the key in the address, which forgets it at once', async () => {
    const window = await open()
    assert.doesNotMatch(window.page.url(), /key/)
    await window.page.reload()
    await window.page.getByRole('button', { name: 'Operator' }).waitFor()
    const stranger = await window.page.context().newPage()
    await stranger.goto(window.page.url())
    await stranger.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor()
    await window.close()
  })

  test('is told when the key is revoked while it is in use', async () => {
    const show = await createShow()
    const scopes = ['sell', 'journal'] as ('sell' | 'journal')[]
    const { id, secret } = await operator.createApiKey({ name: 'Till', scopes })
    const window = await open({ entry: `#key=${secret}` })
    await window.visitShow(show)
    await window.pick('A1')
    await operator.revokeApiKey(id)
    await window.do('Book')
    await window.page.getByText('This key no longer works.').waitFor()
    await window.do('Cancel')
    await window.do('Go on without')
    await window.page.getByText(/Sign in to hold, sell and block seats/).waitFor()
    await window.close()
  })

  test('is told when the server has another key by now', async () => {
    const window = await open({ isStranger: true })
    await window.visit('#key=of-another-server')
    await window.page.getByText('The server does not know this key.').waitFor()
    await window.do('Cancel')
    await window.page.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor()
    await window.page.getByText(/You are looking at what is public/).waitFor()
    await window.close()
  })
})
