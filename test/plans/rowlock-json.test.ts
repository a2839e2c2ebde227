import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoTheatrePlan, exportPlan, generatePlan, parsePlan } from '../../src/plans/index.ts'
import { fixture, mistakesOf, pathsOf } from './mistakes-of.ts'

const FULL = {
  name: 'Hall',
  width: 300,
  height: 200,
  focalPoint: { x: 150, y: 0 },
  categories: [{ key: 'a', name: 'Best', color: '#aabbcc', accessible: true }],
  sections: [
    {
      key: 's',
      name: 'Stalls',
      generalAdmission: false,
      entrance: 'North',
      outline: [{ x: 0, y: 0 }],
    },
  ],
  shapes: [
    {
      kind: 'text',
      x: 1,
      y: 2,
      width: 3,
      height: 4,
      rotation: 5,
      points: [{ x: 1, y: 1 }],
      text: 'Bar',
      color: '#000000',
    },
  ],
  seats: [
    {
      label: 'A1',
      section: 's',
      row: 'A',
      number: '1',
      category: 'a',
      x: 10.25,
      y: -3,
      accessible: true,
      companion: true,
      restrictedView: true,
      externalId: 'x-1',
    },
  ],
}

/** The full plan with one field of it replaced. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(FULL) as unknown as Record<string, unknown>
  const steps = path.split(/[.[\]]+/u).filter(Boolean)
  const last = steps.pop() as string
  const parent = steps.reduce((node, step) => node[step] as Record<string, unknown>, copy)
  parent[last] = value
  return copy
}

test('a plan with every field is read as it is', () => {
  assert.deepEqual(parsePlan('rowlock', FULL), FULL)
})

test('a plan by hand needs labels only', () => {
  const plan = parsePlan('rowlock', '{ "seats": [{ "label": "A1" }, { "label": " b2 " }] }')
  assert.deepEqual(
    plan.seats.map(({ label, row, number, category }) => [label, row, number, category]),
    [
      ['A1', 'A', '1', 'standard'],
      ['b2', 'b', '2', 'standard'],
    ],
  )
  assert.notEqual(plan.seats[0]?.y, plan.seats[1]?.y)
  assert.ok(plan.width > 0 && plan.height > 0 && plan.focalPoint)
})

test('with categories of its own, a seat without one has the first', () => {
  const plan = parsePlan('rowlock', {
    categories: [{ key: 'gold' }, { key: 'silver' }],
    seats: [{ label: 'A1' }, { label: 'A2', category: 'silver' }],
  })
  assert.deepEqual(
    plan.seats.map(({ category }) => category),
    ['gold', 'silver'],
  )
  assert.deepEqual(plan.categories[0], {
    key: 'gold',
    name: 'gold',
    color: null,
    accessible: false,
  })
})

test('what is written is read again as exactly the same', () => {
  const plans = [
    demoTheatrePlan(),
    parsePlan('seatsio', fixture('sampleChart.json')),
    parsePlan('pretix', fixture('pretix-playhouse.json')),
    parsePlan('grid', { rows: 'A-C', seatsPerRow: 3 }),
    generatePlan({ shape: 'arena', seats: 500 }),
    parsePlan('rowlock', { seats: [{ label: 'A1', x: -0, y: 1e-7 }] }),
  ]
  for (const plan of plans) {
    const text = exportPlan('rowlock', plan)
    assert.deepEqual(parsePlan('rowlock', text), plan)
    assert.equal(exportPlan('rowlock', parsePlan('rowlock', text)), text)
  }
})

test('each seat is a line of the file', () => {
  const text = exportPlan('rowlock', parsePlan('grid', { rows: 'A', seatsPerRow: 3 }))
  assert.equal(text.split('\n').filter((line) => line.includes('"label"')).length, 3)
})

test('what is wrong is refused with its place', () => {
  const wrong: [string, unknown][] = [
    ['name', 7],
    ['name', ''],
    ['name', 'n'.repeat(201)],
    ['width', 'wide'],
    ['width', -1],
    ['height', 2e6],
    ['focalPoint', 3],
    ['focalPoint.x', '1'],
    ['categories', {}],
    ['categories[0].key', ''],
    ['categories[0].key', 'k'.repeat(101)],
    ['categories[0].color', 'red'],
    ['categories[0].accessible', 1],
    ['categories[0].price', 12],
    ['sections[0].key', null],
    ['sections[0].name', ' '],
    ['sections[0].entrance', 'e'.repeat(201)],
    ['sections[0].outline[0].x', null],
    ['shapes[0].kind', 'star'],
    ['shapes[0].rotation', 1e7],
    ['shapes[0].text', 't'.repeat(1001)],
    ['shapes[0].points[0].y', 1e7],
    ['seats', 'A1'],
    ['seats', []],
    ['seats[0]', 'A1'],
    ['seats[0].label', 12],
    ['seats[0].label', ' '],
    ['seats[0].label', 'l'.repeat(161)],
    ['seats[0].row', 'r'.repeat(41)],
    ['seats[0].label', 'A\0'],
    ['seats[0].label', 'A\ud800'],
    ['seats[0].row', ''],
    ['seats[0].row', '\udc00'],
    ['seats[0].number', ''],
    ['seats[0].section', 'gone'],
    ['seats[0].category', 'gone'],
    ['seats[0].x', Number.NaN],
    ['seats[0].x', Number.POSITIVE_INFINITY],
    ['seats[0].y', -1_000_001],
    ['seats[0].y', '1'],
    ['seats[0].y', undefined],
    ['seats[0].accessible', 'yes'],
    ['seats[0].externalId', 'x'.repeat(201)],
    ['seats[0].colour', 'red'],
    ['secret', true],
  ]
  for (const [path, value] of wrong) {
    const found = pathsOf(() => parsePlan('rowlock', changed(path, value)))
    assert.equal(found[0], path)
  }
})

test('seats, categories and sections are unique', () => {
  const twice = {
    categories: [{ key: 'a' }, { key: 'a' }],
    sections: [{ key: 's' }, { key: 's' }],
    seats: [{ label: 'A1' }, { label: 'a 1' }, { label: 'a1' }],
  }
  assert.deepEqual(
    pathsOf(() => parsePlan('rowlock', twice)),
    ['categories[1].key', 'sections[1].key', 'seats[2].label'],
  )
})

test('either all seats have a position or none has', () => {
  const half = { seats: [{ label: 'A1', x: 1, y: 1 }, { label: 'A2' }] }
  assert.deepEqual(
    pathsOf(() => parsePlan('rowlock', half)),
    ['seats[1].x', 'seats[1].y'],
  )
})

test('fields of odd names are quoted in the path', () => {
  const odd = { seats: [{ label: 'A1', 'a b\0': 1 }] }
  assert.deepEqual(
    pathsOf(() => parsePlan('rowlock', odd)),
    ['seats[0]["a b\\u0000"]'],
  )
})

test('there are at most 50 mistakes, even when a million elements are wrong', () => {
  const seats = new Array(1_000_000).fill(0)
  assert.deepEqual(
    pathsOf(() => parsePlan('rowlock', { seats })),
    ['seats'],
  )
  const mistakes = mistakesOf(() => parsePlan('rowlock', { seats: seats.slice(0, 99_999) }))
  assert.equal(mistakes.length, 50)
  const points = seats.slice(0, 200_000)
  const outlined = { sections: [{ key: 's', outline: points }], seats: [{ label: 'A1' }] }
  assert.deepEqual(
    pathsOf(() => parsePlan('rowlock', outlined)),
    ['sections[0].outline'],
  )
})

test('80,000 seats are read', () => {
  const text = exportPlan('rowlock', generatePlan({ shape: 'stadium', seats: 80_000 }))
  assert.equal(parsePlan('rowlock', text).seats.length, 80_000)
})
