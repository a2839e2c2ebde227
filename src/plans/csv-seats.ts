import type { PlanSeat } from '../protocol/index.ts'
import { cleanLabel, joinLabel, qualifyLabels, splitLabel } from './label-parts.ts'
import { type MistakeList, quoted } from './mistakes.ts'
import { makeSeat, STANDARD } from './seat-parts.ts'

/** The columns that we read, in the order in which we write them. */
export const CSV_COLUMNS = [
  'section',
  'row',
  'seat',
  'label',
  'category',
  'x',
  'y',
  'accessible',
  'companion',
  'restricted_view',
  'external_id',
] as const
/** A column's name in lower case. */
export type CsvColumn = (typeof CSV_COLUMNS)[number]

/** One line of the file: its cells are trimmed, an absent one is empty. */
export interface CsvRecord {
  line: number
  cell(column: CsvColumn): string
}

/** Seats whose cells were understood, and whether the file says where they are. */
export function readCsvSeats(
  mistakes: MistakeList,
  records: readonly CsvRecord[],
): { seats: PlanSeat[]; isPlaced: boolean } {
  const isPlaced = records.some(({ cell }) => cell('x') !== '' || cell('y') !== '')
  const seats: PlanSeat[] = []
  for (const record of records) {
    if (mistakes.isFull()) break
    seats.push(readSeat(mistakes, record, isPlaced))
  }
  const made = seats.flatMap((seat, index) => (records[index]?.cell('label') ? [] : [seat]))
  const bases = made.map(({ section, row, number }) => ({ section, label: joinLabel(row, number) }))
  qualifyLabels(bases).forEach((label, index) => {
    Object.assign(made[index] as PlanSeat, { label })
  })
  return { seats, isPlaced }
}

function readSeat(mistakes: MistakeList, record: CsvRecord, isPlaced: boolean): PlanSeat {
  const { cell } = record
  const label = cleanLabel(cell('label'))
  const parts = splitLabel(label)
  if (label === '' && cell('seat') === '') {
    mistakes.add(pathOf(record, 'seat'), 'A seat needs a label or a number.')
  }
  return makeSeat({
    label,
    section: cell('section') || null,
    row: cell('row') || (cell('seat') ? null : parts.row),
    number: cell('seat') || parts.number,
    category: cell('category') || STANDARD.key,
    x: isPlaced ? readNumber(mistakes, record, 'x') : 0,
    y: isPlaced ? readNumber(mistakes, record, 'y') : 0,
    accessible: readFlag(mistakes, record, 'accessible'),
    companion: readFlag(mistakes, record, 'companion'),
    restrictedView: readFlag(mistakes, record, 'restricted_view'),
    externalId: cell('external_id') || null,
  })
}

/** A decimal comma is what spreadsheets of half the world write. */
function readNumber(mistakes: MistakeList, record: CsvRecord, column: CsvColumn): number {
  const text = record.cell(column)
  if (/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/iu.test(text)) {
    return Number(text.replace(',', '.')) + 0
  }
  const wrong = text === '' ? 'Other seats have a position' : `${quoted(text)} is not a number`
  mistakes.add(pathOf(record, column), `${wrong}: give a number.`)
  return 0
}

const YES = new Set(['true', 'yes', 'y', '1', 'x'])
const NO = new Set(['false', 'no', 'n', '0', ''])

function readFlag(mistakes: MistakeList, record: CsvRecord, column: CsvColumn): boolean {
  const text = record.cell(column).toLowerCase()
  if (!YES.has(text) && !NO.has(text)) {
    mistakes.add(pathOf(record, column), `${quoted(text)} is neither "true" nor "false".`)
  }
  return YES.has(text)
}

function pathOf({ line }: CsvRecord, column: CsvColumn): string {
  return `line ${line}, column "${column}"`
}
