import { CsvError, parse } from 'csv-parse/sync'
import { LIMITS, type PlanSeat, type PlanSpec } from '../protocol/index.ts'
import { finishPlan } from './check-plan.ts'
import { CSV_COLUMNS, type CsvColumn, type CsvRecord, readCsvSeats } from './csv-seats.ts'
import { type MistakeList, quoted, refusePlan, startMistakes } from './mistakes.ts'
import { extentOf, layOutSeats } from './seat-layout.ts'
import { makeSection, STANDARD } from './seat-parts.ts'

/** Characters of a line, and of a record that quotes spread over several lines. */
const LINE_LENGTH_MAX = 20_000

/**
 * One line a seat under a header with some of `CSV_COLUMNS`, in any order, separated by commas,
 * semicolons or tabs. `label`, or else `seat`, must be there. Lines without positions are laid out
 * as a grid. Refusal: `plan_invalid`, with paths such as `line 7, column "row"`.
 */
export function readCsvPlan(source: unknown, name = 'Seating plan'): PlanSpec {
  if (typeof source !== 'string') refusePlan('$', 'A CSV file is a text.')
  if (source.length > LIMITS.planBytesMax) {
    refusePlan('$', `The file is larger than ${LIMITS.planBytesMax} bytes.`)
  }
  refuseBrokenText(source)
  refuseLongLines(source)
  const mistakes = startMistakes()
  const [header, ...lines] = parseLines(source)
  if (!header) refusePlan('line 1', 'The file is empty: a header and one line a seat are needed.')
  const columns = readHeader(mistakes, header)
  mistakes.refuseIfAny()
  if (lines.length > LIMITS.seatsPerPlanMax) {
    refusePlan(`line ${lines.at(-1)?.line}`, `More than ${LIMITS.seatsPerPlanMax} seats.`)
  }
  const records = readRecords(mistakes, columns, lines)
  const { seats, isPlaced } = readCsvSeats(mistakes, records)
  mistakes.refuseIfAny()
  return finishPlan(assemble(seats, isPlaced, name), {
    root: (field) => (field === 'seats' ? 'line 2' : field),
    seat: (index, field) => cellPath(lines[index]?.line ?? 0, columns, field),
    section: firstLines(seats, lines, 'section'),
    category: firstLines(seats, lines, 'category'),
  })
}

/** The seats with everything that CSV can say of them; categories and sections by their keys. */
export function writeCsvPlan(plan: PlanSpec): string {
  const lines = plan.seats.map((seat) => {
    const flags = [seat.accessible, seat.companion, seat.restrictedView].map(String)
    const place = [seat.label, seat.category, String(seat.x), String(seat.y)]
    const cells = [seat.section ?? '', seat.row ?? '', seat.number, ...place, ...flags]
    return [...cells, seat.externalId ?? ''].map(writeCell).join(',')
  })
  return `${[CSV_COLUMNS.join(','), ...lines].join('\n')}\n`
}

/**
 * Half a surrogate pair would silently become U+FFFD in the parser, and U+FFFD itself is what is
 * left of letters in another encoding than UTF-8: two seats could become one.
 */
function refuseBrokenText(source: string): void {
  const isBroken = (text: string) => !text.isWellFormed() || text.includes('\ufffd')
  if (!isBroken(source)) return
  const line = source.split(/\r\n|\n|\r/u).findIndex(isBroken) + 1
  refusePlan(`line ${line}`, 'A letter cannot be read here: save the file as UTF-8.')
}

/** Millions of cells in a line are no seat: the parser would make objects of them all first. */
function refuseLongLines(source: string): void {
  let start = 0
  let line = 1
  for (let index = 0; index < source.length; index += 1) {
    const code = source.charCodeAt(index)
    if (code === 10 || code === 13) start = index + 1
    if (code === 10) line += 1
    if (index - start > LINE_LENGTH_MAX) {
      refusePlan(`line ${line}`, `The line has more than ${LINE_LENGTH_MAX} characters.`)
    }
  }
}

interface Line {
  /** As an editor counts: the header is line 1. */
  line: number
  cells: string[]
}

