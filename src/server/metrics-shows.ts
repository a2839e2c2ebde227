import { Gauge, Registry } from '@prometheus-io/client'
import type { Engine } from '../engine/index.ts'

/** More shows than these on sale would make a scrape of thousands of lines. */
const SHOWS_MAX = 200
const STATUSES = ['available', 'held', 'booked', 'blocked'] as const

/**
 * Seats by status of the shows on sale. It reads the claims, so it is an address of its own, to be
 * asked once in a minute and by one Prometheus: the other figures cost the database nothing.
 */
export async function showFigures(engine: Engine): Promise<string> {
  const registry = new Registry()
  const registers = [registry]
  const seats = new Gauge({
    name: 'rowlock_show_seats',
    help: 'Seats of a show on sale, by status.',
    labelNames: ['show', 'status'],
    registers,
  })
  const holds = new Gauge({
    name: 'rowlock_show_live_holds',
    help: 'Holds of a show on sale that have not run out.',
    labelNames: ['show'],
    registers,
  })
  for (const counts of await engine.countSeats(SHOWS_MAX)) {
    for (const status of STATUSES) seats.set({ show: counts.show, status }, counts[status])
    holds.set({ show: counts.show }, counts.holds)
  }
  return registry.metrics()
}
