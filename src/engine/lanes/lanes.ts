import type { Database } from '../../db/index.ts'
import type { Command, Outcome } from './command.ts'
import { Lane, type LaneCounters, type LaneSettings } from './lane.ts'

/**
 * All lanes of an engine. A show always has the same lane, so its commands share batches; which
 * one it is matters to speed only, and other servers may do otherwise.
 */
export class Lanes {
  readonly #lanes: readonly Lane[]

  constructor(database: Database, count: number, settings: LaneSettings) {
    this.#lanes = Array.from({ length: count }, () => new Lane(database, settings))
  }

  /** Resolves with what the kernel says. Refusals: `busy`, `outcome_unknown`. */
  submit(command: Command): Promise<Outcome> {
    const lane = this.#lanes[command.show_id % this.#lanes.length] as Lane
    return lane.submit(command)
  }

  get count(): number {
    return this.#lanes.length
  }

  get connectedCount(): number {
    return this.#lanes.filter((lane) => lane.isConnected).length
  }

  get queuedCount(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.queuedCount, 0)
  }

  get counters(): LaneCounters {
    const total = { batches: 0, commands: 0, resent: 0 }
    for (const { counters } of this.#lanes) {
      total.batches += counters.batches
      total.commands += counters.commands
      total.resent += counters.resent
    }
    return total
  }

  /** Answers what was accepted, then ends the connections. */
  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }
}
