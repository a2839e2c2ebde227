/** Everything that cases measure: a durable database of our own, servers and generators. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import {
  connectClient,
  type Database,
  type EmbeddedDatabase,
  migrate,
  openDatabase,
  startEmbedded,
} from '../src/db/index.ts'
import { type Engine, type EngineSettings, openEngine } from '../src/engine/index.ts'
import { exportPlan, generatePlan } from '../src/plans/index.ts'
import { CreateShowBody } from '../src/protocol/index.ts'
import type { Options } from './options.ts'
import { Child } from './processes/child.ts'
import type { ServerMemory, ServerQuestion } from './processes/server-process.ts'
import { familyOf, type ProcessGroups } from './processes/usage.ts'

/** Opens the operator's operations of the servers. */
export const OPERATOR_KEY = 'operator-key-of-the-bench'

/**
 * Beyond the defaults, so that checkpoints come between the cases and not into one of them, and
 * leave enough log files to be used again.
 */
export const CLUSTER_SETTINGS = {
  max_connections: 300,
  shared_buffers: '512MB',
  min_wal_size: '2GB',
  max_wal_size: '8GB',
  checkpoint_timeout: '30min',
}

/** A write of a seller, straight to the engine. */
export const SELLER = {
  idempotencyKey: null,
  caller: {
    scope: 'bench',
    actor: 'bench',
    owner: null,
    boxOffice: true,
    seller: true,
    heldSeatsMax: null,
  },
}
const PLAN_ATTEMPTS_MAX = 5
/** Megabytes that `min_wal_size` keeps. */
const WAL_MEGABYTES = 2_048
const LOAD = new URL('./processes/load-process.ts', import.meta.url)
const SERVER = new URL('./processes/server-process.ts', import.meta.url)

/** A server that runs in a process of its own. */
export interface BenchServer {
  readonly child: Child
  readonly port: number
}

/** Database and engine of a run, and the servers and loads that it starts. Made by `withWorld`. */
export class World {
  readonly options: Options
  readonly embedded: EmbeddedDatabase
  readonly database: Database
  readonly engine: Engine
  readonly #plans = new Map<number, Promise<string>>()
  readonly #servers: BenchServer[] = []
  readonly #serverPids = new Set<number>()
  readonly #generators: Child[] = []
  readonly #closing: (() => Promise<void>)[] = []
  #showCount = 0

  constructor(options: Options, embedded: EmbeddedDatabase, database: Database) {
    this.options = options
    this.embedded = embedded
    this.database = database
    this.engine = openEngine(database)
  }

  get target(): pg.ClientConfig {
    return this.embedded.serverConfig
  }

  /** The plan of a generated house of so many seats; made once. */
  plan(seats: number): Promise<string> {
    const plan = this.#plans.get(seats) ?? this.#createPlan(seats)
    this.#plans.set(seats, plan)
    return plan
  }

