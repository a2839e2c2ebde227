import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { neighbours, parsePlan, planFromLabels } from '../../src/plans/index.ts'
import { type LabelParts, readRows } from '../../src/plans/rows/read-rows.ts'
import { runs } from '../support/runs.ts'

function rowsOf(...labels: string[]): (string | null)[] {
  return readRows(labels).map(({ row }) => row)
}

test('L02: Chinese rows, with words for row and seat', () => {
  const labels = ['1排1座', '1排2座', '1排3座', '2排1座', '2排2座']
  assert.deepEqual(rowsOf(...labels), ['1', '1', '1', '2', '2'])
  const places = neighbours(planFromLabels(labels))
  assert.equal(places[2]?.right, null)
  assert.equal(places[0]?.right, 1)
})

test('L04: Korean rows', () => {
  assert.deepEqual(rowsOf('가열 1번', '가열 2번', '나열 1번'), ['가', '가', '나'])
})

test('L20: what stands in brackets behind a seat is no part of its row', () => {
  const labels = ['A1 (Rollstuhl)', 'A2 (Rollstuhl)', 'B1 (Rollstuhl)', 'B2']
  assert.deepEqual(rowsOf(...labels), ['A', 'A', 'B', 'B'])
  assert.deepEqual(rowsOf('A1', 'A2 (Sonderplatz)', 'B1'), ['A', 'A', 'B'])
})

test('but where it tells seats of one number apart, it is', () => {
  const rows = rowsOf('A1 (Balkon)', 'A2 (Balkon)', 'A1 (Parkett)', 'A2 (Parkett)')
  assert.deepEqual(rows, ['A Balkon', 'A Balkon', 'A Parkett', 'A Parkett'])
  assert.deepEqual(rowsOf('A1 Balkon', 'A1 Parkett'), ['A Balkon', 'A Parkett'])
})

test('L50: a CSV with only seats reads like one with only labels', () => {
  const cells = 'A1\nA2\nA3\nB1\nB2\nB3\n'
  assert.deepEqual(parsePlan('csv', `seat\n${cells}`), parsePlan('csv', `label\n${cells}`))
})

test('words for row and seat in many languages, in either order', () => {
  const words = [
    ['Row', 'Seat'],
    ['Reihe', 'Platz'],
    ['Rang', 'Place'],
    ['Fila', 'Asiento'],
    ['Fila', 'Posto'],
    ['Fila', 'Lugar'],
    ['Rij', 'Stoel'],
    ['Rad', 'Plats'],
    ['Række', 'Sæde'],
    ['Rivi', 'Paikka'],
    ['Rząd', 'Miejsce'],
    ['Řada', 'Sedadlo'],
    ['Sor', 'Szék'],
    ['Sıra', 'Koltuk'],
    ['Rând', 'Loc'],
    ['Ряд', 'Место'],
    ['Ред', 'Място'],
    ['Σειρά', 'Θέση'],
    ['שורה', 'כיסא'],
    ['صف', 'مقعد'],
    ['ردیف', 'صندلی'],
    ['पंक्ति', 'सीट'],
    ['แถว', 'ที่นั่ง'],
    ['Hàng', 'Ghế'],
    ['Baris', 'Kursi'],
  ] as const
  for (const [row, seat] of words) {
    assert.deepEqual(
      readRows([`${row} 3 ${seat} 4`, `${seat} 5, ${row} 6`]),
      [
        { row: '3', number: '4' },
        { row: '6', number: '5' },
      ],
      row,
    )
  }
})

test('a number without a row is of no row, nor is a long word one', () => {
  const labels = [
    '17',
    'Platz 3',
    'No. 4',
    '№ 5',
    'Parkett 12',
    'Block 102-5',
    'Royal Box',
    'Table 5',
  ]
  assert.deepEqual(
    rowsOf(...labels),
    labels.map(() => null),
  )
})

