/**
 * A failover for real: a primary with a synchronous standby, a server that knows both, shoppers
 * who buy without a pause. The primary is killed, the standby promoted; later the old primary comes
 * back as a primary, while the new one restarts, and must not be believed.
 */

import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../rig/index.ts'
import { startOwnServers } from '../../stress/index.ts'
import { PostgresNode } from './postgres-node.ts'
import { findPrograms } from './postgres-programs.ts'
import { Shoppers } from './shoppers.ts'

/** Report on a rehearsal. */
export interface Rehearsal {
  readonly answered: number
  /** Bookings that were answered and are not in the new primary. */
  readonly lost: readonly string[]
  /** Messages that shoppers were told instead of an answer, retries of the SDK included. */
  readonly errors: readonly string[]
  /** From the kill until the promotion was done, and until the first answer after it. */
  readonly promotedMs: number
  readonly answeredMs: number
  /** Bookings that the old primary took after it came back, and how often it was refused. */
  readonly believed: number
  readonly refused: number
  /** Number of violations that `rowlock check` finds. */
  readonly violations: number
}

const NEEDED = ['initdb', 'pg_ctl', 'pg_basebackup', 'postgres']
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const PATIENCE_MS = 60_000

/** Null where PostgreSQL's programs are missing. Everything is removed afterwards. */
export async function rehearseFailover(
  log: (line: string) => void = () => {},
): Promise<Rehearsal | null> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-failover-'))
  // PostgreSQL does not run as root, and has to reach its directory in here.
  await chmod(directory, 0o755)
  const programs = await findPrograms(directory, NEEDED)
  const endings: (() => Promise<unknown>)[] = [
    () => rm(directory, { recursive: true, force: true }),
  ]
  try {
    if (programs === null) return null
    const one = new PostgresNode(programs, join(directory, 'one'), await freePort())
    const two = new PostgresNode(programs, join(directory, 'two'), await freePort())
    for (const node of [one, two]) endings.unshift(() => node.stop('immediate').catch(() => {}))
    await startPair(one, two)
    log('A primary and a synchronous standby are up.')
    const server = await startServer(directory, one, two)
    endings.unshift(() => server.stop())
    return await play({ one, two, ...server }, log)
  } finally {
    for (const end of endings) await end()
  }
}

async function startPair(one: PostgresNode, two: PostgresNode): Promise<void> {
  await one.create()
  await one.start()
  await two.createStandbyOf(one, 'two')
  // Who is promoted has no standby of its own yet.
  await two.configure({ synchronous_standby_names: '' })
  await two.start()
  await one.ask("alter system set synchronous_standby_names = 'two'")
  await one.ask('select pg_reload_conf()')
  await untilTrue('a synchronous standby', async () => {
    const { rows } = await one.ask("select from pg_stat_replication where sync_state = 'sync'")
    return rows.length === 1
  })
}

async function startServer(directory: string, one: PostgresNode, two: PostgresNode) {
  const operatorKey = randomBytes(24).toString('base64url')
  const hosts = `127.0.0.1:${one.port},127.0.0.1:${two.port}`
  const inherited = Object.entries(process.env).filter(([name]) => !/^(ROWLOCK_|PG)/.test(name))
  const servers = await startOwnServers({
    count: 1,
    command: [process.execPath, MAIN, 'serve', '--quiet'],
    environment: {
      ...Object.fromEntries(inherited),
      DATABASE_URL: `postgres://postgres@${hosts}/postgres?target_session_attrs=read-write`,
      ROWLOCK_OPERATOR_KEY: operatorKey,
      ROWLOCK_DEMO: 'false',
      ROWLOCK_LIMITS: 'off',
      LOG_LEVEL: 'warn',
    },
    logDir: directory,
  })
  return { url: servers.urls[0] as string, operatorKey, stop: () => servers.stop() }
}

interface Stage {
  readonly one: PostgresNode
  readonly two: PostgresNode
  readonly url: string
  readonly operatorKey: string
}

async function play(
  { one, two, url, operatorKey }: Stage,
  log: (line: string) => void,
): Promise<Rehearsal> {
  const shoppers = new Shoppers(url, operatorKey)
  await shoppers.open()
  await shoppers.untilMore(200)
  const killedAt = performance.now()
  await one.kill()
  log(`Killed the primary, after ${shoppers.answered.size} bookings.`)
  await two.promote()
  const promotedMs = performance.now() - killedAt
  log(`Promoted the standby within ${Math.round(promotedMs)} ms.`)
  const answeredMs = (await shoppers.firstAfter(performance.now())) - killedAt
  log(`Bookings went on after ${Math.round(answeredMs)} ms.`)
  await shoppers.untilMore(200)
  // The rogue: the old primary as it was, with nobody that it would wait for.
  await one.configure({ synchronous_standby_names: '' })
  await one.start()
  await one.ask("alter system set synchronous_standby_names = ''")
  await one.ask('select pg_reload_conf()')
  const before = await countBookings(one)
  await two.stop()
  log('The old primary is back, and the new one restarts.')
  await delay(2_000)
  await two.start()
  await shoppers.untilMore(200)
  const believed = (await countBookings(one)) - before
  await shoppers.close()
  const { rows } = await two.ask<{ count: number }>(
    'select count(*)::int as count from rowlock.shows, rowlock.violations(show_id)',
  )
  return {
    answered: shoppers.answered.size,
    lost: await missing(two, shoppers.answered),
    errors: shoppers.errors,
    promotedMs,
    answeredMs,
    believed,
    refused: await refusals(url),
    violations: rows[0]?.count ?? -1,
  }
}

async function countBookings(node: PostgresNode): Promise<number> {
  const { rows } = await node.ask<{ count: number }>(
    'select count(*)::int as count from rowlock.claims where booked_at is not null',
  )
  return rows[0]?.count ?? 0
}

/** Answered bookings whose reference the journal does not have. */
async function missing(node: PostgresNode, answered: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await node.ask<{ reference: string }>(
    "select reference from rowlock.journal where kind = 'book'",
  )
  const kept = new Set(rows.map(({ reference }) => reference))
  return [...answered].filter((reference) => !kept.has(reference))
}

async function refusals(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const counts = text.matchAll(/^rowlock_database_failures_total\{.*"RL001".*\} (\d+)$/gm)
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0)
}

async function untilTrue(what: string, ask: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  while (performance.now() < giveUpAt) {
    if (await ask()) return
    await delay(50)
  }
  throw new Error(`Waited in vain for ${what}.`)
}
