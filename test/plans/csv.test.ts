import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCinemaPlan, exportPlan, parsePlan, planFromLabels } from '../../src/plans/index.ts'
import { lineOf, unmarkCell } from '../../src/protocol/index.ts'
import { fixture, mistakesOf, pathsOf } from './mistakes-of.ts'

test('a theatre of two sections: labels that meet are told apart by the section', () => {
  const plan = parsePlan('csv', fixture('theatre.csv'))
  const seats = new Map(plan.seats.map((seat) => [seat.label, seat]))
  assert.equal(seats.size, 30)
  assert.deepEqual([seats.get('Stalls A1')?.x, seats.get('Stalls A1')?.y], [50, 100])
  assert.equal(seats.get('Circle B6')?.section, 'Circle')
  assert.equal(seats.get('C1')?.accessible, true, 'row C is in the stalls only')
  assert.deepEqual(
    plan.categories.map(({ key }) => key),
    ['premium', 'standard'],
  )
  assert.deepEqual(
    plan.sections.map(({ key, generalAdmission }) => [key, generalAdmission]),
    [
      ['Stalls', false],
      ['Circle', false],
    ],
  )
})

test('what a spreadsheet writes: byte order mark, semicolons, quotes, decimal commas', () => {
  const plan = parsePlan('csv', fixture('spreadsheet-semicolons.csv'))
  assert.equal(plan.seats.length, 8)
  const { label, row, number, category, x, y } = plan.seats[5] ?? assert.fail()
  assert.deepEqual(
    [label, row, number, category, x, y],
    ['B2', 'B', '2', 'Loge; links', 100.5, 160.25],
  )
})

test('tabs separate too; without positions rows are laid out as a grid', () => {
  const plan = parsePlan('csv', fixture('rows-and-seats.tsv'))
  const places = new Set(plan.seats.map(({ x, y }) => `${x} ${y}`))
  assert.equal(places.size, 15)
  assert.equal(plan.seats[0]?.y, plan.seats[4]?.y)
  assert.ok((plan.seats[0]?.y ?? 0) < (plan.seats[5]?.y ?? 0))
  assert.ok(plan.focalPoint)
})

test('columns come in any order and any capitals; labels alone will do', () => {
  const plan = parsePlan('csv', 'SEAT,Row\n1,A\n2,A\n')
  assert.deepEqual(
    plan.seats.map(({ label }) => label),
    ['A1', 'A2'],
  )
  assert.equal(parsePlan('csv', 'label\nA1\nA2').seats.length, 2)
})

test('a blank line is skipped, and counted as an editor counts', () => {
  assert.deepEqual(
    pathsOf(() => parsePlan('csv', 'label\nA1\n\nA1\n')),
    ['line 4, column "label"'],
  )
})

test('what is written is read again as the same seats', () => {
  const plans = [
    demoCinemaPlan(),
    parsePlan('seatsio', fixture('sampleChartWithSections.json')),
    parsePlan('rowlock', {
      sections: [{ key: 'He said "hi", twice' }],
      seats: [
        {
          label: 'A;1',
          section: 'He said "hi", twice',
          row: null,
          x: 0.1,
          y: 1e-7,
          companion: true,
          restrictedView: true,
          externalId: 'two\nlines',
        },
        { label: 'Box', x: -5, y: 3 },
      ],
    }),
  ]
  for (const plan of plans) {
    assert.deepEqual(parsePlan('csv', exportPlan('csv', plan)).seats, plan.seats)
  }
})

test('flags are yes or no in several ways', () => {
  const text = ['label,accessible', 'A,yes', 'B,TRUE', 'C,1', 'D,x', 'E,no', 'F,', 'G,0', 'H,false']
  const flags = parsePlan('csv', text.join('\n')).seats.map(({ accessible }) => accessible)
  assert.deepEqual(flags, [true, true, true, true, false, false, false, false])
})