  async #createPlan(seats: number): Promise<string> {
    const venue = await this.engine.createVenue(SELLER, { name: `House of ${seats}` })
    const source = exportPlan('rowlock', generatePlan({ shape: 'grid', seats }))
    const body = { format: 'rowlock', source } as const
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.engine.createPlan(SELLER, venue.value.id, body)).value.id
      } catch (error) {
        // A machine that is busy with something else takes too long to read a large plan.
        if (attempt === PLAN_ATTEMPTS_MAX) throw error
      }
    }
  }

  /** A key that no show has. */
  newKey(): string {
    this.#showCount += 1
    return `show-${this.#showCount}`
  }

  /** The keys of so many new shows on the plan of that size. */
  async shows(count: number, seats: number): Promise<string[]> {
    const plan = await this.plan(seats)
    const keys = Array.from({ length: count }, () => this.newKey())
    for (const key of keys) {
      const body = { key, title: key, startsAt: '2030-01-01T20:00:00Z', plan, confirmBy: 'holder' }
      await this.engine.createShow(SELLER, CreateShowBody.parse(body))
    }
    return keys
  }

  /** The kernel's number of a show. */
  async numberOf(key: string): Promise<number> {
    const text = 'select show_id from rowlock.shows where key = $1'
    const [row] = await this.database.read<{ show_id: number }>(text, [key])
    if (!row) throw new Error(`no show ${key}`)
    return row.show_id
  }

  /** Runs a statement as who owns the tables: what would take hours through the kernel. */
  async asOwner(text: string, values: readonly unknown[]): Promise<void> {
    const owner = await connectClient(this.embedded.ownerConfig)
    try {
      await owner.query(text, [...values])
    } finally {
      await owner.end()
    }
  }

  /**
   * Makes of a new database one that has run for a while. Its log (WAL) goes into files that it has
   * used before; a new database first has to make each of them, which stops every commit for some
   * 60 ms, once in 16 MB.
   */
  async age(): Promise<void> {
    const megabyte = `pg_logical_emit_message(false, 'age', repeat('x', 1048576))`
    await this.asOwner(`select count(${megabyte}) from generate_series(1, $1)`, [WAL_MEGABYTES])
    await this.checkpoint()
  }

  /**
   * Writes what one case has left to write, so that it does not slow the next; used log files
   * become new ones.
   */
  checkpoint(): Promise<void> {
    return this.asOwner('checkpoint', [])
  }

  /** So many servers, started when they are asked for first. */
  async servers(count: number): Promise<readonly BenchServer[]> {
    while (this.#servers.length < count) this.#servers.push(await this.newServer())
    return this.#servers.slice(0, count)
  }

  /** One more server, which the caller stops. */
  async newServer({
    engine = this.options.engine,
    isLimited = false,
  }: {
    engine?: Partial<EngineSettings>
    isLimited?: boolean
  } = {}): Promise<BenchServer> {
    const { profileDir } = this.options
    const flags = profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]
    const child = new Child(SERVER, ['--expose-gc', ...flags])
    this.#serverPids.add(child.pid)
    const question: ServerQuestion = {
      kind: 'start',
      target: this.target,
      operatorKey: OPERATOR_KEY,
      engine,
      isLimited,
    }
    return { child, port: await child.ask<number>(question) }
  }

  memoryOf(server: BenchServer): Promise<ServerMemory> {
    return server.child.ask<ServerMemory>({ kind: 'memory' } satisfies ServerQuestion)
  }

  /** Load generators by number: two jobs at once need two. */
  generator(number = 0): Child {
    while (this.#generators.length <= number) this.#generators.push(new Child(LOAD))
    return this.#generators[number] as Child
  }

  /**
   * Names the processes that are watched: some servers, the database, and whatever else we started,
   * such as pgbench.
   */
  groups(servers: readonly BenchServer[]): ProcessGroups {
    const others = (pid: number) => pid !== process.pid && !this.#serverPids.has(pid)
    return {
      servers: () => servers.map(({ child }) => child.pid),
      database: () => familyOf(this.embedded.postmasterPid),
      clients: () => familyOf(process.pid).filter(others),
    }
  }

  /** Has something ended with the world. */
  onClose(end: () => Promise<void>): void {
    this.#closing.push(end)
  }

  async close(): Promise<void> {
    for (const end of this.#closing) await end()
    const children = [...this.#servers.map(({ child }) => child), ...this.#generators]
    await Promise.all(children.map((child) => child.stop()))
    await this.engine.close()
    await this.database.close()
  }
}

/** Runs `work` in a new world, and leaves nothing behind. */
export async function withWorld<Value>(
  options: Options,
  work: (world: World) => Promise<Value>,
): Promise<Value> {
  const dataDir = join(options.dataDir, `bench-${process.pid}`)
  await mkdir(dataDir, { recursive: true })
  const embedded = await startEmbedded({ dataDir, settings: CLUSTER_SETTINGS })
  try {
    await migrate(embedded.ownerConfig, { login: embedded.serverConfig.user })
    // Refuses a database that is not durable.
    const database = await openDatabase({ target: embedded.serverConfig })
    const world = new World(options, embedded, database)
    try {
      return await work(world)
    } finally {
      await world.close()
    }
  } finally {
    await embedded.stop()
    await rm(embedded.dataDir, { recursive: true, force: true })
    await rm(dataDir, { recursive: true, force: true })
  }
}
