import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { demoTheatrePlan, generatePlan } from '../../src/plans/index.ts'
import { isInside } from '../../web/seat-map/house/areas.ts'
import { findSeat, type House, seatNoOf } from '../../web/seat-map/house/house.ts'
import { type Direction, nextSeat, seatInRow } from '../../web/seat-map/house/next-seat.ts'
import { houseOf } from './house-of.ts'

const HOUSES = {
  'a theatre with boxes': houseOf(demoTheatrePlan()),
  'a grid': houseOf(generatePlan({ shape: 'grid', seats: 200 })),
  'an arena with a floor': houseOf(generatePlan({ shape: 'arena', seats: 3_000 })),
  'a stadium': houseOf(generatePlan({ shape: 'stadium', seats: 8_000 })),
}
const DIRECTIONS: Direction[] = ['left', 'right', 'up', 'down']

function towards(house: House, from: number, to: number): Direction | undefined {
  return DIRECTIONS.find((direction) => nextSeat(house, from, direction) === to)
}

for (const [name, house] of Object.entries(HOUSES)) {
  describe(name, () => {
    test('has every seat in exactly one row, or in an area', () => {
      const inRows = house.rows.flatMap(({ seats }) => seats)
      const inAreas = house.areas.flatMap(({ seats }) => seats)
      const all = [...inRows, ...inAreas].sort((a, b) => a - b)
      assert.deepEqual(
        all,
        Array.from({ length: house.seatCount }, (_, seatNo) => seatNo),
      )
    })

    test('is walked from seat to seat along every row with the arrows, both ways', () => {
      for (const { seats } of house.rows) {
        seats.forEach((seatNo, at) => {
          const next = seats[at + 1]
          if (next === undefined) return
          assert.ok(towards(house, seatNo, next) !== undefined, `${seatNo} to ${next}`)
          assert.ok(towards(house, next, seatNo) !== undefined, `${next} to ${seatNo}`)
        })
      }
    })

    test('is walked from row to row', () => {
      house.rows.forEach(({ seats }, index) => {
        const next = seatInRow(house, seats[0] as number, 1)
        if (index < house.rows.length - 1) assert.equal(house.rowOf[next ?? -1], index + 1)
        else assert.equal(next, null)
      })
    })

    test('has no two seats that overlap by much', () => {
      const radius = 0.42 * house.pitch
      for (const seatNo of house.seats) {
        const [x, y] = [house.xs[seatNo] as number, house.ys[seatNo] as number]
        const box = { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }
        house.index.forEachIn(box, (other) => {
          const dx = (house.xs[other] as number) - x
          const dy = (house.ys[other] as number) - y
          if (other !== seatNo) assert.ok(Math.hypot(dx, dy) > 1.5 * radius)
        })
      }
    })

    test('is searched by what people type', () => {
      const { labels } = house.map.seats
      for (const seatNo of [0, house.seatCount >> 1, house.seatCount - 1]) {
        const label = labels[seatNo] as string
        assert.equal(findSeat(house, ` ${label.toLowerCase()} `), seatNo)
        assert.equal(seatNoOf(house, label), seatNo)
      }
      assert.equal(findSeat(house, 'nowhere 1'), null)
      assert.equal(findSeat(house, ' '), null)
    })
  })
}

describe('finding what is under a finger', () => {
  const house = HOUSES['a stadium']

  test('gives the nearest seat, and none where there is none', () => {
    for (let seatNo = 0; seatNo < house.seatCount; seatNo += 97) {
      const [x, y] = [house.xs[seatNo] as number, house.ys[seatNo] as number]
      assert.equal(house.index.nearest(x + 1, y - 1, house.pitch / 2), seatNo)
    }
    assert.equal(house.index.nearest(house.bounds.left, house.bounds.top, 1), null)
  })

  test('looks only at what is near', () => {
    const [x, y] = [house.xs[0] as number, house.ys[0] as number]
    let count = 0
    const reach = 2 * house.pitch
    const box = { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach }
    house.index.forEachIn(box, () => {
      count += 1
    })
    assert.ok(count > 3 && count < 60, String(count))
  })

  test('knows what lies inside an area', () => {
    const [floor] = HOUSES['an arena with a floor'].areas
    assert.ok(floor !== undefined)
    assert.ok(isInside(floor.outline, floor.centre.x, floor.centre.y))
    assert.ok(!isInside(floor.outline, -1e6, floor.centre.y))
  })
})
