import type { PlanTask } from './plan-task.ts'

/** Bytes of a file, and seats, that take a few milliseconds: less than a thread takes to begin. */
const BYTES_MAX = 32_768
const SEATS_MAX = 2_000
const PACKED_BYTES_MAX = 65_536

/**
 * Tells whether a task may be done at once. A grid is judged by its seats: a line may mean 100,000.
 */
export function isSmall(task: PlanTask): boolean {
  if (task.kind === 'export') return task.row.length <= PACKED_BYTES_MAX
  if (task.kind === 'append') return task.row.length <= PACKED_BYTES_MAX && isShort(task.labels)
  if (task.kind === 'own') return isShort(task.seats)
  const { source } = task
  if ('bytes' in source) {
    return source.bytes.length <= BYTES_MAX && !mayBeGrid(source.bytes)
  }
  const { source: document } = source
  if (typeof document !== 'string') return isShort(document)
  return document.length <= BYTES_MAX && !document.includes(GRID)
}

/** A field that grids have, and no other format does. */
const GRID = '"seatsPerRow"'

function mayBeGrid(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (!text.includes('seatsPerRow')) return false
  try {
    return !isShort((JSON.parse(text) as { source?: unknown }).source)
  } catch {
    return false
  }
}

/** Labels, or a grid whose size is plain to see. */
function isShort(seats: unknown): boolean {
  if (Array.isArray(seats)) return seats.length <= SEATS_MAX
  const { rows, seatsPerRow } = (seats ?? {}) as { rows?: unknown; seatsPerRow?: unknown }
  return typeof seatsPerRow === 'number' && countRows(rows) * seatsPerRow <= SEATS_MAX
}

const SIMPLE_RANGE = /^(?:[A-Z]-[A-Z]|[A-Za-z0-9]{1,2})$/
const NUMBERS = /^(\d{1,6})-(\d{1,6})$/

function countRows(rows: unknown): number {
  if (Array.isArray(rows)) return rows.reduce((sum, row) => sum + countRows(row), 0)
  if (typeof rows !== 'string') return Number.POSITIVE_INFINITY
  const numbers = NUMBERS.exec(rows)
  if (numbers) return Math.abs(Number(numbers[2]) - Number(numbers[1])) + 1
  const parts = rows.split(',').map((part) => part.trim())
  return parts.every((part) => SIMPLE_RANGE.test(part))
    ? parts.length * 26
    : Number.POSITIVE_INFINITY
}
