import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportPlan, generatePlan, parsePlan } from '../../src/plans/index.ts'
import { fixture, mistakesOf, pathsOf } from './mistakes-of.ts'

type Json = Record<string, unknown>
const playhouse = () => parsePlan('pretix', fixture('pretix-playhouse.json'))

/** A smallest plan with the zones' only row and only seat changed. */
function small(row: Json = {}, seat: Json = {}, root: Json = {}): Json {
  const only = {
    seat_guid: 'g',
    seat_number: '1',
    position: { x: 1, y: 2 },
    category: 'Best',
    ...seat,
  }
  return {
    name: 'Small',
    categories: [{ name: 'Best' }],
    size: { width: 100, height: 100 },
    zones: [
      {
        name: 'Main',
        position: { x: 10, y: 20 },
        rows: [{ row_number: 'A', seats: [only], ...row }],
      },
    ],
    ...root,
  }
}

test('zones are sections, rows and seats keep their names, guids are external ids', () => {
  const plan = playhouse()
  assert.equal(plan.seats.length, 8 + 8 + 10 + 10 + 10 + 3 + 3)
  assert.deepEqual(
    plan.sections.map(({ key }) => key),
    ['Stalls', 'Circle', 'Boxes'],
  )
  assert.deepEqual(
    plan.categories.map(({ key, color }) => [key, color]),
    [
      ['Front', '#b5426a'],
      ['Rear', '#d98032'],
      ['Circle', '#3f8f6b'],
      ['Box', null],
    ],
  )
  const [seat] = plan.seats
  assert.deepEqual(
    [seat?.section, seat?.row, seat?.number, seat?.category, seat?.externalId],
    ['Stalls', 'A', '1', 'Front', 'stalls-A-1'],
  )
  assert.deepEqual([plan.width, plan.height], [480, 400])
})

test('a seat is where its zone, its row and itself add up to', () => {
  const plan = playhouse()
  const [first] = plan.seats
  assert.deepEqual([first?.x, first?.y], [80 + 20 + 0, 150 + 0 - 5.25])
  const circle = plan.seats.find(({ externalId }) => externalId === 'circle-B-2')
  assert.deepEqual([circle?.x, circle?.y], [80 + 0 + 25, 280.5 + 27 - 5.25])
})

test('a label is row and number, with the section in front where two would be the same', () => {
  const labels = playhouse().seats.map(({ label }) => label)
  assert.equal(labels[0], 'Stalls A1')
  assert.ok(labels.includes('Circle A1') && labels.includes('C10') && !labels.includes('A1'))
})

test('a seat_label shapes the label: after the row, or alone when it names the row', () => {
  const labels = playhouse()
    .seats.slice(-6)
    .map(({ label }) => label)
  assert.deepEqual(labels.slice(0, 2), ['L Seat 1', 'L Seat 2'])
  assert.deepEqual(labels.slice(3, 5), ['Box R-1', 'Box R-2'])
})

test('a zone without a name is no section, zones of one name are one', () => {
  const [zone] = small().zones as Json[]
  const seat = { seat_guid: 'h', seat_number: '1', position: { x: 0, y: 0 }, category: 'Best' }
  const more = { ...zone, rows: [{ row_number: 'B', seats: [seat] }] }
  const unnamed = { ...more, name: undefined }
  const sectionless = parsePlan('pretix', small({}, {}, { zones: [zone, unnamed] }))
  assert.deepEqual(
    sectionless.seats.map(({ section }) => section),
    ['Main', null],
  )
  assert.equal(parsePlan('pretix', small({}, {}, { zones: [zone, more] })).sections.length, 1)
})

