import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planFromGrid } from '../../src/plans/index.ts'
import { mistakesOf, pathsOf } from './mistakes-of.ts'

function labels(rows: string | string[], seatsPerRow = 1): string {
  return planFromGrid({ rows, seatsPerRow })
    .seats.map(({ label }) => label)
    .join(' ')
}

test('rows A-C with two seats each are A1 to C2, numbered in this order', () => {
  assert.equal(labels('A-C', 2), 'A1 A2 B1 B2 C1 C2')
})

test('rows may be letters, doubled letters, single ones, lists, small letters or backwards', () => {
  assert.equal(labels('A'), 'A1')
  assert.equal(labels('AA-AC'), 'AA1 AB1 AC1')
  assert.equal(labels('Y-AB'), 'Y1 Z1 AA1 AB1')
  assert.equal(labels('A-C,E'), 'A1 B1 C1 E1')
  assert.equal(labels([' A ', 'C-D', 'Gallery']), 'A1 C1 D1 Gallery1')
  assert.equal(labels('a-b'), 'a1 b1')
  assert.equal(labels('C-A'), 'C1 B1 A1')
})

test('numbered rows keep a dash, so that row 1 seat 11 is not row 11 seat 1', () => {
  assert.equal(labels('1-2', 2), '1-1 1-2 2-1 2-2')
  assert.equal(labels('09-11'), '09-1 10-1 11-1')
  const seat = planFromGrid({ rows: '1-20', seatsPerRow: 11 }).seats[10]
  assert.deepEqual([seat?.label, seat?.row, seat?.number], ['1-11', '1', '11'])
})

test('the grid is centred before its focal point, in one category', () => {
  const plan = planFromGrid({ rows: 'A-C', seatsPerRow: 4 })
  const xs = plan.seats.map(({ x }) => x)
  assert.equal((Math.min(...xs) + Math.max(...xs)) / 2, plan.width / 2)
  assert.equal(plan.focalPoint?.x, plan.width / 2)
  assert.ok(plan.seats.every(({ y }) => y > (plan.focalPoint?.y ?? 0) && y < plan.height))
  assert.deepEqual([...new Set(plan.seats.map(({ category }) => category))], ['standard'])
})

test('a grid may have as many seats as a plan, in one row or in one column', () => {
  assert.equal(planFromGrid({ rows: 'A', seatsPerRow: 100_000 }).seats.length, 100_000)
  assert.equal(planFromGrid({ rows: '1-100000', seatsPerRow: 1 }).seats.length, 100_000)
})

test('a grid that cannot be is refused with its place', () => {
  const refused: [unknown, string[]][] = [
    [{ rows: 'A-B', seatsPerRow: 0 }, ['seatsPerRow']],
    [{ rows: 'A-B', seatsPerRow: 1.5 }, ['seatsPerRow']],
    [{ rows: 'A-B', seatsPerRow: 100_001 }, ['seatsPerRow']],
    [{ rows: 'A-Z', seatsPerRow: 10_000 }, ['seatsPerRow']],
    [{ rows: 'A-b', seatsPerRow: 1 }, ['rows']],
    [{ rows: 'A-9', seatsPerRow: 1 }, ['rows']],
    [{ rows: '', seatsPerRow: 1 }, ['rows']],
    [{ rows: 'A,,B', seatsPerRow: 1 }, ['rows']],
    [{ rows: '1-900000', seatsPerRow: 1 }, ['rows']],
    [{ rows: 'A-ZZZZ', seatsPerRow: 1 }, ['rows']],
    [{ rows: 'A-C,b', seatsPerRow: 1 }, ['rows']],
    [{ rows: ['A', 'B', 'a'], seatsPerRow: 1 }, ['rows[2]']],
    [{ rows: [], seatsPerRow: 1 }, ['rows']],
    [{ rows: ['A\0'], seatsPerRow: 1 }, ['rows']],
    [{ rows: ['\ud800'], seatsPerRow: 1 }, ['rows']],
    [{ rows: 7, seatsPerRow: 1 }, ['rows']],
    [{ rows: 'A', seatsPerRow: 1, color: 'red' }, ['color']],
    [{}, ['rows', 'seatsPerRow']],
    [null, ['$']],
  ]
  for (const [grid, paths] of refused) {
    const found = pathsOf(() => planFromGrid(grid))
    assert.deepEqual([...new Set(found)], paths, JSON.stringify(grid))
  }
})

test('a grid inside of a larger body is refused with the place in that body', () => {
  const [mistake] = mistakesOf(() => planFromGrid({ rows: ['A', 'A'], seatsPerRow: 2 }, 'seats'))
  assert.deepEqual(mistake, { path: 'seats.rows[1]', message: 'Row "A" appears twice.' })
})