test('whether a letter behind a number is the seat, the row or a seat put in later', () => {
  assert.deepEqual(rowsOf('1A', '1B', '1C', '2A', '2B', '2C'), ['1', '1', '1', '2', '2', '2'])
  assert.deepEqual(rowsOf('1A', '2A', '3A', '1B', '2B', '3B'), ['A', 'A', 'A', 'B', 'B', 'B'])
  assert.deepEqual(rowsOf('A12', 'A12a', 'A13'), ['A', 'A', 'A'])
  assert.deepEqual(rowsOf('1A', '2B', '3A', '1C', '2A', '3C'), [null, null, null, null, null, null])
})

test('one letter before all the seats of a house is no row', () => {
  const many = Array.from({ length: 300 }, (_, index) => `S${index + 1}`)
  assert.ok(rowsOf(...many).every((row) => row === null))
  assert.ok(rowsOf(...many.map((label) => `Row ${label}`)).every((row) => row === 'S'))
})

const DIGITS = [...'٠١٢٣٤٥٦٧٨٩']
const HAN = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']

type Numbering = (place: number) => string
const of =
  (letters: string): Numbering =>
  (place) =>
    [...letters][place - 1] as string
const digits =
  (zero: number): Numbering =>
  (place) =>
    String(place).replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))

/** Names of rows; each has twelve. */
const ROWS: Record<string, Numbering> = {
  latin: of('ABCDEFGHIJKL'),
  double: (place) => of('ABCDEFGHIJKL')(place).repeat(2),
  small: of('abcdefghijkl'),
  cyrillic: of('АБВГДЕЖЗИКЛМ'),
  greek: of('ΑΒΓΔΕΖΗΘΙΚΛΜ'),
  hebrew: of('אבגדהוזחטיכל'),
  arabic: of('ابجدهوزحطيكل'),
  devanagari: of('कखगघङचछजझञटठ'),
  hangul: of('가나다라마바사아자차카타'),
  kana: of('あいうえおかきくけこさし'),
  thai: of('กขคงจฉชซฌญฎฏ'),
  digits: String,
  arabicDigits: (place) => String(place).replace(/\d/g, (digit) => DIGITS[Number(digit)] as string),
  hindiDigits: digits(0x966),
  fullWidth: digits(0xff10),
  padded: (place) => String(place).padStart(2, '0'),
  roman: (place) => ROMAN[place - 1] as string,
  han: (place) => HAN[place - 1] as string,
  negative: (place) => String(place - 3),
}

const SEATS: Record<string, Numbering> = {
  digits: String,
  padded: (place) => String(place).padStart(3, '0'),
  arabicDigits: (place) => String(place).replace(/\d/g, (digit) => DIGITS[Number(digit)] as string),
  hindiDigits: digits(0x966),
  fullWidth: digits(0xff10),
}

/** Styles in which both stand in a label. The row comes first, unless words say what is what. */
const STYLES = [
  '{r}-{s}',
  '{r} {s}',
  '{r}/{s}',
  '{r}.{s}',
  '{r}:{s}',
  '{r}_{s}',
  '{r}·{s}',
  '{r} – {s}',
  '{r}, {s}',
  '{r}|{s}',
  '{r}#{s}',
  '({r}) {s}',
  '[{r}]{s}',
  'Row {r} Seat {s}',
  'Seat {s} Row {r}',
  'row {r}, seat {s}',
  'Reihe {r} Platz {s}',
  'Platz {s}, Reihe {r}',
  '{r}. Reihe, {s}. Platz',
  'Ряд {r} Место {s}',
  'Fila {r} - Asiento {s}',
  'Rang {r} place {s}',
  'Rad {r}, Plass {s}',
  '{r}排{s}座',
  '第{r}排第{s}座',
  '{r}排{s}号',
  '{r}列{s}番',
  '{r}행 {s}열',
  '{r}열 {s}번',
  '{r}열{s}번',
  '{r}행{s}번',
  'שורה {r} כיסא {s}',
  'صف {r} مقعد {s}',
  'पंक्ति {r} सीट {s}',
  'แถว {r} ที่นั่ง {s}',
  'Hàng {r} Ghế {s}',
  'Σειρά {r} Θέση {s}',
  'Parkett Row {r} Seat {s}',
  'Stalls {r}-{s}',
  '2F {r}-{s}',
  'Block 4 {r}-{s}',
  '二楼{r}排{s}座',
  '1층 {r}열 {s}번',
  '{r}-{s} (Rollstuhl)',
  '{r}-{s} [wheelchair]',
  '{r}-{s} *',
  '{r}-{s} ♿',
  'Row {r} Seat {s} (VIP)',
  '{r}排{s}座（加座）',
  'Blip {r} Blop {s}',
  'Blip {s} Blop {r}',
  '{s}ø{r}',
  '{s}x{r}',
  '{r}-x{s}',
  'r{r}s{s}',
  's{s}r{r}',
  '{s}. in {r}',
  '{r}){s}',
  '{s}={r}',
] as const

