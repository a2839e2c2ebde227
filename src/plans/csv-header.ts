import { CSV_COLUMNS, type CsvColumn, type PlanOptions } from '../protocol/index.ts'
import { columnOfWord, foldHeader } from './csv-columns.ts'
import { type MistakeList, quoted } from './mistakes.ts'
import type { WarningList } from './warnings.ts'

/** Index of each column in a line. */
export type CsvHeader = ReadonlyMap<CsvColumn, number>

interface NamedColumn {
  name: string
  index: number
}

/**
 * The header of a CSV file: by what the caller says, by our own names, by words that are known, in
 * this order. What is not known is a mistake, unless it is to be left out.
 */
export function readHeader(
  mistakes: MistakeList,
  warnings: WarningList,
  cells: readonly string[],
  line: number,
  options: PlanOptions,
): CsvHeader {
  const header = new Map<CsvColumn, number>()
  const named = cells.map((cell, index): NamedColumn => ({ name: cell.trim(), index }))
  const left = takeMapped(mistakes, header, named, options.columns ?? {})
  const rest = takeKnown(mistakes, header, left, line)
  for (const { name } of rest) {
    if (name === '') continue
    if (options.ignoreUnknownColumns) warnings.add('columns_ignored', name)
    else mistakes.add(pathOf(line, name), UNKNOWN_COLUMN)
  }
  if (!header.has('label') && !header.has('seat') && !header.has('capacity')) {
    mistakes.add(`line ${line}`, 'One of the columns "label" and "seat" is needed.')
  }
  if (header.has('x') !== header.has('y')) {
    mistakes.add(`line ${line}`, 'A position needs both columns, "x" and "y".')
    for (const axis of ['x', 'y'] as const) header.delete(axis)
  }
  return header
}

const UNKNOWN_COLUMN =
  `This column is not known. Known are ${CSV_COLUMNS.join(', ')}: say with "columns" which it ` +
  'is, or leave it out with "ignoreUnknownColumns".'

function takeMapped(
  mistakes: MistakeList,
  header: Map<CsvColumn, number>,
  named: readonly NamedColumn[],
  mapping: NonNullable<PlanOptions['columns']>,
): NamedColumn[] {
  const taken = new Set<number>()
  for (const [column, wanted] of Object.entries(mapping) as [CsvColumn, string][]) {
    const found = findColumn(named, wanted)
    if (found.length !== 1) {
      const many = found.length === 0 ? 'There is no column' : 'There are several columns'
      mistakes.add(`columns.${column}`, `${many} ${quoted(wanted)} in the header.`)
      continue
    }
    const [one] = found as [NamedColumn]
    if (taken.has(one.index)) {
      mistakes.add(`columns.${column}`, `${quoted(wanted)} is named for another column already.`)
    }
    header.set(column, one.index)
    taken.add(one.index)
  }
  return named.filter(({ index }) => !taken.has(index))
}

function findColumn(named: readonly NamedColumn[], wanted: string): NamedColumn[] {
  const exact = named.filter(({ name }) => name === wanted.trim())
  return exact.length > 0
    ? exact
    : named.filter(({ name }) => foldHeader(name) === foldHeader(wanted))
}

/** Our own names first: a word for the same column is then a column that we do not know. */
function takeKnown(
  mistakes: MistakeList,
  header: Map<CsvColumn, number>,
  named: readonly NamedColumn[],
  line: number,
): NamedColumn[] {
  const mapped = new Set(header.keys())
  const words: NamedColumn[] = []
  for (const one of named) {
    const own = CSV_COLUMNS.find((column) => column === one.name.toLowerCase())
    if (own === undefined || mapped.has(own)) words.push(one)
    else if (header.has(own)) mistakes.add(pathOf(line, one.name), 'This column appears twice.')
    else header.set(own, one.index)
  }
  const ours = new Set(header.keys())
  const byColumn = new Map<CsvColumn, string>()
  const isRowNamed = words.some(({ name }) => columnOf(name) === 'row' && !isTier(name))
  return words.filter((one) => {
    // The German for a tier is the French for a row: beside a row it is a tier.
    const isPart = isTier(one.name) && (isRowNamed || ours.has('row'))
    const column = isPart ? 'section' : columnOf(one.name)
    if (column === null || ours.has(column)) return true
    const other = byColumn.get(column)
    if (other !== undefined) {
      const both = `This and ${quoted(other)} both look like the column "${column}"`
      mistakes.add(pathOf(line, one.name), `${both}: say with "columns" which it is.`)
      return false
    }
    byColumn.set(column, one.name)
    header.set(column, one.index)
    return false
  })
}

function columnOf(name: string): CsvColumn | null {
  return name === '' ? null : columnOfWord(name)
}

function isTier(name: string): boolean {
  return foldHeader(name) === 'rang'
}

function pathOf(line: number, name: string): string {
  return `line ${line}, column ${quoted(name)}`
}
