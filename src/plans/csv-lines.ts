import { CsvError, parse } from 'csv-parse/sync'
import { LIMITS } from '../protocol/index.ts'
import { readCell } from './csv-cells.ts'
import { refusePlan } from './mistakes.ts'

/** Characters of a line, and of a record that quotes spread over several lines. */
const LINE_LENGTH_MAX = 20_000
/** Columns that a spreadsheet of seats may have, known or not. */
const COLUMNS_MAX = 200

/** A line that says something. */
export interface CsvLine {
  /** Number of the line as an editor counts. */
  line: number
  cells: string[]
}

/** The lines of a CSV file, from the header on, without those that are blank. */
export function readCsvLines(source: string): CsvLine[] {
  if (source.length > LIMITS.planBytesMax) {
    refusePlan('$', `The file is larger than ${LIMITS.planBytesMax} bytes.`)
  }
  refuseBrokenText(source)
  refuseLongLines(source)
  return parseLines(source).filter(({ cells }) => cells.some((cell) => cell !== ''))
}

/**
 * Half a surrogate pair would silently become U+FFFD in the parser, and U+FFFD itself is what is
 * left of letters in another encoding than UTF-8: two seats could become one.
 */
function refuseBrokenText(source: string): void {
  const isBroken = (text: string) => !text.isWellFormed() || text.includes('\ufffd')
  if (!isBroken(source)) return
  const line = source.split(/\r\n|\n|\r/u).findIndex(isBroken) + 1
  refusePlan(`line ${line}`, 'A character cannot be read here: save the file as UTF-8.')
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

/** Line that Excel writes first where its separator is to be known: `sep=;`. */
const SEPARATOR_LINE = /^\ufeff?[^\S\r\n]*"?sep=([^\r\n"])"?[;,\t]*[^\S\r\n]*(?:\r\n|\n|\r|$)/iu

/** `="01"`: a text that a spreadsheet must not take for a number. */
const TEXT_FORMULA = /(?<=^|[,;\t|\r\n])="(?=[^"\r\n]*")/gu

function parseLines(source: string): CsvLine[] {
  const separator = SEPARATOR_LINE.exec(source)
  const rest = separator ? source.slice(separator[0].length) : source
  const text = rest.replace(TEXT_FORMULA, '"')
  const delimiter = separator?.[1] ?? findDelimiter(text)
  const before = separator ? 1 : 0
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      max_record_size: LINE_LENGTH_MAX,
      skip_empty_lines: true,
      // Blanks outside of quotes; a tab that separates is none.
      trim: delimiter !== '\t',
      // Blank lines count here: twice as many as there may be seats is enough for any file.
      to: 2 * LIMITS.seatsPerPlanMax,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return records.map(({ record, info }) => {
      const line = info.lines + before
      if (record.length > COLUMNS_MAX) {
        refusePlan(`line ${line}`, `The line has more than ${COLUMNS_MAX} cells.`)
      }
      return { line, cells: record.map(readCell) }
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines } = error as CsvError & { lines?: number }
    return refusePlan(`line ${(lines ?? 1) + before}`, error.message.toWellFormed())
  }
}

/** The header has no use for separators inside of names, so the most frequent one is it. */
function findDelimiter(source: string): string {
  const line = source.slice(0, LINE_LENGTH_MAX).match(/[^\r\n]*[^\s,;|"\ufeff][^\r\n]*/u)?.[0] ?? ''
  const header = line.replace(/"[^"]*"/gu, '')
  const counts = [',', ';', '\t', '|'].map((mark) => ({ mark, count: header.split(mark).length }))
  return counts.sort((left, right) => right.count - left.count)[0]?.mark ?? ','
}
