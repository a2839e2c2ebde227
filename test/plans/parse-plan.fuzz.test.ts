import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  appendLabels,
  detectFormat,
  exportPlan,
  neighbours,
  parsePlan,
  planFromLabels,
} from '../../src/plans/index.ts'
import {
  LIMITS,
  PLAN_EXPORT_FORMATS,
  PLAN_FORMATS,
  type PlanFormat,
  type PlanSpec,
  Refusal,
  seatKey,
} from '../../src/protocol/index.ts'
import { runs } from '../support/runs.ts'
import { fixture } from './mistakes-of.ts'

function parseOrRefuse(read: () => PlanSpec): PlanSpec | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'plan_invalid') throw error
    const { mistakes = [] } = error.details
    assert.ok(mistakes.length >= 1 && mistakes.length <= 50)
    for (const { path, message } of mistakes) {
      assert.ok(path !== '' && `${path}${message}`.isWellFormed() && !path.includes('\0'))
    }
    return null
  }
}

function assertSound(plan: PlanSpec): void {
  const { seats } = plan
  assert.ok(seats.length >= 1 && seats.length <= LIMITS.seatsPerPlanMax)
  assert.equal(new Set(seats.map(({ label }) => seatKey(label))).size, seats.length)
  const sections = new Set<string | null>([null, ...plan.sections.map(({ key }) => key)])
  const categories = new Set(plan.categories.map(({ key }) => key))
  for (const { section, category, label } of seats) {
    assert.ok(sections.has(section) && categories.has(category))
    assert.ok(label.length <= LIMITS.labelLengthMax)
  }
  assertStorable(plan)
  assert.equal(neighbours(plan).filter(Boolean).length, seats.length)
  assert.deepEqual(parsePlan('rowlock', exportPlan('rowlock', plan)), plan)
  for (const format of PLAN_EXPORT_FORMATS) assert.ok(exportPlan(format, plan))
}

/** Nothing that PostgreSQL or JSON could not hold, however deep. */
function assertStorable(value: unknown): void {
  if (typeof value === 'string') assert.ok(value.isWellFormed() && !value.includes('\0'))
  if (typeof value === 'number') assert.ok(Math.abs(value) <= 1e6)
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(assertStorable)
}

function check(format: PlanFormat, source: unknown): void {
  detectFormat(source)
  const plan = parseOrRefuse(() => parsePlan(format, source))
  if (plan) assertSound(plan)
}

const nastyText = fc.constantFrom(
  '',
  ' ',
  '\0',
  '\ud800',
  'a\udc00b',
  'A1',
  'a1',
  '%s%s',
  '__proto__',
  'constructor',
  '-',
  '1e999',
  'ﷺ'.repeat(30),
  'x'.repeat(41),
  'x'.repeat(500_000),
)
const nastyNumber = fc.constantFrom(
  0,
  -0,
  1,
  -1,
  0.1,
  1e6,
  1e7,
  1e308,
  -1e308,
  5e-324,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
)
const nasty: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  nastyNumber,
  fc.constantFrom(null, undefined, true, [], {}, [[]], [null], { x: 1 }, 10n, Symbol('s')),
  fc.jsonValue(),
)

/** Places in a document, as lists of steps. */
function placesIn(value: unknown, steps: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [steps]
  const inside = Object.entries(value).flatMap(([step, one]) => placesIn(one, [...steps, step]))
  return [steps, ...inside]
}

type Change = { at: number; kind: 'set' | 'rename' | 'delete' | 'double'; value: unknown }

function mutate(original: unknown, places: string[][], changes: Change[]): unknown {
  const root = { document: structuredClone(original) }
  for (const { at, kind, value } of changes) {
    const steps = ['document', ...(places[at % places.length] ?? [])]
    const last = steps.pop() as string
    let parent: unknown = root
    for (const step of steps) parent = (parent as Record<string, unknown> | null)?.[step]
    if (typeof parent !== 'object' || parent === null) continue
    const node = parent as Record<string, unknown>
    if (kind === 'rename') replaceAll(root, node[last], value)
    else if (kind === 'delete') delete node[last]
    else if (kind === 'double' && Array.isArray(parent)) parent.push(parent[Number(last)])
    else node[last] = copyOf(value)
  }
  return root.document
}

