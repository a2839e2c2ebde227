import type { FastifyRequest } from 'fastify'
import type { OperationSpec } from '../../protocol/operations/index.ts'
import { prefersCsv } from '../prefers-csv.ts'

/** A body that costs nothing more: what nearly all bodies are. */
const SMALL_BYTES = 4_096
/** Bytes that a unit reads of labels that are as dear as labels can be. */
const BYTES_PER_UNIT = 16_384
/** Seats that a unit takes, and writes into the answer. */
const SEATS_PER_UNIT = 300

type Priced = Pick<OperationSpec, 'units' | 'exportUnits' | 'isPricedBySize'>

/**
 * Prices a request by what is known before its body is read. A body whose length nobody told costs
 * as much as the largest one.
 */
export function priceOf(
  { units = 1, exportUnits = units, isPricedBySize = false }: Priced,
  { query, headers }: Pick<FastifyRequest, 'query' | 'headers'>,
  bytesMax: number,
): number {
  if (asksForFile(query, headers.accept)) return exportUnits
  if (!isPricedBySize) return units
  const told = headers['content-length']
  const bytes = told === undefined ? bytesMax : Math.min(Number(told), bytesMax)
  return units + Math.ceil(Math.max(0, bytes - SMALL_BYTES) / BYTES_PER_UNIT)
}

/** Prices what its body adds, by how many seats it asks for. */
export function seatPriceOf({ isPricedBySize = false }: Priced, body: unknown): number {
  return isPricedBySize ? Math.floor(seatsIn(body) / SEATS_PER_UNIT) : 0
}

interface Asking {
  readonly seats?: readonly unknown[]
  readonly add?: readonly unknown[]
  readonly drop?: readonly unknown[]
  readonly best?: { readonly quantity?: number }
  readonly places?: readonly { readonly quantity?: number }[]
}

function seatsIn(body: unknown): number {
  const { seats = [], add = [], drop = [], best, places = [] } = (body ?? {}) as Asking
  const standing = places.reduce((sum, { quantity = 0 }) => sum + quantity, 0)
  const named = seats.length + add.length + drop.length
  return named + (best?.quantity ?? 0) + standing
}

/** Tells whether a file is asked for. Nothing is validated yet. */
function asksForFile(query: unknown, accept: string | undefined): boolean {
  const { format } = (query ?? {}) as { format?: unknown }
  return format === undefined ? prefersCsv(accept) : format !== 'json'
}
