import { Counter, Gauge, type Registry } from '@prometheus-io/client'
import type { DatabaseStatus, Failures } from '../db/index.ts'

/**
 * Facts that a server shows of its database. Everything is known already: a scrape asks it nothing.
 */
export interface WatchedDatabase {
  status(): DatabaseStatus
  readonly failures: Pick<Failures, 'counts'>
}

const ROLES = ['primary', 'standby', 'unknown'] as const
const GRAVE = [
  { kind: 'refused', sqlstate: 'RL001', place: 'connect' },
  { kind: 'refused', sqlstate: 'RL001', place: 'watch' },
  { kind: 'refused', sqlstate: 'RL002', place: 'connect' },
  { kind: 'refused', sqlstate: 'RL002', place: 'watch' },
]
const POOL = ['idle', 'busy'] as const

/** Figures that one look at the status gives; what is not known is left out. */
const GAUGES: readonly [
  name: string,
  help: string,
  read: (status: DatabaseStatus) => number | null,
][] = [
  [
    'rowlock_database_timeline',
    'Timeline of the primary: a promotion begins a new one.',
    ({ timeline }) => timeline,
  ],
  [
    'rowlock_database_synchronous_standbys',
    'Standbys that commits wait for, where the login may see them.',
    ({ synchronousStandbys }) => synchronousStandbys,
  ],
  [
    'rowlock_database_synchronous',
    'Whether commits wait for a standby.',
    ({ isSynchronous }) => (isSynchronous === null ? null : Number(isSynchronous)),
  ],
  [
    'rowlock_database_migration',
    'Number of the newest migration of the database.',
    ({ migration }) => migration,
  ],
  ['rowlock_database_pool_max', 'Connections of the pool at most.', ({ pool }) => pool.max],
  [
    'rowlock_database_pool_waiting',
    'Queries that wait for a connection of the pool.',
    ({ pool }) => pool.waiting,
  ],
]

/** Adds what the database is, how its pool is used, and what failed. */
export function addDatabaseFigures(database: WatchedDatabase, registers: Registry[]): void {
  for (const [name, help, read] of GAUGES) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = read(database.status())
        if (value === null) this.remove()
        else this.set(value)
      },
    })
  }
  addLabelled(database, registers)
  new Counter({
    name: 'rowlock_database_failures_total',
    help: 'Failures of the database, by what they mean, SQLSTATE and what was being done.',
    labelNames: ['kind', 'sqlstate', 'place'],
    registers,
    collect() {
      this.reset()
      // A rate needs a zero to begin with, and of these the first one counts.
      for (const labels of GRAVE) this.inc(labels, 0)
      for (const { count, ...labels } of database.failures.counts()) this.inc(labels, count)
    },
  })
}

function addLabelled(database: WatchedDatabase, registers: Registry[]): void {
  new Gauge({
    name: 'rowlock_database_role',
    help: '1 for what the database is that was reached last.',
    labelNames: ['role'],
    registers,
    collect() {
      const { role } = database.status()
      for (const one of ROLES) this.set({ role: one }, Number(role === one))
    },
  })
  new Gauge({
    name: 'rowlock_database_pool_connections',
    help: 'Connections of the pool.',
    labelNames: ['state'],
    registers,
    collect() {
      const { pool } = database.status()
      for (const state of POOL) this.set({ state }, pool[state])
    },
  })
}
