import type { DataTable } from '@cucumber/cucumber'
import { databaseTime } from './database-time.ts'

const RELATIVE = /^(?:in (\d+) (minute|hour|day)s?|(\d+) (minute|hour|day)s? ago)$/
const SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 }

/**
 * A table of two columns as fields of a body. Cells are JSON where they can be (`10`, `true`,
 * `["A1"]`), instants relative to the database's clock where they say so, and text otherwise.
 */
export async function termsFrom(table: DataTable): Promise<Record<string, unknown>> {
  const now = await databaseTime()
  return Object.fromEntries(
    Object.entries(table.rowsHash()).map(([term, text]) => [term, cellValue(text, now)]),
  )
}

function cellValue(text: string, now: number): unknown {
  const relative = RELATIVE.exec(text)
  if (relative) {
    const [, ahead, unitAhead = '', back, unitBack = ''] = relative
    const seconds = ahead ? Number(ahead) * (SECONDS[unitAhead] ?? 0) : 0
    const secondsBack = back ? Number(back) * (SECONDS[unitBack] ?? 0) : 0
    return new Date(now + (seconds - secondsBack) * 1000).toISOString()
  }
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
