/** Test of what an import says besides the plan, and plans of other systems as people have them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importPlan, parsePlan } from '../../src/plans/index.ts'
import type { PlanFormat, PlanWarningCode } from '../../src/protocol/index.ts'
import { fixture, mistakesOf, pathsOf } from './mistakes-of.ts'

type Json = Record<string, unknown>

function warningsOf(format: 'csv' | 'rowlock' | 'pretix' | 'seatsio' | 'grid', source: unknown) {
  const { warnings } = importPlan(format, source)
  return Object.fromEntries(
    warnings.map(({ code, count, examples }) => [code, { count, examples }]),
  )
}

function codesOf(source: unknown): PlanWarningCode[] {
  return importPlan('rowlock', source).warnings.map(({ code }) => code)
}

test('a summary says what was understood', () => {
  const text = 'section,row,seat,category,accessible\nP,A,1,x,\nP,A,2,x,yes\nP,B,1,y,\nQ,,5,y,\n'
  assert.deepEqual(importPlan('csv', text).summary, {
    seats: 4,
    sections: 2,
    rows: 2,
    longestRow: { section: 'P', row: 'A', seats: 2 },
    seatsWithoutRow: 1,
    generalAdmission: 0,
    accessible: 1,
    companion: 0,
    restrictedView: 0,
    categories: [
      { key: 'x', name: 'x', seats: 2 },
      { key: 'y', name: 'y', seats: 2 },
    ],
  })
})

test('warnings name what may not be meant', () => {
  const square = [0, 100, 100, 0].map((x, n) => ({ x, y: n < 2 ? 0 : 100 }))
  const source = {
    categories: [
      { key: 'a', color: '#4a7bd0' },
      { key: 'b', color: '#4a7bd8' },
      { key: 'c', color: '#d98032' },
    ],
    sections: [{ key: 'S', outline: square }],
    seats: [
      { label: 'A1', section: 'S', category: 'a', x: 10, y: 10 },
      { label: 'A2', section: 'S', category: 'b', x: 60, y: 10 },
      { label: 'A3', section: 'S', category: 'a', x: 60.5, y: 10 },
      { label: 'A4', section: 'S', category: 'a', x: 190, y: 10 },
      { label: 'Box', category: 'a', x: 300, y: 10 },
    ],
  }
  assert.deepEqual(warningsOf('rowlock', source), {
    rows_unread: { count: 1, examples: ['Box'] },
    seats_overlap: { count: 1, examples: ['A3'] },
    seats_outside_section: { count: 1, examples: ['A4'] },
    categories_unused: { count: 1, examples: ['c'] },
    colors_alike: { count: 1, examples: ['a and b'] },
    no_focal_point: { count: 1, examples: [] },
  })
})

test('a plan without a flaw has no warnings', () => {
  assert.deepEqual(importPlan('grid', { rows: 'A-C', seatsPerRow: 4 }).warnings, [])
  assert.deepEqual(importPlan('seatsio', fixture('sampleChart.json')).warnings, [
    ...importPlan('seatsio', fixture('sampleChart.json')).warnings.filter(({ code }) => {
      return code === 'colors_alike' || code === 'categories_unused'
    }),
  ])
})

test('S45: the stage is where the import says', () => {
  const text = 'row,seat,x,y\nC,1,0,100\nC,2,50,100\nA,1,0,0\nA,2,50,0\n'
  assert.equal(parsePlan('csv', text).focalPoint, null)
  const sides = { top: [25, -10], bottom: [25, 110], left: [-10, 50], right: [60, 50] } as const
  for (const [side, [x, y]] of Object.entries(sides)) {
    const focalPoint = side as keyof typeof sides
    assert.deepEqual(parsePlan('csv', text, { focalPoint }).focalPoint, { x, y })
  }
  assert.deepEqual(parsePlan('csv', text, { focalPoint: { x: 1, y: 2 } }).focalPoint, {
    x: 1,
    y: 2,
  })
})

test('S45: or where a shape says stage, in any common language', () => {
  const focalPointOf = (text: string) => {
    const shape = { kind: 'rectangle', x: 7, y: 9, width: 50, height: 10, text }
    return parsePlan('rowlock', { shapes: [shape], seats: [{ label: 'A1', x: 0, y: 50 }] })
      .focalPoint
  }
  const words = [
    'Stage',
    'STAGE',
    'Bühne',
    'Scène',
    'Escenario',
    'Palcoscenico',
    'Palco',
    'Toneel',
    'Scen',
    'Näyttämö',
    'Scena',
    'Jeviště',
    'Színpad',
    'Sahne',
    'Сцена',
    'Σκηνή',
    'במה',
    'مسرح',
    'मंच',
    'เวที',
    '舞台',
    'ステージ',
    '무대',
    'Screen',
    'Leinwand',
    'Écran',
    'Pantalla',
    'Экран',
    '银幕',
    'Main stage',
    '舞台 / STAGE',
  ]
  for (const word of words) assert.deepEqual(focalPointOf(word), { x: 7, y: 9 }, word)
  for (const word of ['Stage door', 'Palco 3', 'Bar', 'Backstage', 'Bühneneingang']) {
    assert.equal(focalPointOf(word), null, word)
  }
})

test('S25: seats of an accessible category are accessible, in every format', () => {
  const list = [
    { key: 1, label: 'Plain' },
    { key: 2, label: 'Wheelchair', accessible: true },
  ]
  const seats = [
    { label: '1', x: 0, y: 0, categoryKey: 1 },
    { label: '2', x: 20, y: 0, categoryKey: 2, companionSeat: true },
  ]
  const chart = { categories: { list }, subChart: { rows: [{ label: 'A', seats }] } }
  const accessible = parsePlan('seatsio', chart).seats.map((seat) => seat.accessible)
  assert.deepEqual(accessible, [false, true])
  const own = {
    categories: [{ key: 'w', accessible: true }],
    seats: [{ label: 'A1', category: 'w' }],
  }
  assert.equal(parsePlan('rowlock', own).seats[0]?.accessible, true)
})

/** A pretix plan with one seat. */
function pretix(seat: Json = {}, root: Json = {}, zone: Json = {}): Json {
  const position = { x: 0, y: 0 }
  const one = { seat_guid: 'g', seat_number: '1', position, category: 'Best', ...seat }
  return {
    name: 'Small',
    size: { width: 10, height: 10 },
    categories: [{ name: 'Best' }],
    zones: [{ position, rows: [{ row_number: 'A', position, seats: [one] }], ...zone }],
    ...root,
  }
}

