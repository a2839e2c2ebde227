import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appendLabels, neighbours, planFromLabels } from '../../src/plans/index.ts'
import { LIMITS } from '../../src/protocol/index.ts'
import { mistakesOf, refusalOf } from './mistakes-of.ts'

function partsOf(label: string): (string | null)[] {
  const [seat] = planFromLabels([label]).seats
  return [seat?.row ?? null, seat?.number ?? null]
}

test('labels are stored as printed, without needless blanks, and numbered as in the list', () => {
  const { seats } = planFromLabels(['A2', ' A1 ', ' c  5 ', 'Ｂ１'])
  assert.deepEqual(
    seats.map(({ label }) => label),
    ['A2', 'A1', 'c 5', 'B1'],
  )
})

test('row and number are read from the label where it has them', () => {
  assert.deepEqual(partsOf('B12'), ['B', '12'])
  assert.deepEqual(partsOf('AA-7'), ['AA', '7'])
  assert.deepEqual(partsOf('c 5'), ['c', '5'])
  assert.deepEqual(partsOf('1-11'), ['1', '11'])
  assert.deepEqual(partsOf('12C'), ['12', 'C'])
  assert.deepEqual(partsOf('Stalls B12a'), ['Stalls B', '12a'])
  assert.deepEqual(partsOf('17'), [null, '17'])
  assert.deepEqual(partsOf('Royal Box'), [null, 'Royal Box'])
})

test('rows lie in their natural order, seats at their numbers, in whatever order they come', () => {
  const { seats } = planFromLabels(['B1', 'A2', 'A1', 'A10', 'B2'])
  const at = new Map(seats.map((seat) => [seat.label, seat]))
  const spot = (label: string) => at.get(label) ?? assert.fail(label)
  assert.ok(spot('A1').y < spot('B1').y)
  assert.equal(spot('A1').x, spot('B1').x)
  assert.ok(spot('A1').x < spot('A2').x && spot('A2').x < spot('A10').x)
  assert.equal(spot('A1').y, spot('A10').y)
})

test('a row whose capitals differ is one row', () => {
  const { seats } = planFromLabels(['C1', 'c2'])
  assert.deepEqual(
    seats.map(({ row }) => row),
    ['C', 'C'],
  )
  assert.equal(neighbours(planFromLabels(['C1', 'c2']))[0]?.right, 1)
})

test('labels that are there twice are refused, each with its place and that of the first', () => {
  const mistakes = mistakesOf(() => planFromLabels(['A1', 'B1', ' a1', 'b1 ', 'B1']))
  assert.deepEqual(mistakes, [
    { path: 'seats[2]', message: 'Seat "a1" already exists, at seats[0].' },
    { path: 'seats[3]', message: 'Seat "b1" already exists, at seats[1].' },
    { path: 'seats[4]', message: 'Seat "B1" already exists, at seats[1].' },
  ])
})

test('labels that cannot be stored or printed are refused with their place', () => {
  const bad = ['', '   ', 'x\0', '\ud800', 'x'.repeat(LIMITS.labelLengthMax + 1), 'ﷺ'.repeat(9e5)]
  bad.forEach((label) => {
    const [mistake] = mistakesOf(() => planFromLabels(['A1', label], 'body.seats'))
    assert.equal(mistake?.path, 'body.seats[1]')
  })
  assert.equal(mistakesOf(() => planFromLabels([]))[0]?.path, 'seats')
  const many = Array.from({ length: LIMITS.seatsPerPlanMax + 1 }, (_, index) => `A${index}`)
  assert.equal(mistakesOf(() => planFromLabels(many))[0]?.path, 'seats')
})

test('as many labels as a plan may have make a plan, in one row or in none', () => {
  for (const letter of ['A', '']) {
    const many = Array.from({ length: LIMITS.seatsPerPlanMax }, (_, index) => `${letter}${index}`)
    assert.equal(planFromLabels(many).seats.length, many.length)
  }
})

test('added seats go beside those that are there, and only they are returned', () => {
  const plan = planFromLabels(['A1', 'A2', 'B1', 'Box'])
  const added = appendLabels(plan, ['A3', 'a4', 'C1', 'Lodge', 'A3b'])
  assert.deepEqual(
    added.map(({ label }) => label),
    ['A3', 'a4', 'C1', 'Lodge', 'A3b'],
  )
  const all = [...plan.seats, ...added]
  assert.equal(new Set(all.map(({ x, y }) => `${x} ${y}`)).size, all.length, 'no two in one place')
  assert.equal(added[0]?.y, plan.seats[0]?.y)
  assert.ok(added[2] && all.every((seat) => seat === added[2] || seat.y <= (added[2]?.y ?? 0)))
  assert.equal(neighbours({ seats: all, sections: [] })[1]?.right, 4)
})

test('seats that exist already are refused by name, and none is added', () => {
  const plan = planFromLabels(['A1', 'A2'])
  const refusal = refusalOf(() => appendLabels(plan, ['A3', 'a2 ', 'A1']), 'seats_exist')
  assert.deepEqual(refusal.details.mistakes, [
    { path: 'seats[1]', message: 'Seat A2 exists.' },
    { path: 'seats[2]', message: 'Seat A1 exists.' },
  ])
  assert.match(refusal.message, /none were added: A2, A1\./)
})

test('of two faults in added labels, the labels themselves are named first', () => {
  const plan = planFromLabels(['A1', 'A2'])
  assert.equal(mistakesOf(() => appendLabels(plan, ['A1', 'A3', 'A3']))[0]?.path, 'seats[2]')
  assert.equal(mistakesOf(() => appendLabels(plan, []))[0]?.path, 'seats')
})

test('a plan does not grow beyond the greatest number of seats', () => {
  const many = Array.from({ length: LIMITS.seatsPerPlanMax }, (_, index) => `A${index + 1}`)
  const plan = planFromLabels(many)
  const [mistake] = mistakesOf(() => appendLabels(plan, ['B1']))
  assert.equal(mistake?.path, 'seats')
  assert.match(mistake?.message ?? '', /100001 seats/)
})