test('areas are drawn: a text in the middle belongs to its shape, another stands alone', () => {
  const { shapes } = playhouse()
  assert.deepEqual(
    shapes.map(({ kind, text }) => [kind, text]),
    [
      ['rectangle', 'Stage'],
      ['polygon', null],
      ['circle', null],
      ['text', 'Bar'],
      ['ellipse', null],
      ['text', 'Circle'],
    ],
  )
  const [stage, wall, bar] = shapes
  assert.deepEqual([stage?.x, stage?.y, stage?.width, stage?.height], [220, 50, 240, 60])
  assert.deepEqual(wall?.points[2], { x: 80 - 60 + 40, y: 150 + 70 })
  assert.deepEqual([bar?.x, bar?.y, bar?.width], [50, 300.5, 30])
})

test('a rectangle turns around its corner, as pretix draws it', () => {
  const area = {
    shape: 'rectangle',
    position: { x: 0, y: 0 },
    rotation: 90,
    rectangle: { width: 40, height: 20 },
  }
  const [zone] = small().zones as Json[]
  const plan = parsePlan('pretix', small({}, {}, { zones: [{ ...zone, areas: [area] }] }))
  const [shape] = plan.shapes
  assert.deepEqual([shape?.x, shape?.y, shape?.rotation], [10 - 10, 20 + 20, 90])
})

test('exported and imported again, seats and drawing are the same', () => {
  const plan = playhouse()
  const again = parsePlan('pretix', exportPlan('pretix', plan))
  assert.deepEqual(again.seats, plan.seats)
  assert.deepEqual(again.shapes, plan.shapes)
  assert.deepEqual(again, plan)
})

test('an export keeps to the schema: whole sizes, unique guids, known categories', () => {
  const plan = parsePlan('seatsio', fixture('sampleChart.json'))
  const file = JSON.parse(exportPlan('pretix', plan)) as {
    size: Json
    categories: { name: string }[]
    zones: { rows: { seats: Json[] }[]; areas: { rectangle?: Json }[] }[]
  }
  const seats = file.zones.flatMap(({ rows }) => rows.flatMap((row) => row.seats))
  assert.deepEqual(file.size, { width: 443, height: 186 })
  assert.deepEqual(file.zones[0]?.areas[0]?.rectangle, { width: 246, height: 61 })
  assert.equal(new Set(seats.map(({ seat_guid: guid }) => guid)).size, 232)
  const names = new Set<unknown>(file.categories.map(({ name }) => name))
  assert.ok(seats.every(({ category }) => names.has(category)))
})

test('plans from elsewhere keep labels, places and external ids through pretix', () => {
  const plans = [
    parsePlan('seatsio', fixture('sampleChart.json')),
    parsePlan('seatsio', fixture('sampleChartWithSections.json')),
    parsePlan('seatsio', fixture('sampleChartWithTables.json')),
    parsePlan('grid', { rows: '1-3', seatsPerRow: 12 }),
    generatePlan({ shape: 'theatre', seats: 700 }),
    generatePlan({ shape: 'arena', seats: 900 }),
  ]
  for (const plan of plans) {
    const again = parsePlan('pretix', exportPlan('pretix', plan))
    const kept = plan.seats.map(({ label, row, number, x, y, externalId }) => {
      return { label, row, number, x, y, externalId: externalId ?? label }
    })
    const found = again.seats.map(({ label, row, number, x, y, externalId }) => {
      return { label, row, number, x, y, externalId }
    })
    assert.deepEqual(found, kept, plan.name)
  }
})

test('names that two categories or sections share give way to their keys', () => {
  const plan = parsePlan('rowlock', {
    categories: [
      { key: 'a', name: 'Same' },
      { key: 'b', name: 'Same' },
      { key: 'c', name: 'a' },
    ],
    sections: [
      { key: '1', name: 'Hall' },
      { key: '2', name: 'Hall' },
    ],
    seats: [
      { label: 'A1', section: '1', category: 'a', externalId: 'same' },
      { label: 'A2', section: '2', category: 'c', externalId: 'same' },
    ],
  })
  const again = parsePlan('pretix', exportPlan('pretix', plan))
  assert.deepEqual(
    again.categories.map(({ name }) => name),
    ['a', 'b', 'c'],
  )
  assert.deepEqual(
    again.seats.map(({ section, externalId }) => [section, externalId]),
    [
      ['1', 'same'],
      ['2', 'same (2)'],
    ],
  )
})

