/** CSV files as people have them: they go in, or say why in one go, and are never misread. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  decodeFile,
  detectFormat,
  importPlan,
  neighbours,
  parsePlan,
} from '../../src/plans/index.ts'
import type { PlanOptions, PlanSeat } from '../../src/protocol/index.ts'
import { mistakesOf, pathsOf } from './mistakes-of.ts'

function seatsOf(text: string, options: PlanOptions = {}): PlanSeat[] {
  return parsePlan('csv', text, options).seats
}

function placesOf(text: string): (string | null)[][] {
  return seatsOf(text).map(({ section, row, number }) => [section, row, number])
}

test('C05: columns without a name and without cells are passed over', () => {
  assert.deepEqual(placesOf('section;row;seat;;\nP;A;1;;\nP;A;2;;\n'), [
    ['P', 'A', '1'],
    ['P', 'A', '2'],
  ])
  assert.deepEqual(
    pathsOf(() => seatsOf('section;row;seat;;\nP;A;1;;\nP;A;2;x;\n')),
    ['line 3'],
  )
})

test('C06: blank lines are passed over, wherever they stand', () => {
  const text = ';;\n\nsection;row;seat\nP;A;1\n;;\n   \n"";"" ;\nP;A;2\n;;\n'
  assert.deepEqual(placesOf(text), [
    ['P', 'A', '1'],
    ['P', 'A', '2'],
  ])
})

test('C08: the first line may say the separator, and is obeyed', () => {
  for (const mark of [',', ';', '\t', '|', '^', ':']) {
    const text = `sep=${mark}\r\nrow${mark}seat\r\nA${mark}"1"\r\n`
    assert.deepEqual(placesOf(text), [[null, 'A', '1']])
    assert.equal(placesOf(`\ufeff"sep=${mark}"\n${text.slice(7)}`).length, 1)
  }
  const [mistake] = mistakesOf(() => seatsOf('sep=;\nrow;seat\nA;1-10\n'))
  assert.equal(mistake?.path, 'line 3, column "seat"')
})

test('C10: columns are known in many languages', () => {
  const headers = [
    'Block;Reihe;Platz',
    'Section;Rang;Place',
    'Sector;Fila;Asiento',
    'Settore;Fila;Posto',
    'Setor;Fileira;Lugar',
    'Vak;Rij;Stoel',
    'Sektion;Rad;Plats',
    'Sektor;Rząd;Miejsce',
    'Sekce;Řada;Sedadlo',
    'Szektor;Sor;Szék',
    'Blok;Sıra;Koltuk',
    'Сектор;Ряд;Место',
    'Τομέας;Σειρά;Θέση',
    'גוש;שורה;כיסא',
    'قسم;صف;مقعد',
    '区域;排;座位',
    'エリア;列;座席番号',
    '구역;열;좌석',
    'SECTION ; Row No. ; SEAT NUMBER',
    'Rang;Reihe;Platz-Nr.',
  ]
  for (const header of headers) {
    assert.deepEqual(placesOf(`${header}\nP;A;1\n`), [['P', 'A', '1']], header)
    assert.equal(detectFormat(`${header}\nP;A;1\n`), 'csv', header)
  }
})

test('C10: what they are can be said with the import', () => {
  const text = 'Teil;R;S;Name\nP;A;1;x\nP;A;2;y\n'
  const columns = { section: 'Teil', row: 'r', seat: 'S' }
  const { plan, warnings } = importPlan('csv', text, { columns, ignoreUnknownColumns: true })
  assert.deepEqual(
    plan.seats.map(({ section, row, number }) => [section, row, number]),
    [
      ['P', 'A', '1'],
      ['P', 'A', '2'],
    ],
  )
  assert.equal(plan.seats[0]?.label, 'x', 'a column of a known name keeps its meaning')
  assert.ok(warnings.every(({ code }) => code !== 'columns_ignored'))
  assert.deepEqual(
    pathsOf(() => seatsOf(text, { columns: { ...columns, category: 'Preis' } })),
    ['columns.category'],
  )
})

test('a label beside a row says the number', () => {
  const text = 'label,section,row\nA1,Stalls,A\nA2,Stalls,A\nSeat 3,Stalls,A\n'
  assert.deepEqual(placesOf(text), [
    ['Stalls', 'A', '1'],
    ['Stalls', 'A', '2'],
    ['Stalls', 'A', '3'],
  ])
})

test('two columns that look like the same one are not guessed at', () => {
  assert.deepEqual(
    pathsOf(() => seatsOf('Block;Sektor;Reihe;Platz\nP;Q;A;1\n')),
    ['line 1, column "Sektor"'],
  )
  const columns = { section: 'Sektor' }
  const plan = importPlan('csv', 'Block;Sektor;Reihe;Platz\nP;Q;A;1\n', {
    columns,
    ignoreUnknownColumns: true,
  })
  assert.equal(plan.plan.seats[0]?.section, 'Q')
  assert.deepEqual(plan.warnings.find(({ code }) => code === 'columns_ignored')?.examples, [
    'Block',
  ])
})

test('C12: unknown columns are left out on demand, and named', () => {
  const text = 'row,seat,price,note\nA,1,12,x\n'
  assert.deepEqual(
    pathsOf(() => seatsOf(text)),
    ['line 1, column "price"', 'line 1, column "note"'],
  )
  const { warnings } = importPlan('csv', text, { ignoreUnknownColumns: true })
  const ignored = warnings.find(({ code }) => code === 'columns_ignored')
  assert.deepEqual([ignored?.count, ignored?.examples], [2, ['price', 'note']])
})

test("C24: a spreadsheet's apostrophe is no part of a label", () => {
  assert.deepEqual(placesOf('section,row,seat\nP,\'01,\'01\nP,="02",’02\n'), [
    ['P', '01', '01'],
    ['P', '02', '02'],
  ])
  assert.equal(seatsOf("label\n't Hof 1\n")[0]?.label, "'t Hof 1")
})

test('C27: a range is not one seat', () => {
  const ranges = [
    '1-10',
    '1–10',
    '1 - 10',
    '"1-10,12-16"',
    '1..10',
    '1…10',
    '1 to 10',
    '1 bis 10',
    '1 à 10',
    '1~10',
    '"1, 2, 3"',
    '"1;2"',
    '3 und 4',
    '3 & 4',
    'A-F',
    '1到10',
    '1から10',
    '١-١٠',
  ]
  for (const range of ranges) {
    const found = pathsOf(() => seatsOf(`section,row,seat\nP,A,11\nP,B,${range}\n`))
    assert.deepEqual(found, ['line 3, column "seat"'], range)
  }
  assert.deepEqual(placesOf('seat\n1-10\n1-11\n'), [
    [null, '1', '10'],
    [null, '1', '11'],
  ])
})

test('all mistakes come in one answer', () => {
  const text =
    'row,seat,price,accessible,x,y\nA,1-10,1,yes,1,1\nA,2,1,perhaps,one,1\nA,3,1,,3,1\nA,3,,,4,1\n'
  assert.deepEqual(
    pathsOf(() => seatsOf(text)),
    [
      'line 1, column "price"',
      'line 2, column "seat"',
      'line 3, column "x"',
      'line 3, column "accessible"',
      'line 5, column "seat"',
    ],
  )
})

test('yes and no, and decimals, as other languages write them', () => {
  const words = [
    'Ja',
    'oui',
    'sí',
    'sim',
    'да',
    'tak',
    'ano',
    'evet',
    'wahr',
    'WAHR',
    '是',
    'はい',
    '✓',
    'x',
  ]
  const noes = ['nein', 'non', 'no', 'não', 'нет', 'nie', 'ne', 'hayır', 'FALSCH', '否', '-', '']
  const lines = [...words, ...noes].map((word, n) => `A;${n};${word}`).join('\n')
  assert.deepEqual(
    seatsOf(`row;seat;accessible\n${lines}\n`).map(({ accessible }) => accessible),
    [...words.map(() => true), ...noes.map(() => false)],
  )
  const numbers = [
    '1,5',
    '1.5',
    '-3',
    '−3',
    '1.234,5',
    '1 234,5',
    '1,234.5',
    "1'234.5",
    '١٫٥',
    '1.234.567,0',
  ]
  const placed = numbers.map((number, n) => `A;${n};${number};0`).join('\n')
  assert.deepEqual(
    seatsOf(`row;seat;x;y\n${placed.replace('1.234.567,0', '999.999,0')}\n`).map(({ x }) => x),
    [1.5, 1.5, -3, -3, 1234.5, 1234.5, 1234.5, 1234.5, 1.5, 999999],
  )
})

test('UTF-16 and UTF-8, with and without a mark', () => {
  const text = 'Reihe;Platz;Label\nA;1;Größe 1\nA;2;排2\n'
  const little = Buffer.from(text, 'utf16le')
  const big = Buffer.from(little).swap16()
  const files = [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    little,
    Buffer.from(`\ufeff${text}`, 'utf16le'),
    big,
    Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  ]
  for (const file of files) {
    assert.equal(seatsOf(decodeFile(file))[0]?.label, 'Größe 1')
  }
  assert.deepEqual(
    pathsOf(() => decodeFile(Buffer.from(text, 'latin1'))),
    ['line 2'],
  )
})

test('general admission: a capacity, or a line a place', () => {
  const text =
    'section,row,seat,capacity,general_admission\nFloor,,,3,\nPit,,1,,yes\nPit,,2,,yes\nA,1,1,,\n'
  const { plan, summary } = importPlan('csv', text)
  assert.deepEqual(
    plan.seats.map(({ label }) => label),
    ['Floor 1', 'Floor 2', 'Floor 3', 'Pit 1', 'Pit 2', '1-1'],
  )
  assert.deepEqual([summary.generalAdmission, summary.seatsWithoutRow, summary.rows], [5, 0, 1])
  assert.deepEqual(
    plan.sections.map(({ generalAdmission }) => generalAdmission),
    [true, true, false],
  )
  assert.deepEqual(
    pathsOf(() => seatsOf('section,seat,capacity\nFloor,,3\nFloor,1,\nPit,,many\n,,2\n')),
    ['line 4, column "capacity"', 'line 5, column "section"', 'line 3, column "section"'],
  )
})

test('S61: the order of a file is the order of a row', () => {
  const beside = (...numbers: number[]) => {
    const places = neighbours(
      parsePlan('csv', `row,seat\n${numbers.map((n) => `A,${n}`).join('\n')}\n`),
    )
    return places.map(({ right }) => (right === null ? null : numbers[right]))
  }
  assert.deepEqual(beside(7, 5, 3, 1, 2, 4, 6, 8), [5, 3, 1, 2, 4, 6, 8, null])
  assert.deepEqual(beside(1, 3, 5, 7, 8, 6, 4, 2), [3, 5, 7, 8, 6, 4, 2, null])
  assert.deepEqual(beside(4, 3, 2, 1), [3, 2, 1, null])
  assert.deepEqual(beside(1, 3, 5, 7, 2, 4, 6, 8), [3, 5, 7, null, 4, 6, 8, null])
  assert.deepEqual(beside(3, 1, 2), [1, 2, null])
  assert.deepEqual(beside(2, 9, 4, 1, 3), [3, null, null, 2, 4], 'of no order: by their numbers')
})

test('categories of a file have colours that can be told apart', () => {
  const lines = Array.from({ length: 30 }, (_, n) => `A,${n + 1},Class ${n + 1}`).join('\n')
  const { warnings, plan } = importPlan('csv', `row,seat,category\n${lines}\n`)
  assert.ok(plan.categories.every(({ color }) => color !== null))
  assert.ok(warnings.every(({ code }) => code !== 'colors_alike'))
})
