import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectFormat, exportPlan, parsePlan } from '../../src/plans/index.ts'
import { LIMITS, PLAN_EXPORT_FORMATS } from '../../src/protocol/index.ts'
import { fixture, mistakesOf, refusalOf } from './mistakes-of.ts'

test('a format is known by what the file looks like', () => {
  assert.equal(detectFormat(fixture('sampleChart.json')), 'seatsio')
  assert.equal(detectFormat(fixture('pretix-playhouse.json')), 'pretix')
  for (const name of ['theatre.csv', 'spreadsheet-semicolons.csv', 'rows-and-seats.tsv']) {
    assert.equal(detectFormat(fixture(name)), 'csv', name)
  }
  assert.equal(detectFormat({ rows: 'A-J', seatsPerRow: 3 }), 'grid')
  assert.equal(detectFormat('{"seats":[]}'), 'rowlock')
  assert.equal(detectFormat({ subChartFloors: [] }), 'seatsio')
})

test('what looks like nothing we read is nothing', () => {
  for (const source of [
    '',
    'hello',
    '{"seat": ',
    '[]',
    '{}',
    'null',
    null,
    undefined,
    7,
    Symbol(),
  ]) {
    assert.equal(detectFormat(source), null)
  }
})

test('every export is recognised and read again', () => {
  const plan = parsePlan('seatsio', JSON.parse(fixture('sampleChart.json')))
  for (const format of PLAN_EXPORT_FORMATS) {
    const text = exportPlan(format, plan)
    assert.equal(detectFormat(text), format)
    assert.equal(parsePlan(format, text).seats.length, plan.seats.length)
  }
})

test('seats survive a journey through all formats', () => {
  const start = parsePlan('pretix', fixture('pretix-playhouse.json'))
  const rowlock = parsePlan('rowlock', exportPlan('rowlock', start))
  const csv = parsePlan('csv', exportPlan('csv', rowlock))
  const pretix = parsePlan('pretix', exportPlan('pretix', csv))
  assert.deepEqual(pretix.seats, start.seats)
})

test('text that is not JSON is refused, and says where it ends', () => {
  for (const format of ['grid', 'rowlock', 'pretix', 'seatsio'] as const) {
    const [mistake] = mistakesOf(() => parsePlan(format, '{"name": "x",'))
    assert.equal(mistake?.path, '$')
    assert.match(mistake?.message ?? '', /^This is not JSON: /)
  }
})

test('a file beyond the size of a plan file is refused before it is read', () => {
  const large = ' '.repeat(LIMITS.planBytesMax + 1)
  for (const format of ['rowlock', 'csv'] as const) {
    assert.match(mistakesOf(() => parsePlan(format, large))[0]?.message ?? '', /larger than/)
  }
})

test('the refusal says in one sentence how many mistakes there are, and the first', () => {
  const one = refusalOf(() => parsePlan('rowlock', { seats: [] }))
  assert.equal(
    one.message,
    'The seating plan has a mistake at seats: A plan needs at least one seat.',
  )
  const two = refusalOf(() => parsePlan('rowlock', { seats: [{ label: '\0' }, { label: '' }] }))
  assert.match(two.message, /^The seating plan has \d mistakes, the first at seats\[0\]\.label: /)
  assert.equal(one.status, 422)
})
