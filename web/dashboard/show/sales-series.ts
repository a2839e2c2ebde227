import type { LedgerEntry } from './ledger.ts'

/**
 * Record of what became of the seats of a show over time. Times in seconds since 1970, one column
 * each.
 */
export interface SalesSeries {
  readonly times: readonly number[]
  readonly booked: readonly number[]
  readonly blocked: readonly number[]
  /** Sums over the whole time, in seats. */
  readonly sums: { readonly sold: number; readonly cancelled: number; readonly held: number }
}

/** More points than a screen has pixels show nothing more. */
const POINTS_MAX = 2_000

/** Counts booked and blocked seats after every entry that changed them. `nowMs` ends the lines. */
export function salesSeries(entries: readonly LedgerEntry[], nowMs: number): SalesSeries {
  const sums = { sold: 0, cancelled: 0, held: 0 }
  let [booked, blocked] = [0, 0]
  const points: [number, number, number][] = []
  for (const { at, kind, seats, took, freed } of entries.slice(firstSale(entries))) {
    if (kind === 'confirm' || kind === 'book') sums.sold += seats.length
    if (kind === 'cancel') sums.cancelled += freed.length
    if (kind === 'hold') sums.held += seats.length
    if (kind === 'confirm' || kind === 'book') booked += seats.length
    if (kind === 'cancel') booked -= freed.length
    if (kind === 'swap' || kind === 'transfer') booked += took.length - freed.length
    if (kind === 'block') blocked += seats.length
    if (kind === 'unblock') blocked -= freed.length
    points.push([Date.parse(at) / 1000, booked, blocked])
  }
  points.push([nowMs / 1000, booked, blocked])
  const thin = thinned(inOrder(points))
  return {
    times: thin.map(([time]) => time),
    booked: thin.map(([, value]) => value),
    blocked: thin.map(([, , value]) => value),
    sums,
  }
}

/** Before anything was taken there is nothing to see. */
function firstSale(entries: readonly LedgerEntry[]): number {
  const first = entries.findIndex(({ seats }) => seats.length > 0)
  return Math.max(0, first - 1)
}

/** A clock that jumped back must not draw a line backwards. */
function inOrder(points: [number, number, number][]): [number, number, number][] {
  let last = Number.NEGATIVE_INFINITY
  return points.map(([time, ...values]) => {
    last = Math.max(last, time)
    return [last, ...values]
  })
}

function thinned(points: [number, number, number][]): [number, number, number][] {
  const step = Math.ceil(points.length / POINTS_MAX)
  if (step <= 1) return points
  return points.filter((_, index) => index % step === 0 || index === points.length - 1)
}
