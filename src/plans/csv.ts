import {
  CSV_COLUMNS,
  type CsvColumn,
  LIMITS,
  type PlanOptions,
  type PlanSeat,
  type PlanSpec,
  writeCell,
} from '../protocol/index.ts'
import { finishPlan } from './check-plan.ts'
import { type CsvHeader, readHeader } from './csv-header.ts'
import { type CsvLine, readCsvLines } from './csv-lines.ts'
import { type CsvRecord, type CsvSeats, readCsvSeats } from './csv-seats.ts'
import { distinctColors } from './distinct-colors.ts'
import { type MistakeList, refusePlan, startMistakes } from './mistakes.ts'
import { extentOf, layOutSeats } from './seat-layout.ts'
import { makeSection, STANDARD } from './seat-parts.ts'
import { startWarnings, type WarningList } from './warnings.ts'

/**
 * One line a seat under a header with some of `CSV_COLUMNS`, or words for them, in any order and
 * separated by commas, semicolons, tabs or bars. `label`, or else `seat`, must be there. Lines
 * without positions are laid out as a grid. Refusal: `plan_invalid`, with paths such as
 * `line 7, column "row"`. docs/guides/plans.md says what is understood.
 */
export function readCsvPlan(
  source: unknown,
  options: PlanOptions = {},
  warnings: WarningList = startWarnings(),
  name = 'Seating plan',
): PlanSpec {
  if (typeof source !== 'string') refusePlan('$', 'A CSV file must be text.')
  const mistakes = startMistakes()
  const [first, ...lines] = readCsvLines(source)
  if (!first) refusePlan('line 1', 'The file is empty: it needs a header and a line for each seat.')
  const header = readHeader(mistakes, warnings, first.cells, first.line, options)
  const isReadable = header.has('label') || header.has('seat') || header.has('capacity')
  if (!isReadable) mistakes.refuseIfAny()
  if (lines.length > LIMITS.seatsPerPlanMax) {
    refusePlan(`line ${lines.at(-1)?.line}`, `More than ${LIMITS.seatsPerPlanMax} seats.`)
  }
  const records = readRecords(mistakes, header, first, lines, options)
  const found = readCsvSeats(mistakes, records)
  return finishPlan(assemble(found, name), pathsOf(found, header), mistakes)
}

/** The names of the columns of a file, for whoever says what they are. */
export function csvHeader(source: string): string[] {
  return (readCsvLines(source)[0]?.cells ?? []).map((cell) => cell.trim())
}

/** Columns that we write: a place of general admission has a line, as a seat has. */
const WRITTEN = CSV_COLUMNS.filter((column) => column !== 'capacity')

/** The seats with everything that CSV can say of them; categories and sections by their keys. */
export function writeCsvPlan(plan: PlanSpec): string {
  const standing = new Set(plan.sections.flatMap((one) => (one.generalAdmission ? one.key : [])))
  const lines = plan.seats.map((seat) => {
    const flags = [seat.accessible, seat.companion, seat.restrictedView]
    const isPlace = seat.section !== null && standing.has(seat.section)
    const place = [seat.label, seat.category, String(seat.x), String(seat.y)]
    const cells = [seat.section ?? '', seat.row ?? '', seat.number, ...place]
    const all = [...cells, ...[...flags, isPlace].map(String), seat.externalId ?? '']
    return all.map(writeCell).join(',')
  })
  return `${[WRITTEN.join(','), ...lines].join('\n')}\n`
}

function readRecords(
  mistakes: MistakeList,
  header: CsvHeader,
  { cells: names }: CsvLine,
  lines: readonly CsvLine[],
  { ignoreUnknownColumns = false }: PlanOptions,
): CsvRecord[] {
  const width = names.length
  return lines.map(({ line, cells }) => {
    const isNamed = (index: number) =>
      index < width && (names[index] !== '' || ignoreUnknownColumns)
    if (cells.some((cell, index) => cell !== '' && !isNamed(index))) {
      const count = names.filter((name) => name !== '').length
      mistakes.add(`line ${line}`, `There are ${cells.length} cells under ${count} columns.`)
    }
    return { line, cell: (column) => cells[header.get(column) ?? Number.NaN] ?? '' }
  })
}

function assemble({ seats, isPlaced, standing }: CsvSeats, name: string): PlanSpec {
  const layout = isPlaced ? null : layOutSeats(seats)
  layout?.positions.forEach((position, index) => {
    Object.assign(seats[index] as PlanSeat, position)
  })
  const sectionKeys = new Set(seats.flatMap(({ section }) => section ?? []))
  const categoryKeys = [...new Set(seats.map(({ category }) => category))]
  const colors = distinctColors(categoryKeys.length, STANDARD.color ?? undefined)
  return {
    name,
    width: layout?.width ?? extentOf(seats, 'x'),
    height: layout?.height ?? extentOf(seats, 'y'),
    focalPoint: layout?.focalPoint ?? null,
    categories: categoryKeys.map((key, index) =>
      key === STANDARD.key
        ? { ...STANDARD, color: colors[index] ?? null }
        : { key, name: key, color: colors[index] ?? null, accessible: false },
    ),
    sections: [...sectionKeys].map((key) => {
      return makeSection(key, { generalAdmission: standing.has(key) })
    }),
    shapes: [],
    seats,
  }
}

const COLUMN_OF_FIELD: Record<string, CsvColumn> = {
  number: 'seat',
  restrictedView: 'restricted_view',
  externalId: 'external_id',
}

function pathsOf({ seats, lines }: CsvSeats, header: CsvHeader) {
  return {
    root: (field: string) => (field === 'seats' ? 'line 2' : field),
    seat: (index: number, field: string) => cellPath(lines[index] ?? 0, header, field),
    section: firstLines(seats, lines, 'section'),
    category: firstLines(seats, lines, 'category'),
  }
}

/** Column to mend where one was made from another: label from seat, seat and row from label. */
function cellPath(line: number, header: CsvHeader, field: string): string {
  const column = COLUMN_OF_FIELD[field] ?? (field as CsvColumn)
  const origin = header.has('label') ? 'label' : 'seat'
  return `line ${line}, column "${header.has(column) ? column : origin}"`
}

/** The lines on which keys are named first, in the order in which the plan lists the keys. */
function firstLines(
  seats: readonly PlanSeat[],
  lines: readonly number[],
  field: 'section' | 'category',
): (index: number) => string {
  const first = new Map<string, number>()
  seats.forEach((seat, index) => {
    const key = seat[field]
    if (key !== null && !first.has(key)) first.set(key, lines[index] ?? 0)
  })
  const numbers = [...first.values()]
  return (index) => `line ${numbers[index]}, column "${field}"`
}