/** The seat first, and no word that we know says so: only the order of a list gives it away. */
const REVERSED = new Set<string>([
  'Blip {s} Blop {r}',
  '{s}ø{r}',
  '{s}x{r}',
  's{s}r{r}',
  '{s}={r}',
  '{s}. in {r}',
])

/** Styles from which rows are found, when rows and seats are numbers or letters of one alphabet. */
const FOUND = STYLES.slice(0, STYLES.indexOf('Blip {r} Blop {s}'))

interface Listed {
  label: string
  row: number
}

function listOf(style: string, row: Numbering, seat: Numbering, rows: number, seats: number) {
  return Array.from({ length: rows * seats }, (_, index): Listed => {
    const [r, s] = [Math.floor(index / seats) + 1, (index % seats) + 1]
    const label = style.replace('{r}', row(r)).replace('{s}', seat(s))
    return { label, row: r }
  })
}

/** Seats whose rows are read as one are of one row. */
function assertNeverMixed(list: readonly Listed[], context: string): readonly LabelParts[] {
  const parts = readRows(list.map(({ label }) => label))
  const rowByName = new Map<string, number>()
  parts.forEach(({ row }, index) => {
    if (row === null) return
    const { row: own, label } = list[index] as Listed
    const known = rowByName.get(row) ?? own
    rowByName.set(row, known)
    assert.equal(known, own, `${context}: ${label} is not of the row "${row}"`)
  })
  return parts
}

test('rows of every numbering in every style are found', () => {
  let count = 0
  for (const style of FOUND) {
    for (const [rowName, row] of Object.entries(ROWS)) {
      for (const [seatName, seat] of Object.entries(SEATS)) {
        const list = listOf(style, row, seat, 4, 3)
        const context = `${style}, rows ${rowName}, seats ${seatName}`
        const parts = assertNeverMixed(list, context)
        const isFound = parts.every((part) => part.row !== null)
        assert.ok(isFound, `${context}: no row in ${list.map(({ label }) => label)}`)
        assert.equal(new Set(parts.map((part) => part.row)).size, 4, context)
        count += 1
      }
    }
  }
  assert.ok(count > 4_000, `${count} styles`)
})

test('seats of different rows are never said to be of one, in any style, script and order', () => {
  const styles = fc.record({
    style: fc.constantFrom(...STYLES),
    row: fc.constantFrom(...Object.keys(ROWS)),
    seat: fc.constantFrom(...Object.keys(SEATS)),
    rows: fc.integer({ min: 1, max: 12 }),
    seats: fc.integer({ min: 1, max: 20 }),
    order: fc.constantFrom('rows', 'shuffled', 'some'),
    salt: fc.nat(),
  })
  const property = fc.property(styles, ({ style, row, seat, rows, seats, order, salt }) => {
    const isReversed = REVERSED.has(style)
    if (isReversed && (seats < 3 || order !== 'rows')) return
    const list = listOf(style, ROWS[row] as Numbering, SEATS[seat] as Numbering, rows, seats)
    const mixed = order === 'rows' ? list : shuffle(list, salt)
    const chosen = order === 'some' ? mixed.slice(0, 1 + (salt % mixed.length)) : mixed
    assertNeverMixed(chosen, `${style}, rows ${row}, seats ${seat}, ${order}`)
  })
  fc.assert(property, runs('rows', 5_000))
})

function shuffle<T>(list: readonly T[], salt: number): T[] {
  let state = (salt % 2_147_483_646) + 1
  return list
    .map((item) => {
      state = (state * 48_271) % 2_147_483_647
      return { item, at: state }
    })
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)
}
