import { columnOfWord, readCsvLines } from '../../../src/plans/index.ts'
import { CSV_COLUMNS, type CsvColumn } from '../../../src/protocol/index.ts'

/** A column of a spreadsheet: its name, the first values in it, and what its name says it is. */
export interface SampleColumn {
  readonly name: string
  readonly values: readonly string[]
  readonly meaning: CsvColumn | null
}

/** The header of a spreadsheet and the lines below it. */
export interface TableSample {
  readonly columns: readonly SampleColumn[]
}

const LINES = 200
const VALUES = 3
/** A file with so few columns is no table. */
const COLUMNS_MIN = 2

/** The columns of a text that looks like a table; null for everything else. */
export function sampleTable(text: string): TableSample | null {
  if (/^\s*[[{]/.test(text)) return null
  try {
    const [header, ...lines] = readCsvLines(text)
    const names = header?.cells.map((cell) => cell.trim()) ?? []
    if (names.filter(Boolean).length < COLUMNS_MIN) return null
    return {
      columns: names.flatMap((name, index) => {
        if (name === '') return []
        const found = new Set(lines.slice(0, LINES).map(({ cells }) => cells[index] ?? ''))
        const values = [...found].filter(Boolean).slice(0, VALUES)
        return [{ name, values, meaning: meaningOf(name) }]
      }),
    }
  } catch {
    // What cannot be read as lines is told by whoever reads the plan.
    return null
  }
}

function meaningOf(name: string): CsvColumn | null {
  return CSV_COLUMNS.find((column) => column === name.toLowerCase()) ?? columnOfWord(name)
}
