import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePlan } from '../../src/plans/index.ts'
import { fixture, pathsOf } from './mistakes-of.ts'

type Json = Record<string, unknown>
const seat = (label: string, more: Json = {}) => ({ label, x: 1, y: 2, categoryKey: 1, ...more })

function chart(subChart: Json, root: Json = {}): Json {
  return { name: 'Chart', categories: { list: [{ key: 1, label: 'One' }] }, subChart, ...root }
}

test('rows and standing areas: 4 rows of 8 seats and two areas of 100 places', () => {
  const plan = parsePlan('seatsio', fixture('sampleChart.json'))
  assert.deepEqual([plan.name, plan.width, plan.height], ['Sample chart', 442.44, 186])
  assert.deepEqual(plan.focalPoint, { x: 225, y: 33.23 })
  const labels = plan.seats.map(({ label }) => label)
  assert.deepEqual(
    [labels[0], labels[31], labels[32], labels[231]],
    ['A-1', 'D-8', 'GA1-1', 'GA2-100'],
  )
  assert.deepEqual(
    plan.sections.map(({ key, generalAdmission }) => [key, generalAdmission]),
    [
      ['GA1', true],
      ['GA2', true],
    ],
  )
  assert.equal(plan.seats[0]?.externalId, 'uuid288')
  assert.equal(plan.seats.filter(({ accessible }) => accessible).length, 1)
  assert.deepEqual(
    plan.categories.map(({ key, name, color }) => [key, name, color]),
    [
      ['9', 'Cat1', '#87a9cd'],
      ['10', 'Cat2', '#5e42ed'],
      ['string11', 'Cat3', '#5e42bb'],
    ],
  )
  assert.deepEqual(
    plan.shapes.map(({ kind, text, color }) => [kind, text, color]),
    [['rectangle', 'Stage', '#d0d1d2']],
  )
})

test('the places of a standing area are spread inside its ellipse, no two in one place', () => {
  const { seats } = parsePlan('seatsio', fixture('sampleChart.json'))
  const places = seats.filter(({ section }) => section === 'GA1')
  assert.equal(new Set(places.map(({ x, y }) => `${x} ${y}`)).size, 100)
  for (const { x, y } of places) {
    assert.ok(((x - 53.22) / 52.23) ** 2 + ((y - 139.45) / 45.56) ** 2 < 1)
  }
})

test('sections: labels, categories, entrances and positions come from the section', () => {
  const plan = parsePlan('seatsio', fixture('sampleChartWithSections.json'))
  assert.equal(plan.seats.length, 36 + 35)
  const [first] = plan.seats
  assert.deepEqual(
    [first?.label, first?.section, first?.category],
    ['Section A-A-1', 'Section A', '1'],
  )
  const inB = plan.seats.find(({ label }) => label === 'Section B-A-1')
  assert.deepEqual([inB?.x, inB?.y, inB?.category], [206.19, 45.25, '4'])
  assert.equal(plan.sections[1]?.entrance, 'Entrance 2')
  assert.equal(plan.sections[1]?.outline.length, 4)
})

test('tables: each seat is sold by itself, also where the table is booked as a whole', () => {
  const plan = parsePlan('seatsio', fixture('sampleChartWithTables.json'))
  assert.deepEqual(
    plan.seats.map(({ label }) => label).filter((label) => label.endsWith('1')),
    ['T1-1', 'T2-1'],
  )
  assert.equal(plan.seats.length, 12)
  assert.deepEqual(
    plan.shapes.map(({ kind, text }) => [kind, text]),
    [
      ['circle', 'T1'],
      ['circle', 'T2'],
    ],
  )
})

test('booths are one seat each, flags are kept, a label may be a number', () => {
  const plan = parsePlan(
    'seatsio',
    chart({
      booths: [{ label: 'B7', categoryKey: 1, center: { x: 5, y: 6 }, width: 4, height: 4 }],
      rows: [{ label: 3, seats: [seat('4', { companionSeat: true, restrictedView: true })] }],
    }),
  )
  const [row, booth] = plan.seats
  assert.deepEqual([row?.label, row?.companion, row?.restrictedView], ['3-4', true, true])
  assert.deepEqual([booth?.label, booth?.row, booth?.x, booth?.y], ['B7', null, 5, 6])
})

test('floors are drawn below each other, their drawing in subChart or directly', () => {
  const rows = [{ label: 'A', seats: [seat('1')] }]
  const upper = { height: 100, width: 50, rows: [{ label: 'B', seats: [seat('1')] }] }
  const plan = parsePlan('seatsio', {
    ...chart({}),
    subChart: undefined,
    subChartFloors: [{ name: 'Ground', subChart: { height: 80, width: 90, rows } }, upper],
  })
  assert.deepEqual(
    plan.seats.map(({ label, y }) => [label, y]),
    [
      ['A-1', 2],
      ['B-1', 2 + 80 + 60],
    ],
  )
  assert.equal(plan.width, 90)
  assert.ok(plan.height >= 240)
})

test('a standing area in a section, of any shape, is a section of its own', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 0, y: 100 },
  ]
  const area = { label: 'Pit', capacity: 50, type: 'polygon', points }
  const section = {
    label: 'Floor',
    categoryKey: 1,
    topLeft: { x: 1000, y: 0 },
    subChart: { generalAdmissionAreas: [area] },
  }
  const plan = parsePlan('seatsio', chart({ sections: [section] }))
  assert.deepEqual(
    plan.sections.map(({ key }) => key),
    ['Floor', 'Floor-Pit'],
  )
  assert.equal(plan.seats[49]?.label, 'Floor-Pit-50')
  assert.ok(plan.seats.every(({ x, y }) => x > 1000 && y > 0 && x - 1000 + y < 100))
})

