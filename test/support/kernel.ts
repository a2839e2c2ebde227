import { after } from 'node:test'
import type pg from 'pg'
import { openDatabase } from '../../src/db/database.ts'
import { openEngine } from '../../src/engine/index.ts'
import type { Command, CommandKind, Outcome } from '../../src/engine/lanes/command.ts'
import { newUuid } from '../../src/protocol/index.ts'
import { createPlainTestDatabase, type TestDatabase, useTestDatabase } from './database.ts'
import { connectTo, type KernelPlace, placeOf } from './kernel-place.ts'
import { untilLockWaits } from './lock-waits.ts'

/** Columns of `rowlock.policies` that a test sets otherwise than usual. */
export interface Terms {
  readonly sales_from?: string | null
  readonly sales_until?: string | null
  readonly hold_seconds?: number
  readonly hold_seconds_max?: number
  readonly hold_life_seconds_max?: number
  readonly seats_per_hold_max?: number
  readonly seats_per_holder_max?: number | null
  readonly cancellable?: boolean
  readonly cancelled_at?: string | null
  readonly confirm_by?: 'holder' | 'seller'
}

/** A row of `rowlock.violations`. */
export interface Violation {
  readonly promise: number
  readonly rule: string
  readonly detail: string
}

/** Answer of `rowlock.apply`, without what the engine adds. */
export type KernelOutcome = Omit<Outcome, 'now'>

/** A command with everything that a test does not care about filled in. */
export function command(
  kind: CommandKind,
  showId: number,
  fields: Partial<Command> = {},
): Command & { readonly kind: CommandKind } {
  const requestId = newUuid()
  return {
    show_id: showId,
    kind,
    request_id: requestId,
    fingerprint: requestId,
    remember: kind === 'book' || kind === 'swap' || fields.reacquire === true,
    actor: 'test',
    owner: null,
    box_office: false,
    seller: false,
    held_seats_max: null,
    hold_id: newUuid(),
    ...fields,
  }
}

const APPLY_AT = 'select rowlock.apply_at($1, $2::json) as answers'
const APPLY = 'select to_json(outcome) as outcome from rowlock.apply($1::json) as outcome'

/** One connection to the kernel, as psql would have: it can begin, wait and commit in steps. */
export class Session {
  readonly client: pg.Client
  readonly pid: number
  readonly #watcher: pg.Client

  constructor(client: pg.Client, pid: number, watcher: pg.Client) {
    this.client = client
    this.pid = pid
    this.#watcher = watcher
  }

  /** The outcomes in the order of the commands. */
  async apply(...commands: readonly Command[]): Promise<KernelOutcome[]> {
    const batch = JSON.stringify(commands.map((one, n) => ({ ...one, n })))
    const { rows } = await this.client.query<{ outcome: KernelOutcome }>(APPLY, [batch])
    return rows.map(({ outcome }) => outcome).sort((one, two) => one.n - two.n)
  }

  /** Applies commands as servers ask: what somebody else has locked is passed over. */
  async applyAt(...commands: readonly Command[]): Promise<Outcome[]> {
    const batch = JSON.stringify(commands.map((one, n) => ({ ...one, n })))
    const { rows } = await this.client.query<{ answers: Outcome[] }>(APPLY_AT, [
      commands[0]?.show_id,
      batch,
    ])
    return (rows[0]?.answers ?? []).toSorted((one, two) => one.n - two.n)
  }

  /** The one outcome of one command. */
  async one(command: Command): Promise<KernelOutcome> {
    const [outcome] = await this.apply(command)
    return outcome as KernelOutcome
  }

  async begin(): Promise<void> {
    await this.client.query('begin')
  }

  async commit(): Promise<void> {
    await this.client.query('commit')
  }

  async rollback(): Promise<void> {
    await this.client.query('rollback')
  }

  /** Locks a show from outside, so that everybody else queues behind it. */
  async lock(showId: number): Promise<void> {
    await this.begin()
    await this.client.query('select from rowlock.policies where show_id = $1 for update', [showId])
  }

