import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DashboardPage } from './support/dashboard-page.ts'
import { findOffences } from './support/find-offences.ts'
import { useDashboard } from './support/use-dashboard.ts'

const { house, createShow, open } = await useDashboard('dashboard everybody')
const { operator } = house

/** A show at which something has happened. */
async function createBusyShow(): Promise<string> {
  const show = await createShow()
  await operator.bookSeats(show, { seats: ['A1', 'A2'], holder: 'Ann', reference: 'order-1' })
  await operator.holdSeats(show, { seats: ['B1'], holder: 'Bob' })
  await operator.blockSeats(show, { seats: ['E1', 'E2'], reason: 'House seats' })
  return show
}

async function assertNoOffence(window: DashboardPage, place: string): Promise<void> {
  assert.deepEqual(await findOffences(window.page), [], place)
  const overflow = await window.page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  assert.ok(overflow <= 0, `${place} is ${overflow} pixels wider than the window`)
}

const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const

for (const look of LOOKS) {
  describe(`axe finds nothing, ${look.colorScheme}, ${look.viewport.width} pixels wide`, () => {
    test('at the desk of a show, in any state', async () => {
      const show = await createBusyShow()
      const window = await open(look)
      await window.visitShow(show)
      await window.counts('booked', 2)
      const isPhone = look.viewport.width < 900
      const more = window.page.locator('.desk-handle')
      if (isPhone) await more.click()
      await window.page.getByRole('button', { name: 'Hold best' }).waitFor()
      await assertNoOffence(window, 'nothing picked')
      if (isPhone) await more.click()
      await window.map.evaluate((map: HTMLElementTagNameMap['rowlock-seat-map']) =>
        map.select(['A1', 'B1', 'C1', 'E1']),
      )
      if (isPhone) await more.click()
      for (const kind of ['Held', 'Booked', 'Blocked'] as const) await window.hasDeal(kind, '')
      await assertNoOffence(window, 'four kinds picked')
      await window.page.getByRole('combobox', { name: /Find/ }).fill('a')
      await window.page.getByRole('option').first().waitFor()
      await assertNoOffence(window, 'searching')
      await window.close()
    })

    test('on every other page', async () => {
      const show = await createBusyShow()
      const window = await open(look)
      for (const [path, text] of [
        ['#/', 'Shows'],
        [`#/shows/${show}/activity`, 'Activity'],
        [`#/shows/${show}/sales`, 'Sales over time'],
        [`#/shows/${show}/terms`, 'Terms'],
        ['#/new', 'New show'],
        ['#/system', 'System'],
        ['#/access', 'Access'],
        ['#/access/keys', 'No API keys yet'],
        ['#/access/audit', 'Access'],
        ['#/account', 'Account'],
        ['#/nowhere/at/all', 'Page not found'],
      ] as const) {
        await window.visit(path)
        await window.page.getByRole('heading', { name: text }).first().waitFor()
        if (path.endsWith('sales')) await window.page.locator('.chart canvas').waitFor()
        if (path === '#/system') await window.page.getByText('Serving').waitFor()
        await assertNoOffence(window, path)
      }
      await window.page.getByRole('banner').getByRole('button').click()
      await assertNoOffence(window, 'the dialog')
      await window.close()
    })
  })
}

describe('on a phone', () => {
  test('seats are picked by tapping, and sold from a sheet', async () => {
    const show = await createShow('A-D', 6)
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const window = await open(phone)
    await window.visitShow(show)
    for (const label of ['B2', 'B3']) await window.press(label, 'tap')
    const handle = window.page.getByRole('button', { name: /2 seats picked: B2, B3/ })
    await handle.tap()
    await window.field('For').fill('Ann')
    await window.page.getByRole('button', { name: 'Book', exact: true }).tap()
    await window.told('Booked B2, B3.')
    await window.hasDeal('Booked', 'Ann')
    await window.do('Swap')
    // The sheet is out of the way: the house is what is wanted now.
    for (const label of ['C2', 'C3']) await window.press(label, 'tap')
    await window.page.getByRole('button', { name: /Swap: 2 of 2 seats picked/ }).tap()
    await window.page.getByRole('button', { name: 'Swap 2 seats' }).tap()
    await window.told('Swapped B2, B3 for C2, C3.')
    await window.shows('C2', 'booked')
    await window.close()
  })
})

async function focusIsAtDesk({ page }: DashboardPage): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.closest('aside.desk') != null)
}

describe('with the keyboard alone', () => {
  test('a seat is found, held and released, and the focus never gets lost', async () => {
    const show = await createShow()
    const window = await open()
    await window.visitShow(show)
    const { keyboard } = window.page
    const search = window.page.getByRole('combobox', { name: /Find/ })
    await search.focus()
    await keyboard.type('c5')
    await window.page.getByRole('option', { name: /Seat C5/ }).waitFor()
    await keyboard.press('Enter')
    await window.page.getByRole('heading', { name: /^Seat C5/ }).waitFor()
    await window.field('For').focus()
    await keyboard.type('Ann')
    await keyboard.press('Enter')
    await window.hasDeal('Held', 'Ann')
    await focusIsAtDesk(window)
    await window.page.getByRole('button', { name: 'Release' }).focus()
    await keyboard.press('Space')
    await window.told('Released C5.')
    await focusIsAtDesk(window)
    await window.close()
  })

  test('a page begins at its beginning, and dialogs give the focus back', async () => {
    const window = await open()
    const { keyboard } = window.page
    await keyboard.press('Tab')
    await keyboard.press('Enter')
    await window.page.waitForFunction(() => document.activeElement?.id === 'main')
    await window.page.getByRole('link', { name: 'System' }).focus()
    await keyboard.press('Enter')
    await window.page.getByRole('heading', { name: 'System', level: 1 }).waitFor()
    await window.page.waitForFunction(() => document.activeElement?.id === 'main')
    await window.page.waitForFunction(() => document.title === 'System · Rowlock')
    const corner = window.page.getByRole('banner').getByRole('button')
    await corner.focus()
    await keyboard.press('Enter')
    await window.page.getByRole('dialog').waitFor()
    await keyboard.press('Escape')
    await window.page.getByRole('dialog').waitFor({ state: 'detached' })
    const button = await corner.elementHandle()
    await window.page.waitForFunction((element) => element === document.activeElement, button)
    await window.close()
  })
})