test('what is wrong is refused with its place', () => {
  const [zone] = small().zones as [Json]
  const zoned = (more: Json) => small({}, {}, { zones: [{ ...zone, ...more }] })
  const wrong: [Json, string][] = [
    [small({}, {}, { zones: undefined }), 'zones'],
    [small({}, {}, { name: 3 }), 'name'],
    [small({}, {}, { size: undefined }), 'size'],
    [small({}, {}, { size: { width: 1.5, height: 1 } }), 'size.width'],
    [small({}, {}, { size: { width: 1, height: -2 } }), 'size.height'],
    [small({}, {}, { categories: [{ name: 'Best' }, { name: 'Best' }] }), 'categories[1].name'],
    [zoned({ position: undefined }), 'zones[0].position'],
    [zoned({ name: 'n\0' }), 'zones[0].name'],
    [zoned({ rows: undefined }), 'zones[0].rows'],
    [zoned({ rows: [] }), 'zones'],
    [small({ row_number: 4 }), 'zones[0].rows[0].row_number'],
    [small({ row_number: 'r'.repeat(41) }), 'zones[0].rows[0].row_number'],
    [small({ row_number_position: 'left' }), 'zones[0].rows[0].row_number_position'],
    [small({ position: { x: 1 } }), 'zones[0].rows[0].position.y'],
    [small({}, { seat_guid: undefined }), 'zones[0].rows[0].seats[0].seat_guid'],
    [small({}, { seat_guid: 'g\ud800' }), 'zones[0].rows[0].seats[0].seat_guid'],
    [small({}, { seat_number: 1 }), 'zones[0].rows[0].seats[0].seat_number'],
    [small({}, { seat_number: '1\0' }), 'zones[0].rows[0].seats[0].seat_number'],
    [small({}, { category: 'Worst' }), 'zones[0].rows[0].seats[0].category'],
    [small({}, { position: { x: 'a', y: 1 } }), 'zones[0].rows[0].seats[0].position.x'],
    [small({}, { position: { x: 1e300, y: 1 } }), 'zones[0].rows[0].seats[0].position.x'],
    [small({}, { start_direction: '^' }), 'zones[0].rows[0].seats[0].start_direction'],
    [small({}, { wheelchair: 'yes' }), 'zones[0].rows[0].seats[0].wheelchair'],
    [zoned({ areas: [{ shape: 'star' }] }), 'zones[0].areas[0].shape'],
    [zoned({ areas: [{ shape: 'circle' }] }), 'zones[0].areas[0].circle'],
    [
      zoned({ areas: [{ shape: 'polygon', polygon: { points: [{ x: 1 }] } }] }),
      'zones[0].areas[0].polygon.points[0].y',
    ],
  ]
  for (const [source, path] of wrong) {
    const found = pathsOf(() => parsePlan('pretix', source))
    assert.ok(found.includes(path), `${path} is not in ${found}`)
  }
})

test('a seat_guid and a label are there once', () => {
  const seat = { seat_guid: 'g', seat_number: '1', position: { x: 0, y: 0 }, category: 'Best' }
  assert.deepEqual(
    mistakesOf(() => parsePlan('pretix', small({ seats: [seat, seat] }))),
    [
      {
        path: 'zones[0].rows[0].seats[1].seat_guid',
        message: 'zones[0].rows[0].seats[0] has the same seat_guid.',
      },
      {
        path: 'zones[0].rows[0].seats[1].seat_number',
        message: 'Seat "Main A1" already exists, at zones[0].rows[0].seats[0].seat_number.',
      },
    ],
  )
  const same = small({ seats: [seat, { ...seat, seat_guid: 'h' }] })
  assert.deepEqual(
    pathsOf(() => parsePlan('pretix', same)),
    ['zones[0].rows[0].seats[1].seat_number'],
  )
})