/** Changes a text wherever it stands: what names a category is renamed with the category. */
function replaceAll(value: unknown, text: unknown, by: unknown): void {
  if (typeof text !== 'string' || typeof value !== 'object' || value === null) return
  const node = value as Record<string, unknown>
  for (const [step, one] of Object.entries(node)) {
    if (one === text) node[step] = copyOf(by)
    else replaceAll(one, text, by)
  }
}

/** Copies a value: what is changed later must not change what comes after it. */
function copyOf(value: unknown): unknown {
  return typeof value === 'object' ? structuredClone(value) : value
}

const changes = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('set' as const, 'rename' as const, 'delete' as const, 'double' as const),
    value: nasty,
  }),
  { minLength: 1, maxLength: 4 },
)

test('whatever JSON is sent in whatever format, the answer is a sound plan or a refusal', () => {
  const anything = fc.oneof(fc.anything(), fc.jsonValue(), fc.json(), fc.string(), nasty)
  fc.assert(fc.property(fc.constantFrom(...PLAN_FORMATS), anything, check), runs('any JSON', 2_000))
})

const DOCUMENTS: [PlanFormat, string, unknown][] = [
  ['seatsio', 'a chart of rows', JSON.parse(fixture('sampleChart.json'))],
  ['seatsio', 'a chart of sections', JSON.parse(fixture('sampleChartWithSections.json'))],
  ['seatsio', 'a chart of tables', JSON.parse(fixture('sampleChartWithTables.json'))],
  ['pretix', 'a playhouse', JSON.parse(fixture('pretix-playhouse.json'))],
  ['rowlock', 'a theatre', parsePlan('csv', fixture('theatre.csv'))],
  ['rowlock', 'a playhouse', parsePlan('pretix', fixture('pretix-playhouse.json'))],
  ['grid', 'a grid', { rows: 'A-C,E', seatsPerRow: 4 }],
  ['grid', 'a list of rows', { rows: ['A-C', 'X'], seatsPerRow: 4 }],
]

for (const [format, name, document] of DOCUMENTS) {
  test(`${name} (${format}), damaged anywhere, is a sound plan or a refusal`, () => {
    const places = placesIn(document)
    fc.assert(
      fc.property(changes, (list) => check(format, mutate(document, places, list))),
      runs(name, 250),
    )
  })
}

test('a CSV file with any cells is a sound plan or a refusal', () => {
  const columns = 'section row seat label category x y accessible companion external_id'.split(' ')
  const cell = fc.oneof(
    nastyText.filter((text) => text.length < 1_000),
    fc.constantFrom('1', '2', 'B', '"', '"a', 'a"b', '1,5', ';', '\t', 'yes', '\r', '\n'),
    fc.string({ unit: 'binary' }),
  )
  const line = fc.array(cell, { maxLength: 12 })
  const header = fc.subarray(columns, { minLength: 1 })
  fc.assert(
    fc.property(
      header,
      fc.array(line, { maxLength: 8 }),
      fc.constantFrom(',', ';', '\t'),
      (names, lines, mark) =>
        check('csv', [names, ...lines].map((one) => one.join(mark)).join('\n')),
    ),
    runs('CSV files', 2_000),
  )
})

test('any list of labels is a sound plan or a refusal, and so is any addition to it', () => {
  const label = fc.oneof(nastyText, fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[AB]\d$/))
  fc.assert(
    fc.property(
      fc.array(label, { maxLength: 6 }),
      fc.array(label, { maxLength: 4 }),
      (all, more) => {
        const plan = parseOrRefuse(() => planFromLabels(all))
        if (!plan) return
        assertSound(plan)
        try {
          const added = appendLabels(plan, more)
          assert.equal(added.length, more.length)
          assertSound({ ...plan, seats: [...plan.seats, ...added] })
        } catch (error) {
          assert.ok(error instanceof Refusal, String(error))
        }
      },
    ),
    runs('labels', 500),
  )
})
