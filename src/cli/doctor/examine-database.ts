import { areOff, type Fitness } from '../../db/index.ts'
import { LANES_MAX, LANES_OF_SHARD_MAX } from '../../engine/index.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import { type Finding, ok, problem, unknown, warning } from './finding.ts'

type Examination = (fitness: Fitness, configuration: Configuration) => Finding | null

/** In the order in which they are told. */
const EXAMINATIONS: readonly Examination[] = [
  migrations,
  nodes,
  rights,
  sharedRole,
  durability,
  synchronous,
  timeouts,
  isolation,
  pooler,
  clock,
  connections,
  slots,
]

/** Everything that is to be said about a database. */
export function examineDatabase(fitness: Fitness, configuration: Configuration): Finding[] {
  return EXAMINATIONS.flatMap((examine) => examine(fitness, configuration) ?? [])
}

function migrations({ migrations }: Fitness): Finding {
  const { pending, unknown: newer, edited, routinesChanged } = migrations
  if (newer.length > 0) {
    const what = `the database is newer: it has ${newer.join(', ')}`
    return warning('migrations', what, 'Upgrade this Rowlock.')
  }
  const missing = [...pending, ...edited]
  if (missing.length > 0) {
    const remedy = 'Run "rowlock migrate" as the owner (ROWLOCK_MIGRATION_URL).'
    return problem('migrations', `not applied: ${missing.join(', ')}`, remedy)
  }
  if (!routinesChanged) return ok('migrations', 'all applied')
  return warning('migrations', 'functions and views belong to another version', 'rowlock migrate')
}

/** One PostgreSQL has none. A node may be up and not know the login: its shows sell nothing. */
function nodes({ login, shards, silentNodes }: Fitness): Finding | null {
  if (shards === 0) return null
  if (silentNodes.length === 0) return ok('nodes', `all answer ${login}`)
  const names = new Intl.ListFormat('en-GB').format(silentNodes)
  const finding = `no answer to ${login} from ${names}: the shows there are unavailable`
  const remedy = 'See "When a node doesn\'t answer" in docs/operating/citus.md.'
  return problem('nodes', finding, remedy)
}

const ROLES_PAGE = 'See "Database and roles" in docs/operating/postgresql.md.'

function rights({ login, role, ...may }: Fitness): Finding {
  if (may.mayWriteTables) {
    const finding = `serving as ${role}, which can write the tables`
    return problem('rights', finding, `Serve as a member of the server role. ${ROLES_PAGE}`)
  }
  if (!may.mayGainRights) return ok('rights', `${login} serves as ${role} and writes no table`)
  const finding = `${login} may take on more rights than serving needs`
  return warning('rights', finding, `Have DATABASE_URL log in as a role of its own. ${ROLES_PAGE}`)
}

function sharedRole({ isShared, role }: Fitness): Finding {
  if (!isShared) return ok('role', `${role} belongs to this database`)
  const remedy = `Grant the role of this database to the login. ${ROLES_PAGE}`
  return warning('role', `${role} is shared by all databases of the cluster`, remedy)
}

function durability({ durability, unsafeOfNodes }: Fitness): Finding {
  const { unsafe, ...settings } = durability
  const said = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  if (unsafe.length === 0) return durabilityOfNodes(unsafeOfNodes, said.join(', '))
  const set = unsafe.map((name) => `alter system set ${name} = on;`).join(' ')
  const finding = `${areOff(unsafe)}: a crash loses answered bookings`
  return problem('durability', finding, `${set} select pg_reload_conf();`)
}

function durabilityOfNodes(unsafe: readonly string[], said: string): Finding {
  if (unsafe.length === 0) return ok('durability', said)
  const finding = `${areOff(unsafe)}: a crash there loses answered bookings`
  const remedy = 'Switch this on at that node (alter system set …), then select pg_reload_conf();'
  return problem('durability', finding, remedy)
}

function synchronous(fitness: Fitness, { requireSync }: Configuration): Finding {
  const { identity, synchronousStandbys } = fitness
  if (!identity.isSynchronous) {
    const say = requireSync ? problem : warning
    const remedy = 'Set synchronous_standby_names. See docs/operating/failover.md.'
    return say('standby', 'no commit waits for a standby: a booking is on one disk', remedy)
  }
  if (synchronousStandbys === null) {
    // Not to the login: what it has counts for nothing while it acts as the server role.
    const remedy = `grant pg_read_all_stats to ${fitness.role};`
    const finding = `commits wait for a standby, but ${fitness.role} may not see it`
    return unknown('standby', finding, remedy)
  }
  if (synchronousStandbys > 0) {
    return ok('standby', `commits wait for a standby, ${synchronousStandbys} connected`)
  }
  const remedy = 'Bring it back. See "RowlockNoSynchronousStandby" in docs/operating/alerts.md.'
  return problem('standby', 'commits wait for a standby, and none is connected', remedy)
}