test('an area that is not drawn has all its places in one point', () => {
  const area = { label: 'GA', capacity: 3, categoryKey: 1, center: { x: 7, y: 8 } }
  const { seats } = parsePlan('seatsio', chart({ generalAdmissionAreas: [area] }))
  assert.deepEqual(
    seats.map(({ x, y }) => [x, y]),
    [
      [7, 8],
      [7, 8],
      [7, 8],
    ],
  )
})

test('a row may name its section, a category may be given by its label', () => {
  const row = { label: 'A', sectionLabel: 'Left', seats: [seat('1', { categoryKey: null })] }
  const categories = {
    list: [
      { key: 1, label: 'One' },
      { key: 2, label: 'Two' },
    ],
  }
  const plan = parsePlan(
    'seatsio',
    chart({ rows: [{ ...row, categoryLabel: 'Two' }] }, { categories }),
  )
  const [only] = plan.seats
  assert.deepEqual([only?.label, only?.section, only?.category], ['Left-A-1', 'Left', '2'])
})

test('a drawing without categories is of one category', () => {
  const row = { label: 'A', seats: [seat('1', { categoryKey: null })] }
  const plan = parsePlan('seatsio', { subChart: { rows: [row] } })
  assert.deepEqual([plan.name, plan.seats[0]?.category], ['Seating plan', 'standard'])
})

test('texts and polygons are drawn', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 0, y: 20 },
  ]
  const plan = parsePlan(
    'seatsio',
    chart({
      rows: [{ label: 'A', seats: [seat('1')] }],
      texts: [{ text: 'Exit', center: { x: 3, y: 4 }, fontSize: 20 }, { text: null }],
      shapes: [{ type: 'polygon', points, fillColor: '#abc' }],
    }),
  )
  assert.deepEqual(
    plan.shapes.map(({ kind, x, y, height, color }) => [kind, x, y, height, color]),
    [
      ['polygon', 5, 10, 20, '#aabbcc'],
      ['text', 3, 4, 20, null],
    ],
  )
})

test('what is wrong is refused with its place', () => {
  const rowOf = (...seats: unknown[]) => chart({ rows: [{ label: 'A', seats }] })
  const two = {
    list: [
      { key: 1, label: 'One' },
      { key: 2, label: 'Two' },
    ],
  }
  const area = { label: 'GA', categoryKey: 1, capacity: 5 }
  const nest = (depth: number): Json =>
    depth === 0 ? {} : { sections: [{ label: 'S', categoryKey: 1, subChart: nest(depth - 1) }] }
  const wrong: [unknown, string][] = [
    [[], '$'],
    [{ name: 'x' }, 'subChart'],
    [chart({}), 'subChart'],
    [chart({ rows: 1 }), 'subChart.rows'],
    [chart({ focalPoint: { x: 1 }, rows: [] }), 'subChart.focalPoint.y'],
    [chart({}, { categories: { list: [{ label: 'x' }] } }), 'categories.list[0].key'],
    [
      { ...rowOf(seat('1')), categories: { list: [...two.list, { key: '1', label: 'x' }] } },
      'categories.list[2].key',
    ],
    [chart({ rows: [{ seats: [] }] }), 'subChart.rows[0].label'],
    [rowOf(seat('1'), seat('1')), 'subChart.rows[0].seats[1].label'],
    [rowOf({ label: '1', y: 1 }), 'subChart.rows[0].seats[0].x'],
    [rowOf(seat('1', { x: 1e9 })), 'subChart.rows[0].seats[0].x'],
    [rowOf(seat('1', { categoryKey: 7 })), 'subChart.rows[0].seats[0].categoryKey'],
    [
      { ...rowOf(seat('1', { categoryKey: null })), categories: two },
      'subChart.rows[0].seats[0].categoryKey',
    ],
    [rowOf(seat('1\0')), 'subChart.rows[0].seats[0].label'],
    [rowOf(seat('1', { uuid: '\ud800' })), 'subChart.rows[0].seats[0].uuid'],
    [rowOf(seat('1', { accessible: 'no' })), 'subChart.rows[0].seats[0].accessible'],
    [chart({ tables: [{ label: 'T', seats: [3] }] }), 'subChart.tables[0].seats[0]'],
    [chart({ booths: [{ categoryKey: 1 }] }), 'subChart.booths[0].label'],
    [
      chart({ generalAdmissionAreas: [{ ...area, capacity: -1 }] }),
      'subChart.generalAdmissionAreas[0].capacity',
    ],
    [
      chart({
        generalAdmissionAreas: [
          { ...area, capacity: 99_999 },
          { ...area, label: 'B' },
        ],
      }),
      'subChart.generalAdmissionAreas[1].capacity',
    ],
    [chart({ sections: [{ topLeft: null }] }), 'subChart.sections[0].label'],
    [
      chart({
        sections: [{ label: 'S' }, { label: 'S' }],
        rows: [{ label: 'A', seats: [seat('1')] }],
      }),
      'subChart.sections[1].label',
    ],
    [chart({ sections: [{ label: 'S', subChart: 3 }] }), 'subChart.sections[0].subChart'],
    [chart({ shapes: [{ points: [{}] }] }), 'subChart.shapes[0].points[0].x'],
    [chart({ ...nest(5) }), `${'subChart.sections[0].'.repeat(4)}`.slice(0, -1)],
  ]
  for (const [source, path] of wrong) {
    assert.equal(pathsOf(() => parsePlan('seatsio', source))[0], path)
  }
})
