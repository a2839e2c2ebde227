import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  generatePlan,
  neighbours,
  parsePlan,
  planFromGrid,
  type SeatPlace,
} from '../../src/plans/index.ts'
import { fixture } from './mistakes-of.ts'

type At = [label: string, x: number, y: number, row?: string | null]

function placesOf(seats: At[]): SeatPlace[] {
  const plan = parsePlan('rowlock', {
    seats: seats.map(([label, x, y, row = 'A']) => ({ label, number: label, x, y, row })),
  })
  return neighbours(plan)
}

function placeNumbers(seats: At[]): number[] {
  return placesOf(seats).map(({ place }) => place)
}

test('seats side by side have places that differ by one, rows are numbered in plan order', () => {
  const places = neighbours(planFromGrid({ rows: 'B,A', seatsPerRow: 3 }))
  assert.deepEqual(places.slice(2, 5), [
    { rowIndex: 0, place: 2, left: 1, right: null },
    { rowIndex: 1, place: 0, left: null, right: 4 },
    { rowIndex: 1, place: 1, left: 3, right: 5 },
  ])
})

test('positions decide the order, whatever the numbers say', () => {
  const odd: At[] = [
    ['1', 150, 0],
    ['2', 200, 0],
    ['3', 100, 0],
  ]
  assert.deepEqual(placeNumbers(odd), [1, 2, 0])
})

test('numbers decide where positions do not', () => {
  const heap: At[] = [
    ['10', 0, 0],
    ['9', 0, 0],
    ['2', 0, 0],
  ]
  assert.deepEqual(placeNumbers(heap), [2, 1, 0])
})

test('an aisle parts neighbours: the place jumps by two', () => {
  const row: At[] = [0, 50, 100, 200, 250].map((x, index) => [String(index), x, 0])
  const places = placesOf(row)
  assert.deepEqual(
    places.map(({ place }) => place),
    [0, 1, 2, 4, 5],
  )
  assert.equal(places[2]?.right, null)
  assert.equal(places[3]?.left, null)
  assert.equal(places[3]?.right, 4)
})

test('a gap of up to 1.8 times the usual distance is no aisle, a wider one is', () => {
  const row = (gap: number): At[] =>
    [0, 50, 100, 100 + gap].map((x, index) => [String(index), x, 0])
  assert.deepEqual(placeNumbers(row(90)), [0, 1, 2, 3])
  assert.deepEqual(placeNumbers(row(91)), [0, 1, 2, 4])
})

test('of three seats the lonely one is apart, two seats are always together', () => {
  assert.deepEqual(
    placeNumbers([
      ['1', 0, 0],
      ['2', 50, 0],
      ['3', 200, 0],
    ]),
    [0, 1, 3],
  )
  assert.deepEqual(
    placeNumbers([
      ['1', 0, 0],
      ['2', 500, 0],
    ]),
    [0, 1],
  )
})

test('upright, slanting and bowed rows are followed along their length', () => {
  const upright: At[] = [2, 0, 1].map((step) => [String(step), 7, step * 50])
  assert.deepEqual(placeNumbers(upright), [2, 0, 1])
  const slanting: At[] = [2, 0, 1].map((step) => [String(step), step * 50, step * -80])
  assert.deepEqual(placeNumbers(slanting), [2, 0, 1])
  const horseshoe: At[] = Array.from({ length: 13 }, (_, step) => {
    const angle = (step / 12) * Math.PI
    return [String(step), -500 * Math.cos(angle), 500 * Math.sin(angle)]
  })
  const found = placeNumbers(horseshoe)
  const rising = found.map((_, step) => step)
  assert.ok([rising.join(), rising.toReversed().join()].includes(found.join()), found.join())
})

test('the seats of a round table are followed around it', () => {
  const places = neighbours(parsePlan('seatsio', fixture('sampleChartWithTables.json')))
  assert.deepEqual(
    places.slice(0, 6).map(({ place }) => place),
    [0, 1, 2, 3, 4, 5],
  )
  assert.equal(places[6]?.rowIndex, 1)
})

/** Seats around a middle, from one angle on, in degrees. */
function around(count: number, degrees: number): At[] {
  return Array.from({ length: count }, (_, step) => {
    const angle = (step / count) * degrees * (Math.PI / 180)
    return [String(step + 1), 100 * Math.cos(angle), 100 * Math.sin(angle)]
  })
}

test('a round table is round, one with an opening is not', () => {
  for (const count of [4, 5, 8, 12]) {
    const places = placesOf(around(count, 360))
    assert.ok(
      places.every(({ left, right }) => left !== null && right !== null),
      String(count),
    )
    for (const [seat, { right }] of places.entries()) {
      assert.equal(places[right as number]?.left, seat)
    }
  }
  const horseshoe = placesOf(around(8, 270))
  assert.equal(horseshoe.filter(({ left }) => left === null).length, 1)
  assert.equal(horseshoe.filter(({ right }) => right === null).length, 1)
})

test('seats of no row are beside nobody, on whatever line they lie', () => {
  const seats: At[] = [
    ['x', 0, 0, null],
    ['y', 50, 0, null],
    ['z', 0, 50, null],
  ]
  assert.deepEqual(
    placesOf(seats).map(({ rowIndex }) => rowIndex),
    [0, 1, 2],
  )
  assert.ok(placesOf(seats).every(({ left, right }) => left === null && right === null))
})

test('the same row name in two sections is two rows', () => {
  const places = neighbours(parsePlan('seatsio', fixture('sampleChartWithSections.json')))
  assert.equal(new Set(places.map(({ rowIndex }) => rowIndex)).size, 6 + 7)
})

test('general admission is one row, its places follow each other without aisles', () => {
  const places = neighbours(parsePlan('seatsio', fixture('sampleChart.json')))
  assert.deepEqual(
    places.slice(32, 132).map(({ place }) => place),
    Array.from({ length: 100 }, (_, index) => index),
  )
  assert.deepEqual([...new Set(places.map(({ rowIndex }) => rowIndex))], [0, 1, 2, 3, 4, 5])
})

test('every seat has a place of its own, and neighbours agree, in a stadium of 80,000', () => {
  const places = neighbours(generatePlan({ shape: 'stadium', seats: 80_000 }))
  const seen = new Set(places.map(({ rowIndex, place }) => `${rowIndex} ${place}`))
  assert.equal(seen.size, 80_000)
  places.forEach(({ rowIndex, place, right }, seat) => {
    if (right === null) return
    assert.equal(places[right]?.left, seat)
    assert.deepEqual([places[right]?.rowIndex, places[right]?.place], [rowIndex, place + 1])
  })
})