/** Milliseconds that each may be at most, for a request to be answered within its deadline. */
const TIMEOUTS = {
  lock_timeout: 3_000,
  statement_timeout: 8_000,
  idle_in_transaction_session_timeout: 60_000,
} as const

function timeouts({ settings, login }: Fitness, { pgbouncer }: Configuration): Finding {
  const names = Object.keys(TIMEOUTS) as (keyof typeof TIMEOUTS)[]
  const said = names.map((name) => `${name} = ${settings[name]} ms`).join(', ')
  const wrong = names.filter((name) => settings[name] === 0 || settings[name] > TIMEOUTS[name])
  if (wrong.length === 0) return ok('timeouts', said)
  const usual = {
    lock_timeout: '1s',
    statement_timeout: '3s',
    idle_in_transaction_session_timeout: '5s',
  }
  const remedy = wrong.map((name) => `alter role ${login} set ${name} = '${usual[name]}';`)
  // Without a pooler the server sets its own.
  const where = pgbouncer ? 'PgBouncer does not pass ours on' : 'the connection ignores ours'
  return problem('timeouts', `${said}; ${where}`, remedy.join(' '))
}

function isolation({ settings, login }: Fitness): Finding {
  const level = settings.default_transaction_isolation
  if (level === 'read committed') return ok('isolation', level)
  const remedy = `alter role ${login} set default_transaction_isolation = 'read committed';`
  return problem('isolation', `default_transaction_isolation is ${level}`, remedy)
}

function pooler({ pooler }: Fitness, { pgbouncer }: Configuration): Finding {
  if (pooler === 'none') {
    if (!pgbouncer) return ok('pooler', 'none')
    const remedy = 'Unset ROWLOCK_PGBOUNCER: named statements are faster.'
    return warning('pooler', 'ROWLOCK_PGBOUNCER is set, but there is no PgBouncer', remedy)
  }
  if (!pgbouncer) {
    const remedy = 'Set ROWLOCK_PGBOUNCER=true, or connect to PostgreSQL directly.'
    return problem('pooler', `there is one, in ${pooler} mode, but Rowlock does not know`, remedy)
  }
  if (pooler === 'transaction') return ok('pooler', 'transaction mode')
  const remedy = 'Set pool_mode = transaction: in session mode each server takes its connections.'
  return warning('pooler', 'session mode, or no connection to spare', remedy)
}

const CLOCK_MS = { warning: 1_000, problem: 30_000 }

function clock({ clock: { aheadMs, withinMs }, hasMovableClock }: Fitness): Finding {
  if (hasMovableClock) {
    const remedy = 'Keep it for development, and sell from another: see "rowlock serve --help".'
    return problem('clock', 'made by "rowlock dev": its time can be moved', remedy)
  }
  const apart = Math.abs(aheadMs)
  const finding = `${aheadMs} ms ahead of this machine's (± ${withinMs} ms)`
  if (apart <= CLOCK_MS.warning + withinMs) return ok('clock', finding)
  const say = apart <= CLOCK_MS.problem + withinMs ? warning : problem
  return say(
    'clock',
    finding,
    'Set both clocks by NTP (chrony): holds end by that of the database.',
  )
}

function connections(
  { connections: { used, max }, shards }: Fitness,
  { poolSize }: Configuration,
): Finding {
  const each = poolSize + (shards === 0 ? LANES_MAX : shards * LANES_OF_SHARD_MAX)
  const finding = `${used} of ${max} in use, a server takes ${each} at most`
  if (max - used >= each) return ok('connections', finding)
  const remedy = 'Raise max_connections, lower ROWLOCK_POOL_SIZE, or put PgBouncer in between.'
  return warning('connections', finding, remedy)
}

const SLOT_BYTES_MAX = 1_073_741_824

function slots({ idleSlots }: Fitness): Finding {
  const full = idleSlots.filter(({ bytes }) => bytes > SLOT_BYTES_MAX)
  if (full.length === 0) return ok('slots', 'no replication slot keeps the log for nobody')
  const names = full.map(({ name, bytes }) => `${name} (${Math.round(bytes / SLOT_BYTES_MAX)} GB)`)
  const drop = full.map(({ name }) => `select pg_drop_replication_slot('${name}');`)
  const finding = `kept for a standby that is away, until the disk is full: ${names.join(', ')}`
  return problem('slots', finding, `Bring it back, or: ${drop.join(' ')}`)
}
