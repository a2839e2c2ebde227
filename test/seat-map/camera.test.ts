import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Camera } from '../../web/seat-map/drawing/camera.ts'
import {
  type Color,
  contrast,
  difference,
  inkFor,
  standOut,
} from '../../web/seat-map/drawing/color.ts'
import { runs } from '../support/runs.ts'

const BOUNDS = { left: -500, top: 100, right: 2_500, bottom: 1_300 }

function camera(width = 800, height = 600): Camera {
  const camera = new Camera(BOUNDS, 50)
  camera.resize(width, height)
  camera.set(camera.fitted)
  return camera
}

describe('the camera', () => {
  test('shows all of the house at first, at any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 320, max: 2_000 }),
        fc.integer({ min: 240, max: 1_500 }),
        (w, h) => {
          const { box } = camera(w, h)
          assert.ok(box.left <= BOUNDS.left + 1e-6 && box.right >= BOUNDS.right - 1e-6)
          assert.ok(box.top <= BOUNDS.top + 1e-6 && box.bottom >= BOUNDS.bottom - 1e-6)
        },
      ),
      runs('sizes of a map', 100),
    )
  })

  test('zooms around a point that stays where it is', () => {
    const one = camera()
    one.set({ x: 900, y: 700, scale: 0.6 })
    const before = one.toPlan(400, 300)
    one.set(one.zoomed(1.7, 400, 300))
    const after = one.toPlan(400, 300)
    assert.ok(Math.hypot(before.x - after.x, before.y - after.y) < 1e-6)
  })

  test('never loses the house, whatever is asked', () => {
    const number = fc.double({ min: -1e5, max: 1e5, noNaN: true })
    const scale = fc.double({ min: 1e-4, max: 1e3, noNaN: true })
    fc.assert(
      fc.property(number, number, scale, (x, y, scale) => {
        const one = camera()
        one.set({ x, y, scale })
        const { box } = one
        assert.ok(box.left < BOUNDS.right && box.right > BOUNDS.left)
        assert.ok(box.top < BOUNDS.bottom && box.bottom > BOUNDS.top)
        assert.ok(one.pitchPx <= 72.001)
      }),
      runs('places of a camera', 100),
    )
  })

  test('keeps the house in full view when its element grows or shrinks', () => {
    const one = camera()
    one.resize(390, 500)
    assert.ok(one.isFit)
    one.resize(1_280, 700)
    assert.ok(one.isFit)
  })
})

describe('colours', () => {
  const channel = fc.integer({ min: 0, max: 255 })
  const color = fc.tuple(channel, channel, channel, fc.constant(1)) as fc.Arbitrary<Color>

  const grounds: Color[] = [
    [246, 245, 242, 1],
    [23, 21, 27, 1],
  ]

  test('of any house stand out on paper and on dark screens', () => {
    fc.assert(
      fc.property(color, fc.constantFrom(...grounds), (own, ground) => {
        assert.ok(contrast(standOut(own, ground, 3.2), ground) >= 3.2)
      }),
      runs('colours', 100),
    )
  })

  test('have one ink in a theme that can be read on all of them', () => {
    fc.assert(
      fc.property(color, fc.constantFrom(...grounds), (own, ground) => {
        const ink = inkFor(ground)
        const fill = standOut(standOut(own, ground, 3.2), ink, 4.5)
        assert.ok(contrast(ink, fill) >= 4.5)
        assert.ok(contrast(fill, ground) >= 3.2)
      }),
      runs('inks', 100),
    )
  })

  test('are near where people take them for the same, and far where they do not', () => {
    assert.ok(difference([59, 111, 182, 1], [74, 123, 208, 1]) < 20, 'two blues')
    assert.ok(difference([59, 111, 182, 1], [125, 86, 168, 1]) > 20, 'blue and violet')
    assert.ok(Math.abs(difference([0, 0, 0, 1], [255, 255, 255, 1]) - 100) < 0.1)
  })

  test('are as different as WCAG says', () => {
    assert.ok(Math.abs(contrast([0, 0, 0, 1], [255, 255, 255, 1]) - 21) < 1e-9)
    assert.ok(Math.abs(contrast([119, 119, 119, 1], [255, 255, 255, 1]) - 4.48) < 0.01)
  })
})
