import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { demoTheatrePlan } from '../../src/plans/index.ts'
import type { RowlockSeatMap } from '../../web/seat-map/seat-map.ts'
import type { MapPage } from './support/map-page.ts'
import { useMaps } from './support/use-maps.ts'

const { createShow, open } = await useMaps('seat map phone')
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** Two fingers that move apart, or together, around the middle of the house. */
async function pinch(map: MapPage, from: number, to: number): Promise<void> {
  await map.map.evaluate(
    async (el: RowlockSeatMap, [from, to]) => {
      const board = el.shadowRoot?.querySelector('.board') as HTMLElement
      const { left, top, width, height } = board.getBoundingClientRect()
      board.setPointerCapture = () => {}
      const put = (type: string, finger: 1 | -1, spread: number) => {
        const x = left + width / 2 + (finger * spread) / 2
        const at = { clientX: x, clientY: top + height / 2, pointerId: 3 + finger }
        board.dispatchEvent(new PointerEvent(type, { ...at, pointerType: 'touch', bubbles: true }))
      }
      for (const finger of [1, -1] as const) put('pointerdown', finger, from as number)
      for (let step = 1; step <= 10; step++) {
        const spread = (from as number) + (((to as number) - (from as number)) * step) / 10
        for (const finger of [1, -1] as const) put('pointermove', finger, spread)
      }
      for (const finger of [1, -1] as const) put('pointerup', finger, to as number)
    },
    [from, to],
  )
}

describe('on a phone', () => {
  test('a tap on small seats looks closer, a tap on large ones picks', async () => {
    const map = await open(await createShow(demoTheatrePlan()), PHONE)
    const before = await map.pointOf('Stalls H12')
    assert.ok(before.size < 12, 'the whole house is in view')
    await map.press('Stalls H12', 'tap')
    assert.deepEqual(await map.picked(), [])
    const after = await map.pointOf('Stalls H12')
    assert.ok(after.size >= 24, 'a target of 24 pixels')
    assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 40, 'stays under the finger')
    await map.press('Stalls H12', 'tap')
    await map.press('Stalls H13', 'tap')
    assert.equal((await map.picked()).length, 2)
    await map.close()
  })

  test('two fingers zoom in and out, and a pinch picks nothing', async () => {
    const map = await open(await createShow(demoTheatrePlan()), PHONE)
    const before = await map.pointOf('Stalls P1')
    await pinch(map, 60, 240)
    const near = await map.pointOf('Stalls P1')
    assert.ok(Math.abs(near.size / before.size - 4) < 0.2, `${near.size} of ${before.size}`)
    await pinch(map, 300, 30)
    const far = await map.pointOf('Stalls P1')
    assert.deepEqual(far, before)
    assert.deepEqual(await map.picked(), [])
    await map.close()
  })

  test('nothing jumps while seats are picked, refused, held and given back', async () => {
    const show = await createShow()
    const map = await open(show, PHONE)
    const places = () =>
      map.map.evaluate((el: RowlockSeatMap) => {
        const parts = ['.legend', '.stage', '.panel', '.words']
        return parts.map((part) => {
          const box = el.shadowRoot?.querySelector(part)?.getBoundingClientRect()
          return [part, box?.top, box?.height]
        })
      })
    const first = await places()
    for (const label of ['A1', 'A2', 'B3', 'C4', 'D5', 'E6']) await map.press(label, 'tap')
    assert.deepEqual(await places(), first)
    await map.button('Hold 6 seats').click()
    await map.hears('hold')
    assert.deepEqual(await places(), first)
    await map.press('A1', 'tap')
    assert.deepEqual(await places(), first)
    await map.button('Give back').click()
    await map.hears('release')
    assert.deepEqual(await places(), first)
    await map.close()
  })

  test('it fits every width, with prices, a hold and a way on; nothing is cut off', async () => {
    const attributes = { currency: 'GBP' }
    const map = await open(await createShow(demoTheatrePlan()), { ...PHONE, attributes })
    await map.map.evaluate((el: RowlockSeatMap) => {
      el.prices = { premium: 85, first: 60, second: 40, third: 25, box: 95 }
      const pay = document.createElement('button')
      pay.slot = 'held'
      pay.textContent = 'Go to payment'
      el.append(pay)
    })
    await map.map.evaluate((el: RowlockSeatMap) => el.hold({ quantity: 2 }))
    for (const width of [320, 360, 390, 480, 620, 640, 768, 900, 1024, 1280, 1920]) {
      await map.page.setViewportSize({ width, height: 844 })
      const found = await map.map.evaluate((el: RowlockSeatMap) => {
        const inside = el.shadowRoot?.querySelectorAll('.panel button, .panel b, .zoom, .badge')
        const right = Math.max(
          ...[...(inside ?? []), ...el.children].map((one) => one.getBoundingClientRect().right),
        )
        return { right, page: document.documentElement.scrollWidth, edge: innerWidth }
      })
      assert.ok(found.right <= found.edge && found.page <= found.edge, JSON.stringify(found))
    }
    await map.close()
  })

  test('it fits 320 pixels, and nothing is wider than the screen', async () => {
    const map = await open(await createShow(demoTheatrePlan()), {
      ...PHONE,
      viewport: { width: 320, height: 640 },
    })
    await map.map.evaluate((el: RowlockSeatMap) => el.select(['Stalls A1', 'Stalls A2']))
    await map.button('Hold 2 seats').click()
    await map.hears('hold')
    const width = await map.page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(width <= 320, String(width))
    const { right } = await map.map.evaluate((el: RowlockSeatMap) => {
      const buttons = [...(el.shadowRoot?.querySelectorAll('.panel button') ?? [])]
      const seen = buttons.map((button) => button.getBoundingClientRect())
      return { right: Math.max(...seen.map(({ right }) => right)) }
    })
    assert.ok(right <= 320, String(right))
    await map.close()
  })
})
