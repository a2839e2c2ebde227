import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { demoTheatrePlan } from '../../src/plans/index.ts'
import type { RowlockSeatMap } from '../../web/seat-map/seat-map.ts'
import type { MapPage } from './support/map-page.ts'
import { useMaps } from './support/use-maps.ts'

const { house, createShow, open } = await useMaps('seat map keyboard')

const PLACE = /Row ([A-Z]+) seat (\d+)/

async function focused(map: MapPage): Promise<string> {
  const label = await map.map.locator('[role=gridcell]:focus').getAttribute('aria-label')
  return label ?? ''
}

async function tabTo(map: MapPage, role: string): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    await map.page.keyboard.press('Tab')
    const isThere = await map.map.evaluate((el, role) => {
      return el.shadowRoot?.activeElement?.getAttribute('role') === role
    }, role)
    if (isThere) return
  }
  assert.fail(`Tab does not lead to ${role}.`)
}

describe('with the keyboard alone', () => {
  test('a shopper finds a seat, holds it, and gives it back', async () => {
    const show = await createShow()
    await house.operator.bookSeats(show, { seats: ['A2'] })
    const map = await open(show)
    const { keyboard } = map.page
    await tabTo(map, 'gridcell')
    assert.equal(await focused(map), 'Row A seat 1, Standard, available')
    await keyboard.press('ArrowRight')
    assert.equal(await focused(map), 'Row A seat 2, Standard, booked')
    await keyboard.press('Enter')
    await map.says(map.spoken, /Row A seat 2 is booked/)
    await keyboard.press('ArrowDown')
    await keyboard.press('End')
    assert.match(await focused(map), /^Row B seat 10,/)
    await keyboard.press('Space')
    await map.says(map.spoken, /Row B seat 10 picked\. 1 seat picked/)
    assert.match(await focused(map), /, picked$/)
    await tabToButton(map, 'Hold 1 seat')
    await keyboard.press('Enter')
    await map.says(map.spoken, /1 seat held for you: B10\. 10 minutes left/)
    await tabToButton(map, 'Give back')
    await keyboard.press('Enter')
    await map.says(map.spoken, /Given back/)
    assert.deepEqual(
      (await map.heard()).map(({ name }) => name),
      ['select', 'hold', 'release'],
    )
    await map.close()
  })

  test('every seat of a theatre is reached by row and number', async () => {
    const plan = demoTheatrePlan()
    const show = await createShow(plan)
    const map = await open(show)
    await map.map.getByRole('gridcell').first().focus()
    // Every row has its turn, and with it all of its seats: see the tests of arrows for the rest.
    const reached = await map.map.evaluate((el: RowlockSeatMap) => {
      const root = el.shadowRoot as ShadowRoot
      const press = (key: string, ctrlKey = false) => {
        const options = { key, ctrlKey, bubbles: true, composed: true }
        root.activeElement?.dispatchEvent(new KeyboardEvent('keydown', options))
        return root.activeElement?.parentElement ?? null
      }
      const labels = new Set<string>()
      let row = press('Home', true)
      for (let before: Element | null = null; row !== before; row = press('PageDown')) {
        before = row
        for (const cell of row?.children ?? []) labels.add(cell.getAttribute('aria-label') ?? '')
      }
      return labels.size
    })
    assert.equal(reached, plan.seats.length)
    assert.ok((await map.map.getByRole('gridcell').count()) < 60, 'only one row is there')
    await map.close()
  })

  test('a field goes to any seat, and says when there is none', async () => {
    const map = await open(await createShow())
    const field = map.map.getByRole('textbox', { name: 'Go to seat' })
    await field.fill('Z99')
    await field.press('Enter')
    await map.says(map.spoken, /There is no seat “Z99”/)
    await field.fill('row e, seat 7')
    await field.press('Enter')
    assert.match(await focused(map), /^Row E seat 7,/)
    await map.close()
  })

  test('focus is seen: a ring of at least 24 pixels over the seat, also when zoomed', async () => {
    const map = await open(await createShow(demoTheatrePlan()), {
      viewport: { width: 390, height: 800 },
    })
    await map.map.evaluate((el: RowlockSeatMap) => el.focusSeat('Circle C3'))
    await map.map.evaluate((el: RowlockSeatMap) => el.focusSeat('Stalls H5'))
    const cell = map.map.locator('[role=gridcell]:focus')
    for (const key of ['', '+', '-', 'Shift+ArrowLeft']) {
      if (key !== '') await map.page.keyboard.press(key)
      const box = await cell.boundingBox()
      const [, row = '', number = ''] = PLACE.exec(await focused(map)) ?? []
      assert.ok(row !== '' && number !== '', await focused(map))
      const seat = await map.map.evaluate((el: RowlockSeatMap) => {
        const label = el.shadowRoot?.activeElement?.getAttribute('aria-label') ?? ''
        const [section = '', place = ''] = label.split(', ')
        const box = el.seatBox(`${section} ${place}`)
        return box === null ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 }
      })
      assert.ok(box !== null && seat !== null)
      assert.ok(box.width >= 24 && box.height >= 24)
      assert.ok(Math.abs(box.x + box.width / 2 - seat.x) < 1.5, `${key}: over the seat`)
      assert.ok(Math.abs(box.y + box.height / 2 - seat.y) < 1.5, `${key}: over the seat`)
    }
    await map.close()
  })
})

async function tabToButton(map: MapPage, name: string): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    await map.page.keyboard.press('Tab')
    const text = await map.map.evaluate((el) => el.shadowRoot?.activeElement?.textContent)
    if (text === name) return
  }
  assert.fail(`Tab does not lead to "${name}".`)
}
