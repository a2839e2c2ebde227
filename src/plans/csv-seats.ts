import { type CsvColumn, LIMITS, type PlanSeat, seatKey } from '../protocol/index.ts'
import { isRange, readBoolean, readDecimal } from './csv-cells.ts'
import { cleanLabel, joinLabel, qualifyLabels } from './label-parts.ts'
import { type MistakeList, quoted } from './mistakes.ts'
import { type LabelParts, readRows } from './rows/read-rows.ts'
import { LINE_LENGTH, PLAN_MARGIN, ROW_PITCH, round, SEAT_PITCH } from './seat-layout.ts'
import { makeSeat, STANDARD } from './seat-parts.ts'

/** One line of the file: its cells are trimmed, an absent one is empty. */
export interface CsvRecord {
  line: number
  cell(column: CsvColumn): string
}

/** Seats whose cells were understood. */
export interface CsvSeats {
  seats: PlanSeat[]
  /** The line of each seat. */
  lines: number[]
  /** True when the file says where they are. */
  isPlaced: boolean
  /** Names of the sections of general admission. */
  standing: Set<string>
}

/** A seat on its way: what is left of the label is made last, when all are known. */
interface Draft {
  record: CsvRecord
  seat: PlanSeat
  isStanding: boolean
}

/** Seats of the lines, in their order; a line with a capacity is as many places. */
export function readCsvSeats(mistakes: MistakeList, records: readonly CsvRecord[]): CsvSeats {
  const isPlaced = records.some((record) => !isUnplaced(record))
  const names = startNames()
  const drafts: Draft[] = []
  for (const record of records) {
    if (mistakes.isFull()) break
    const before = mistakes.count()
    const isStanding = readStanding(mistakes, record)
    const hasPlace = isPlaced && !(isStanding && isUnplaced(record))
    const draft = { record, seat: readSeat(mistakes, record, hasPlace, names), isStanding }
    const count = isStanding ? readCapacity(mistakes, record) : 1
    if (drafts.length + count > LIMITS.seatsPerPlanMax) {
      mistakes.add(`line ${record.line}`, `More than ${LIMITS.seatsPerPlanMax} seats and places.`)
      break
    }
    if (!isStanding) checkNumber(mistakes, record)
    // What is wrong by itself is not compared with others: each mistake is told once.
    if (mistakes.count() > before) continue
    for (let place = 0; place < count; place += 1)
      drafts.push({ ...draft, seat: { ...draft.seat } })
  }
  const standing = standingSections(mistakes, drafts)
  readRowsOfLabels(
    drafts.filter(({ isStanding }) => !isStanding),
    names,
  )
  numberPlaces(drafts.filter(({ isStanding }) => isStanding))
  makeLabels(drafts)
  if (isPlaced) placeBelow(drafts)
  const lines = drafts.map(({ record }) => record.line)
  return { seats: drafts.map(({ seat }) => seat), lines, isPlaced, standing }
}

type Names = (kind: string, text: string) => string

/** Names that differ in capitals, or in what nobody can see, are one: the one that came first. */
function startNames(): Names {
  const known = new Map<string, string>()
  return (kind, text) => {
    const clean = cleanLabel(text)
    if (clean === '') return ''
    const key = JSON.stringify([kind, clean.length > LIMITS.keyLengthMax ? clean : seatKey(clean)])
    const name = known.get(key) ?? clean
    known.set(key, name)
    return name
  }
}

function readSeat(
  mistakes: MistakeList,
  record: CsvRecord,
  isPlaced: boolean,
  names: Names,
): PlanSeat {
  const { cell } = record
  const section = names('section', cell('section')) || null
  return makeSeat({
    label: cleanLabel(cell('label')),
    section,
    row: names(JSON.stringify(['row', section]), cell('row')) || null,
    number: cleanLabel(cell('seat')),
    category: names('category', cell('category')) || STANDARD.key,
    x: isPlaced ? readNumber(mistakes, record, 'x') : 0,
    y: isPlaced ? readNumber(mistakes, record, 'y') : 0,
    accessible: readFlag(mistakes, record, 'accessible'),
    companion: readFlag(mistakes, record, 'companion'),
    restrictedView: readFlag(mistakes, record, 'restricted_view'),
    externalId: cell('external_id') || null,
  })
}

function checkNumber(mistakes: MistakeList, record: CsvRecord): void {
  const { cell } = record
  if (cell('label') === '' && cell('seat') === '') {
    mistakes.add(pathOf(record, 'seat'), 'A seat needs a label or a number.')
  }
  const isNumber = cell('row') !== '' || cell('label') !== ''
  if (isNumber && isRange(cell('seat'))) {
    const text = quoted(cell('seat'))
    mistakes.add(pathOf(record, 'seat'), `${text} is a range: a range is not one seat.`)
  } else if (!isNumber && /[,;、]|\.\.|…/u.test(cell('seat')) && isRange(cell('seat'))) {
    mistakes.add(pathOf(record, 'seat'), `${quoted(cell('seat'))} names several seats, not one.`)
  }
}

