import type { PlanFormat } from '../protocol/index.ts'
import { columnOfWord } from './csv-columns.ts'

/** Guesses the format of a file; null when it looks like nothing that we read. Never throws. */
export function detectFormat(source: unknown): PlanFormat | null {
  if (typeof source !== 'string') return formatOfJson(source)
  const text = source.replace(/^\uFEFF/u, '')
  try {
    return formatOfJson(JSON.parse(text))
  } catch {
    return !/^\s*[[{]/u.test(text) && looksLikeCsv(text) ? 'csv' : null
  }
}

function formatOfJson(value: unknown): PlanFormat | null {
  if (typeof value !== 'object' || value === null) return null
  if ('subChart' in value || 'subChartFloors' in value) return 'seatsio'
  if ('zones' in value && Array.isArray(value.zones)) return 'pretix'
  if ('seats' in value) return 'rowlock'
  return 'rows' in value && 'seatsPerRow' in value ? 'grid' : null
}

/** A line of column names, one of which says which seat it is. */
function looksLikeCsv(text: string): boolean {
  const lines = text.slice(0, 10_000).split(/\r\n|\n|\r/u)
  const isHeader = (line: string) => !/^"?sep=/iu.test(line) && /[^\s,;|"]/u.test(line)
  const cells = (lines.find(isHeader) ?? '').split(/[,;\t|]/u)
  return cells.some((cell) => {
    const column = columnOfWord(cell.replaceAll('"', ''))
    return column === 'seat' || column === 'label' || column === 'capacity'
  })
}