test('S38: a pretix plan without categories gets one', () => {
  for (const category of ['', null, undefined]) {
    const { plan, warnings } = importPlan('pretix', pretix({ category }, { categories: [] }))
    assert.deepEqual([plan.categories.length, plan.seats[0]?.category], [1, 'standard'])
    assert.equal(warnings.find(({ code }) => code === 'category_made')?.count, 1)
  }
  assert.equal(parsePlan('pretix', pretix({ category: '' })).seats[0]?.category, 'Best')
})

test('S40: fields of an extension are left out with a warning; a wheelchair is understood', () => {
  const source = pretix({ wheelchair: true, tier: 3 }, { version: 2 }, { segment_breaks: [] })
  const { plan, warnings } = importPlan('pretix', source)
  assert.equal(plan.seats[0]?.accessible, true)
  const ignored = warnings.find(({ code }) => code === 'fields_ignored')
  assert.deepEqual(ignored?.examples, [
    'version',
    'zones[].segment_breaks',
    'zones[].rows[].seats[].tier',
  ])
})

test('F11: mistakes of all layers come in one answer', () => {
  const source = pretix(
    { seat_number: 5 },
    { size: undefined, name: 3 },
    { areas: [{ shape: 'star' }] },
  )
  assert.deepEqual(
    pathsOf(() => parsePlan('pretix', source)),
    ['name', 'size', 'zones[0].rows[0].seats[0].seat_number', 'zones[0].areas[0].shape'],
  )
  const own = {
    secret: true,
    categories: [{ key: 'a', color: 'red' }],
    seats: [{ label: 7 }, { label: 'A1' }, { label: 'a1' }, { label: 'A2', category: 'gone' }],
  }
  assert.deepEqual(
    pathsOf(() => parsePlan('rowlock', own)),
    ['secret', 'seats[0].label', 'categories[0].color', 'seats[2].label', 'seats[3].category'],
  )
})

test('S31: an area without places is no reason to refuse a drawing', () => {
  const subChart = {
    rows: [{ label: 'A', seats: [{ label: '1', x: 0, y: 0 }] }],
    generalAdmissionAreas: [{ label: 'GA', capacity: 0, points: [] }],
  }
  const { plan, warnings } = importPlan('seatsio', { subChart })
  assert.deepEqual([plan.seats.length, plan.sections.length], [1, 1])
  assert.deepEqual(warnings.find(({ code }) => code === 'area_without_places')?.examples, ['GA'])
})