/** Without a seat, a capacity alone says that people stand there. */
function readStanding(mistakes: MistakeList, record: CsvRecord): boolean {
  const { cell } = record
  const isSeat = cell('label') !== '' || cell('seat') !== ''
  const isStanding = readFlag(mistakes, record, 'general_admission')
  return isStanding || (!isSeat && cell('capacity') !== '')
}

function readCapacity(mistakes: MistakeList, record: CsvRecord): number {
  const { cell } = record
  const isPlace = cell('label') !== '' || cell('seat') !== ''
  if (cell('section') === '') {
    mistakes.add(pathOf(record, 'section'), 'Places of general admission need a section.')
  }
  if (cell('capacity') === '' && isPlace) return 1
  const capacity = readDecimal(cell('capacity'))
  const isCount = capacity !== null && Number.isInteger(capacity) && capacity > 0
  if (isCount && !(isPlace && capacity > 1)) return capacity
  const wrong = isPlace
    ? 'A single place must have a capacity of 1'
    : 'A capacity must be a whole number above 0'
  mistakes.add(pathOf(record, 'capacity'), `${wrong}, not ${quoted(cell('capacity'))}.`)
  return 1
}

function standingSections(mistakes: MistakeList, drafts: readonly Draft[]): Set<string> {
  const standing = new Set<string>()
  for (const { seat, isStanding } of drafts) {
    if (isStanding && seat.section !== null) standing.add(seat.section)
  }
  for (const { seat, isStanding, record } of drafts) {
    if (isStanding || seat.section === null || !standing.has(seat.section)) continue
    const section = quoted(seat.section)
    mistakes.add(
      pathOf(record, 'section'),
      `${section} is of general admission on other lines: seats need a section of their own.`,
    )
  }
  return standing
}

/**
 * Reads rows from labels where no row is given; a seat's cell that stands alone may name one, too.
 */
function readRowsOfLabels(drafts: readonly Draft[], names: Names): void {
  const groups = new Map<string | null, Draft[]>()
  for (const draft of drafts) {
    const { seat } = draft
    // Label and number without a row say that there is none.
    if (seat.number !== '' && (seat.row !== null || seat.label !== '')) continue
    groups.set(seat.section, [...(groups.get(seat.section) ?? []), draft])
  }
  for (const [section, group] of groups) {
    const parts = readRows(group.map(({ seat }) => seat.label || seat.number))
    group.forEach(({ seat }, index) => {
      takeRow(seat, parts[index] as LabelParts, (row) =>
        names(JSON.stringify(['row', section]), row),
      )
    })
  }
}

function takeRow(seat: PlanSeat, { row, number }: LabelParts, nameOf: (row: string) => string) {
  if (row !== null) seat.row ??= nameOf(row)
  if (seat.label === '') seat.label = seat.number
  seat.number = number
}

function numberPlaces(places: readonly Draft[]): void {
  const next = new Map<string | null, number>()
  for (const { seat } of places) {
    const count = (next.get(seat.section) ?? 0) + 1
    next.set(seat.section, count)
    if (seat.number === '') seat.number = seat.label || String(count)
    if (seat.label === '') seat.label = cleanLabel(`${seat.section ?? ''} ${seat.number}`)
  }
}

/** People who stand need no position in a drawing: they are put below it, in lines. */
function placeBelow(drafts: readonly Draft[]): void {
  const isBelow = ({ record, isStanding }: Draft) => isStanding && isUnplaced(record)
  const drawn = drafts.filter((draft) => !isBelow(draft)).map(({ seat }) => seat.y)
  const top = drawn.reduce((max, y) => Math.max(max, y), 0) + ROW_PITCH
  drafts.filter(isBelow).forEach(({ seat }, index) => {
    seat.x = PLAN_MARGIN + (index % LINE_LENGTH) * SEAT_PITCH
    seat.y = round(top + Math.floor(index / LINE_LENGTH) * SEAT_PITCH)
  })
}

function isUnplaced({ cell }: CsvRecord): boolean {
  return cell('x') === '' && cell('y') === ''
}

function makeLabels(drafts: readonly Draft[]): void {
  const isMade = ({ record, isStanding }: Draft) => !isStanding && !record.cell('label')
  const made = drafts.filter(isMade).map(({ seat }) => seat)
  const bases = made.map(({ section, row, number, label }) => {
    return { section, label: label || joinLabel(row, number) }
  })
  qualifyLabels(bases).forEach((label, index) => {
    Object.assign(made[index] as PlanSeat, { label })
  })
}

function readNumber(mistakes: MistakeList, record: CsvRecord, column: CsvColumn): number {
  const text = record.cell(column)
  const value = readDecimal(text)
  if (value !== null) return value
  const wrong = text === '' ? 'Other seats have a position' : `${quoted(text)} is not a number`
  mistakes.add(pathOf(record, column), `${wrong}: give a number.`)
  return 0
}

function readFlag(mistakes: MistakeList, record: CsvRecord, column: CsvColumn): boolean {
  const text = record.cell(column)
  const flag = readBoolean(text)
  if (flag === null) {
    mistakes.add(pathOf(record, column), `${quoted(text)} is neither "true" nor "false".`)
  }
  return flag ?? false
}

function pathOf({ line }: CsvRecord, column: CsvColumn): string {
  return `line ${line}, column "${column}"`
}