function parseLines(source: string): Line[] {
  try {
    const records = parse(source, {
      bom: true,
      delimiter: findDelimiter(source),
      info: true,
      relax_column_count: true,
      max_record_size: LINE_LENGTH_MAX,
      skip_empty_lines: true,
      to: LIMITS.seatsPerPlanMax + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines } = error as CsvError & { lines?: number }
    return refusePlan(`line ${lines ?? 1}`, error.message.toWellFormed())
  }
}

/** The header has no use for separators inside of names, so the most frequent one is it. */
function findDelimiter(source: string): string {
  const header = /^[^\r\n]*/u.exec(source.slice(0, 10_000))?.[0] ?? ''
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: header.split(mark).length }))
  return counts.sort((left, right) => right.count - left.count)[0]?.mark ?? ','
}

function readHeader(mistakes: MistakeList, header: Line): Map<CsvColumn, number> {
  const columns = new Map<CsvColumn, number>()
  header.cells.forEach((cell, index) => {
    const name = cell.trim().toLowerCase()
    const at = `line ${header.line}, column ${quoted(cell)}`
    const column = CSV_COLUMNS.find((known) => known === name)
    if (column === undefined) {
      mistakes.add(at, `There is no such column; there are ${CSV_COLUMNS.join(', ')}.`)
    } else if (columns.has(column)) mistakes.add(at, 'This column is there twice.')
    else columns.set(column, index)
  })
  if (!columns.has('label') && !columns.has('seat')) {
    mistakes.add(`line ${header.line}`, 'One of the columns "label" and "seat" is needed.')
  }
  if (columns.has('x') !== columns.has('y')) {
    mistakes.add(`line ${header.line}`, 'A position needs both columns, "x" and "y".')
  }
  return columns
}

function readRecords(
  mistakes: MistakeList,
  columns: Map<CsvColumn, number>,
  lines: Line[],
): CsvRecord[] {
  const width = columns.size
  return lines.map(({ line, cells }) => {
    if (cells.slice(width).some((cell) => cell.trim() !== '')) {
      mistakes.add(`line ${line}`, `There are ${cells.length} cells under ${width} columns.`)
    }
    return {
      line,
      cell: (column) => (cells[columns.get(column) ?? Number.NaN] ?? '').trim(),
    }
  })
}

function assemble(seats: PlanSeat[], isPlaced: boolean, name: string): PlanSpec {
  const layout = isPlaced ? null : layOutSeats(seats)
  layout?.positions.forEach((position, index) => {
    Object.assign(seats[index] as PlanSeat, position)
  })
  const sectionKeys = new Set(seats.flatMap(({ section }) => section ?? []))
  const categoryKeys = new Set(seats.map(({ category }) => category))
  return {
    name,
    width: layout?.width ?? extentOf(seats, 'x'),
    height: layout?.height ?? extentOf(seats, 'y'),
    focalPoint: layout?.focalPoint ?? null,
    categories: [...categoryKeys].map((key) =>
      key === STANDARD.key ? { ...STANDARD } : { key, name: key, color: null, accessible: false },
    ),
    sections: [...sectionKeys].map((key) => makeSection(key)),
    shapes: [],
    seats,
  }
}

const COLUMN_OF_FIELD: Record<string, CsvColumn> = {
  number: 'seat',
  restrictedView: 'restricted_view',
  externalId: 'external_id',
}

/** What was made from another column is mended there: label from seat, seat and row from label. */
function cellPath(line: number, columns: Map<CsvColumn, number>, field: string): string {
  const column = COLUMN_OF_FIELD[field] ?? (field as CsvColumn)
  const origin = columns.has('label') ? 'label' : 'seat'
  return `line ${line}, column "${columns.has(column) ? column : origin}"`
}

/** The lines on which keys are named first, in the order in which the plan lists the keys. */
function firstLines(
  seats: PlanSeat[],
  lines: Line[],
  field: 'section' | 'category',
): (index: number) => string {
  const first = new Map<string, number>()
  seats.forEach((seat, index) => {
    const key = seat[field]
    if (key !== null && !first.has(key)) first.set(key, lines[index]?.line ?? 0)
  })
  const numbers = [...first.values()]
  return (index) => `line ${numbers[index]}, column "${field}"`
}

function writeCell(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