test('what is wrong is refused with its line and column', () => {
  const wrong: [string, string[]][] = [
    ['', ['line 1']],
    ['label', ['line 2']],
    ['row,category\nA,b', ['line 1']],
    ['label,price\nA1,12', ['line 1, column "price"']],
    ['label,Label\nA1,A1', ['line 1, column "Label"']],
    ['label,x\nA1,1', ['line 1']],
    ['label,x,y\nA1,1,2\nA2,,', ['line 3, column "x"', 'line 3, column "y"']],
    ['label,x,y\nA1,one,2', ['line 2, column "x"']],
    ['label,x,y\nA1,1,0x10', ['line 2, column "y"']],
    ['label,x,y\nA1,1,1e9', ['line 2, column "y"']],
    ['label,accessible\nA1,perhaps', ['line 2, column "accessible"']],
    ['row,seat\nA,1\nA,', ['line 3, column "seat"']],
    ['row,seat\nA,1\nA,1', ['line 3, column "seat"']],
    ['label\nA1,B,C', ['line 2']],
    ['label,row\nA1,\ud800', ['line 2']],
    ['label\nA1\nCaf\ufffd', ['line 3']],
    ['label\nA\0', ['line 2, column "label"']],
    ['label,category\nA1,c\nA2,d\0', ['line 3, column "category"', 'line 3, column "category"']],
    ['label,section\nA1,c\nA2,d\0', ['line 3, column "section"', 'line 3, column "section"']],
    [`label,external_id\nA1,${'x'.repeat(201)}`, ['line 2, column "external_id"']],
    [`label,seat\nA1,${'x'.repeat(41)}`, ['line 2, column "seat"']],
    ['label\n"A1', ['line 2']],
    ['label\n"A1" B', ['line 2']],
  ]
  for (const [text, paths] of wrong) {
    const found = pathsOf(() => parsePlan('csv', text))
    assert.deepEqual([...new Set(found)], [...new Set(paths)], text)
  }
  assert.equal(mistakesOf(() => parsePlan('csv', { label: 'A1' }))[0]?.path, '$')
})

test('more lines than a plan has seats are refused', () => {
  const lines = Array.from({ length: 100_001 }, (_, index) => `A${index}`)
  assert.equal(mistakesOf(() => parsePlan('csv', `label\n${lines.join('\n')}`)).length, 1)
})

/** Cells as a spreadsheet reads them that parts them so: quotes count where a cell begins. */
function cellsBy(separator: string, text: string): string[] {
  const cell = new RegExp(
    `("(?:[^"]|"")*"?)?([^\\r\\n${separator}]*)(?:\\r\\n|[\\r\\n${separator}]|$)`,
    'guy',
  )
  return [...text.matchAll(cell)].map(([, quoted = '', rest = '']) => {
    return quoted.replace(/^"|"$/gu, '').replaceAll('""', '"') + rest
  })
}

test('no separator of a spreadsheet makes a formula of what an export says', () => {
  const inner = [
    'x;=1+1',
    'x; +1',
    "x;'=1",
    'x|@SUM(A1)',
    'x\t=1',
    'x\n=1',
    'x\r\n-2+3',
    'x;\t=1',
    '=1;=2',
  ]
  for (const text of [...inner, 'x;', "x;'", 'x";=1', '";=1', "x;''\t'=1"]) {
    const line = lineOf(['1', text, 'y'])
    for (const separator of [',', ';', '\t', '|']) {
      for (const cell of cellsBy(separator, line)) {
        assert.doesNotMatch(cell, /^\s*[=+\-@]/u, JSON.stringify([line, separator]))
      }
    }
    assert.equal(unmarkCell(cellsBy(',', line)[1] ?? ''), text)
  }
})

test('what an export says is text to a spreadsheet, and the same label to us', () => {
  const starts = ['=', '+', '-', '@', '\t=', '\r=', '＝', "'=", "''=", '’=', "'", '’', '="']
  const labels = starts.flatMap((start) => [`${start}A1`, `${start}1+1`, `${start}cmd|'x'!A0`])
  for (const label of labels) {
    const plan = planFromLabels([label])
    const text = exportPlan('csv', plan)
    assert.doesNotMatch(text, /(?:^|,)"?[=+\-@\t\r](?!\d+(?:\.\d+)?(?:,|$))/mu, label)
    assert.equal(parsePlan('csv', text).seats[0]?.label, plan.seats[0]?.label, label)
  }
})
