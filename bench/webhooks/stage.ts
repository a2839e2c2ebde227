import { setTimeout as delay } from 'node:timers/promises'
import { type Client, createClient } from '../../src/client/index.ts'
import { Child } from '../processes/child.ts'
import type { Arrivals, ReceiverKind, ReceiverQuestion } from '../processes/receiver-process.ts'
import type { ProcessGroups, Usage } from '../processes/usage.ts'
import { type BenchServer, OPERATOR_KEY, type World } from '../world.ts'

const RECEIVER = new URL('../processes/receiver-process.ts', import.meta.url)
const LOOK_EVERY_MS = 250
const SILENT_MS = 90_000

/** Receivers in a process of their own, and the webhooks that point at them. */
export class Stage {
  readonly world: World
  readonly #receivers = new Child(RECEIVER)

  constructor(world: World) {
    this.world = world
  }

  /** Addresses of so many new receivers. */
  receivers(receiver: ReceiverKind, count: number): Promise<readonly string[]> {
    return this.#ask<string[]>({ kind: 'open', receiver, count })
  }

  /** Leaves receivers what nobody else wants of the processor, as if they were elsewhere. */
  yieldProcessor(): Promise<void> {
    return this.#ask({ kind: 'yield' })
  }

  clear(): Promise<void> {
    return this.#ask({ kind: 'clear' })
  }

  arrivals(): Promise<Arrivals> {
    return this.#ask<Arrivals>({ kind: 'figures' })
  }

  #ask<Value>(question: ReceiverQuestion): Promise<Value> {
    return this.#receivers.ask<Value>(question)
  }

  /** Users of the processor: servers, database, whoever makes the load, and the receivers. */
  groups(servers: readonly BenchServer[]): ProcessGroups {
    const { servers: served, database } = this.world.groups(servers)
    return {
      servers: served as () => readonly number[],
      database: database as () => readonly number[],
      buyers: () => [this.world.generator().pid],
      receivers: () => [this.#receivers.pid],
    }
  }

  operator({ port }: Pick<BenchServer, 'port'>): Client {
    return createClient({ server: `http://127.0.0.1:${port}`, key: OPERATOR_KEY })
  }

  /** Events of the journals of these shows; every one of them makes one. */
  async entriesOf(shows: readonly string[]): Promise<number> {
    let sum = 0
    for (const show of shows) sum += (await this.world.engine.getAvailability(show)).read().version
    return sum
  }

  /**
   * Waits until so many different events have arrived. Gives up, with what there is, when none has
   * come for so long: a server that is killed keeps its leases for half a minute.
   */
  untilDistinct(count: number): Promise<Arrivals> {
    return this.#until('distinct', count)
  }

  /** Counts what came twice, or to two receivers, as often as it came. */
  untilCount(count: number): Promise<Arrivals> {
    return this.#until('count', count)
  }

  async #until(figure: 'distinct' | 'count', count: number): Promise<Arrivals> {
    let last = await this.arrivals()
    let changedAt = performance.now()
    while (last[figure] < count && performance.now() - changedAt < SILENT_MS) {
      await delay(LOOK_EVERY_MS)
      const now = await this.arrivals()
      if (now[figure] > last[figure]) changedAt = performance.now()
      last = now
    }
    return last
  }

  async close(): Promise<void> {
    await this.#receivers.stop()
  }
}

/** Cores of each group, in the order of `groups`. */
export function coresOf(usage: readonly Usage[]): string {
  return usage.map(({ cores }) => cores.toFixed(2)).join(' / ')
}

/** `p50 / p99 / max`, in milliseconds. */
export function spread({ p50, p99, max }: Pick<Arrivals, 'p50' | 'p99' | 'max'>): string {
  return [p50, p99, max].map((ms) => ms.toFixed(0)).join(' / ')
}