  /** Resolves when the session is seen to wait for a lock, or `step` is over without a wait. */
  async untilWaiting(step?: Promise<unknown>): Promise<void> {
    let isOver = false
    const end = () => {
      isOver = true
    }
    step?.then(end, end)
    await untilLockWaits(this.#watcher, (pids) => isOver || pids.includes(this.pid))
  }
}

/** A database of its own to try the kernel in, with its superuser's connection. */
export class Kernel {
  readonly database: TestDatabase
  readonly place: KernelPlace
  readonly owner: pg.Client
  readonly #sessions: pg.Client[] = []

  private constructor(database: TestDatabase, place: KernelPlace, owner: pg.Client) {
    this.database = database
    this.place = place
    this.owner = owner
  }

  static async of(database: TestDatabase): Promise<Kernel> {
    const place = await placeOf(database)
    return new Kernel(database, place, await connectTo(place))
  }

  /** A session without any time limits, so that a step may take as long as it takes. */
  async session(): Promise<Session> {
    const client = await connectTo(this.place)
    this.#sessions.push(client)
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return new Session(client, rows[0]?.pid as number, this.owner)
  }

  /** A show of so many seats on the usual terms but for those given; answers its number. */
  async createShow(seatCount: number, terms: Terms = {}): Promise<number> {
    const key = newUuid()
    const database = await openDatabase(this.database.settings)
    const engine = openEngine(database)
    try {
      const caller = {
        scope: 'test',
        actor: 'test',
        owner: null,
        boxOffice: true,
        seller: true,
        heldSeatsMax: null,
      }
      const labels = Array.from({ length: seatCount }, (_, index) => `A${index}`)
      await engine.createShow(
        { caller, idempotencyKey: null },
        { ...SHOW, key, title: 'A play', startsAt: '2030-01-01T20:00:00Z', seats: labels },
      )
    } finally {
      await engine.close()
      await database.close()
    }
    const { rows } = await this.owner.query<{ show_id: number }>(
      `update rowlock.policies as policy
       set (sales_from, sales_until, hold_seconds, hold_seconds_max, hold_life_seconds_max,
         seats_per_hold_max, seats_per_holder_max, cancellable, cancelled_at, confirm_by
       ) = (
         select sales_from, sales_until, hold_seconds, hold_seconds_max, hold_life_seconds_max,
           seats_per_hold_max, seats_per_holder_max, cancellable, cancelled_at, confirm_by
         from jsonb_populate_record(policy, $2)
       )
       where show_id = (select show_id from rowlock.shows where key = $1)
       returning show_id::int`,
      [key, JSON.stringify(terms)],
    )
    return rows[0]?.show_id as number
  }

  /** Names the table behind a view of a shard's kernel; on one PostgreSQL that is the table. */
  async tableOf(name: string): Promise<string> {
    if (this.place.shard === null) return `rowlock.${name}`
    const { rows } = await this.owner.query<{ table: string }>(
      `select format('"rowlock".%I', relname || '_' || shardid) as table
       from pg_dist_shard
       join pg_class on oid = logicalrelid
       where relname = $1 and relnamespace = 'rowlock'::regnamespace`,
      [name],
    )
    return rows[0]?.table ?? ''
  }

  async violations(showId: number): Promise<Violation[]> {
    const { rows } = await this.owner.query<Violation>('select * from rowlock.violations($1)', [
      showId,
    ])
    return rows
  }

  async end(): Promise<void> {
    await Promise.all(this.#sessions.map((client) => client.end()))
    await this.owner.end()
  }
}

/** Terms of a show as the wire has them, where a test says nothing else. */
export const SHOW = {
  salesFrom: null,
  salesUntil: null,
  sellAfterStart: false,
  holdSeconds: 600,
  holdSecondsMax: 1800,
  holdLifeSecondsMax: 3600,
  maxSeatsPerHold: 100,
  maxSeatsPerHolder: null,
  refuseOrphans: false,
  cancellable: true,
  confirmBy: 'holder' as const,
}

/** The kernel of a test file, closed when its last test is over. */
export async function useKernel(name: string): Promise<Kernel> {
  const kernel = await Kernel.of(await useTestDatabase(name, undefined, 1))
  after(() => kernel.end())
  return kernel
}

/** Makes a kernel for one test, to be broken on purpose: on one PostgreSQL. `end` drops it. */
export async function createKernel(name: string): Promise<Kernel> {
  return await Kernel.of(await createPlainTestDatabase(name))
}
