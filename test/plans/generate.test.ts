import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  demoCinemaPlan,
  demoTheatrePlan,
  generatePlan,
  neighbours,
  PLAN_SHAPES,
  type PlanShapeName,
} from '../../src/plans/index.ts'
import type { PlanSpec } from '../../src/protocol/index.ts'
import { pathsOf } from './mistakes-of.ts'

function distanceMin(plan: PlanSpec): number {
  // Rows are short, so comparing each seat with the next few of its row is enough.
  const rows = Map.groupBy(plan.seats, ({ section, row }) => `${section} ${row}`)
  let least = Number.POSITIVE_INFINITY
  for (const row of rows.values()) {
    row.slice(1).forEach((seat, index) => {
      const before = row[index] ?? seat
      least = Math.min(least, Math.hypot(seat.x - before.x, seat.y - before.y))
    })
  }
  return least
}

test('every house has exactly as many seats as asked for', () => {
  for (const shape of PLAN_SHAPES) {
    for (const seats of [1, 2, 7, 50, 99, 100, 199, 200, 777, 5_000, 33_333, 100_000]) {
      assert.equal(generatePlan({ shape, seats }).seats.length, seats, `${shape} ${seats}`)
    }
  }
})

test('the same house is the same every time', () => {
  for (const shape of PLAN_SHAPES) {
    assert.deepEqual(generatePlan({ shape, seats: 321 }), generatePlan({ shape, seats: 321 }))
  }
})

test('a house may have 80,000 seats', () => {
  for (const shape of PLAN_SHAPES) {
    assert.equal(generatePlan({ shape, seats: 80_000 }).seats.length, 80_000)
  }
})

test('seats that are chosen do not overlap, and all are inside the drawing', () => {
  for (const shape of PLAN_SHAPES) {
    const plan = generatePlan({ shape, seats: 3_000 })
    const chosen = { ...plan, seats: plan.seats.filter(({ section }) => section !== 'Floor') }
    assert.ok(distanceMin(chosen) > 45, `${shape}: ${distanceMin(chosen)}`)
    for (const { x, y } of plan.seats) {
      assert.ok(x > 0 && x < plan.width && y > 0 && y < plan.height)
    }
  }
})

test('a theatre has stalls and a circle, dearer in front, aisles and wheelchair spaces', () => {
  const plan = generatePlan({ shape: 'theatre', seats: 1_200 })
  assert.deepEqual(
    plan.sections.map(({ name }) => name),
    ['Stalls', 'Circle'],
  )
  assert.deepEqual([plan.seats[0]?.label, plan.seats[0]?.category], ['Stalls A1', 'premium'])
  assert.equal(plan.seats.at(-1)?.category, 'third')
  const places = neighbours(plan).filter(({ rowIndex }) => rowIndex === 0)
  assert.equal(places.filter(({ left }) => left === null).length, 3, 'three blocks in row A')
  const spaces = plan.seats.filter(({ accessible }) => accessible)
  assert.ok(spaces.length >= 8)
  assert.equal(plan.seats.filter(({ companion }) => companion).length, spaces.length)
})

test('an arena has a standing floor, and worse seats behind the stage', () => {
  const plan = generatePlan({ shape: 'arena', seats: 6_000 })
  assert.deepEqual(
    plan.sections.filter(({ generalAdmission }) => generalAdmission).map(({ key }) => key),
    ['Floor'],
  )
  assert.equal(plan.seats.filter(({ section }) => section === 'Floor').length, 1_000)
  const behind = plan.seats.filter(({ restrictedView }) => restrictedView)
  assert.ok(behind.length > 0 && behind.every(({ y }) => y < (plan.focalPoint?.y ?? 0)))
})

test('a stadium has tiers of numbered sections around the pitch', () => {
  const plan = generatePlan({ shape: 'stadium', seats: 80_000 })
  const tiers = new Set(plan.sections.map(({ key }) => key[0]))
  assert.deepEqual([...tiers], ['1', '2', '3'])
  assert.equal(plan.seats[0]?.label, '101 A1')
  assert.ok(plan.sections.every(({ outline }) => outline.length >= 4))
})

test('a house of no size or of no known shape is refused', () => {
  for (const seats of [0, -1, 1.5, Number.NaN, 100_001]) {
    assert.deepEqual(
      pathsOf(() => generatePlan({ shape: 'grid', seats })),
      ['seats'],
    )
  }
  const shape = 'pyramid' as PlanShapeName
  assert.deepEqual(
    pathsOf(() => generatePlan({ shape, seats: 5 })),
    ['shape'],
  )
})

test('the demo cinema has 50 seats, A1 to E10, a screen and two price classes', () => {
  const plan = demoCinemaPlan()
  const labels = plan.seats.map(({ label }) => label)
  assert.deepEqual([labels.length, labels[0], labels[49]], [50, 'A1', 'E10'])
  assert.ok(plan.shapes.some(({ text }) => text === 'Screen'))
  assert.equal(new Set(plan.seats.map(({ category }) => category)).size, 2)
  assert.ok(plan.seats.some(({ accessible }) => accessible))
})

test('the demo theatre has about 1,000 seats in stalls, circle, balcony and boxes', () => {
  const plan = demoTheatrePlan()
  assert.ok(Math.abs(plan.seats.length - 1_000) < 60, String(plan.seats.length))
  assert.deepEqual(
    plan.sections.map(({ name }) => name),
    ['Stalls', 'Circle', 'Balcony', 'Boxes'],
  )
  assert.ok(plan.categories.every(({ color }) => color !== null))
  assert.ok(plan.shapes.some(({ text }) => text === 'Stage'))
  const mirror = new Set(plan.seats.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`))
  const isMirrored = ({ x, y }: { x: number; y: number }) =>
    [-1, 0, 1].some((off) => mirror.has(`${Math.round(plan.width - x) + off} ${Math.round(y)}`))
  assert.ok(plan.seats.every(isMirrored), 'left and right are alike')
})