test('S55: a label may have room for the names of its section, its row and its number', () => {
  const section = 'The Right Honourable Grand Tier Boxes, L'
  assert.equal(section.length, 40)
  const text = `section,row,seat\n"${section}",A,1\nOther,A,1\n`
  assert.equal(parsePlan('csv', text).seats[0]?.label, `${section} A1`)
  const [mistake] = mistakesOf(() => parsePlan('csv', `label\n${'x'.repeat(161)}\n`))
  assert.equal(mistake?.message, 'At most 160 characters, not 161.')
})

test('tables of a drawing never lie on each other', () => {
  const { plan, warnings } = importPlan('seatsio', fixture('sampleChartWithTables.json'))
  const places = new Set(plan.seats.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`))
  assert.equal(places.size, plan.seats.length)
  assert.equal(warnings.find(({ code }) => code === 'tables_moved')?.count, 1)
  assert.ok(warnings.every(({ code }) => code !== 'seats_overlap'))
})

test('names that differ in what nobody can see are one name', () => {
  const text = 'section,row,seat\nP\u200b,A,1\nP,A\u200e,2\np,a,3\n'
  const { plan, summary } = importPlan('csv', text)
  assert.deepEqual([plan.sections.length, summary.rows], [1, 1])
  const seats = [
    { label: 'A1', section: 'S\u200b' },
    { label: 'A2', section: 'S' },
  ]
  assert.equal(parsePlan('rowlock', { sections: [{ key: 'S' }], seats }).seats[0]?.section, 'S')
  assert.deepEqual(codesOf({ seats: [{ label: 'A1' }] }), [])
})

test('keys of categories and sections are written in one way, whatever the format', () => {
  const seat = {
    seat_guid: '1',
    seat_number: '1',
    category: '\uff21\u200b',
    position: { x: 0, y: 0 },
  }
  const zone = { name: '\uff22\u200b', position: { x: 0, y: 0 } }
  const pretix = {
    name: 'House',
    size: { width: 10, height: 10 },
    categories: [{ name: '\uff21', color: '#ff0000' }],
    zones: [{ ...zone, rows: [{ row_number: 'A', position: { x: 0, y: 0 }, seats: [seat] }] }],
  }
  const chair = { label: '1', x: 0, y: 0, categoryKey: '\uff21\u200b' }
  const seatsio = {
    categories: { list: [{ key: '\uff21', label: 'A', color: '#ff0000' }] },
    subChart: { rows: [{ label: 'A', sectionLabel: '\uff22\u200b', seats: [chair] }] },
  }
  const rowlock = {
    categories: [{ key: '\uff21' }],
    sections: [{ key: '\uff22' }],
    seats: [{ label: 'A1', category: '\uff21\u200b', section: '\uff22\u200b' }],
  }
  const csv = 'section,row,seat,category\n\uff22\u200b,A,1,\uff21\n'
  for (const [format, source] of Object.entries({ pretix, seatsio, rowlock, csv })) {
    const { categories, sections, seats } = parsePlan(format as PlanFormat, source)
    const keys = [categories[0]?.key, sections[0]?.key, seats[0]?.category, seats[0]?.section]
    assert.deepEqual(keys, ['A', 'B', 'A', 'B'], format)
  }
  // Normalizing may make a key 18 times longer: it is too long in every format, or in none.
  const long = '\ufdfa'.repeat(30)
  const list = [...seatsio.categories.list, { key: long, label: 'Long', color: null }]
  const [mistake] = mistakesOf(() => parsePlan('seatsio', { ...seatsio, categories: { list } }))
  assert.equal(mistake?.path, 'categories.list[1].key')
})

test('how much there is, and how deep, is looked at before it is parsed', () => {
  const deep = `{"seats":${'['.repeat(100)}${']'.repeat(100)}}`
  assert.match(mistakesOf(() => parsePlan('rowlock', deep))[0]?.message ?? '', /deep|level/)
  const many = Object.fromEntries(Array.from({ length: 95_000 }, (_, n) => [`field${n}`, n]))
  let reads = 0
  const seat = Object.defineProperty(many, 'label', { enumerable: true, get: () => ++reads })
  const [mistake] = mistakesOf(() => parsePlan('rowlock', { seats: [seat] }))
  assert.equal(mistake?.message, 'More than 500 fields.')
  assert.equal(reads, 0)
})
