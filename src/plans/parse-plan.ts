import type { PlanFormat, PlanSpec } from '../protocol/index.ts'
import { readCsvPlan } from './csv.ts'
import { planFromGrid } from './grid.ts'
import { readPretixPlan } from './pretix.ts'
import { readDocument } from './read-json.ts'
import { readRowlockPlan } from './rowlock-json.ts'
import { readSeatsioPlan } from './seatsio.ts'

/**
 * A plan from a file's text, or from JSON that was parsed already. All or nothing. The only thing
 * it throws is the refusal `plan_invalid`, whose mistakes name their places in the source.
 */
export function parsePlan(format: PlanFormat, source: unknown): PlanSpec {
  switch (format) {
    case 'csv':
      return readCsvPlan(source)
    case 'grid':
      return planFromGrid(readDocument(source))
    case 'rowlock':
      return readRowlockPlan(readDocument(source))
    case 'pretix':
      return readPretixPlan(readDocument(source))
    case 'seatsio':
      return readSeatsioPlan(readDocument(source))
  }
}

/** What a file looks like, or null when it looks like nothing that we read. Never throws. */
export function detectFormat(source: unknown): PlanFormat | null {
  if (typeof source !== 'string') return formatOfJson(source)
  const text = source.replace(/^\uFEFF/u, '')
  try {
    return formatOfJson(JSON.parse(text))
  } catch {
    return /^[^\r\n]*\b(seat|label)\b/iu.test(text.slice(0, 10_000)) && !/^\s*[[{]/u.test(text)
      ? 'csv'
      : null
  }
}

function formatOfJson(value: unknown): PlanFormat | null {
  if (typeof value !== 'object' || value === null) return null
  if ('subChart' in value || 'subChartFloors' in value) return 'seatsio'
  if ('zones' in value && Array.isArray(value.zones)) return 'pretix'
  if ('seats' in value) return 'rowlock'
  return 'rows' in value && 'seatsPerRow' in value ? 'grid' : null
}
