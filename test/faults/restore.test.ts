/** Backups of a database that is being sold from, restored: what was answered before is there. */

import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { freePort } from '../../rig/index.ts'
import { PostgresNode } from '../../scripts/failover/postgres-node.ts'
import { findPrograms, type PostgresPrograms } from '../../scripts/failover/postgres-programs.ts'
import { migrate, migrationStatus } from '../../src/db/index.ts'
import type { Engine } from '../../src/engine/index.ts'
import type { Statuses } from '../../src/protocol/index.ts'
import { atEnd } from '../support/embedded.ts'
import { by, codeOf, createShow, openServer } from '../support/engines.ts'

const NEEDED = ['initdb', 'pg_ctl', 'postgres', 'pg_dump', 'pg_restore', 'pg_basebackup']

interface Shop {
  readonly programs: PostgresPrograms
  readonly directory: string
  readonly node: PostgresNode
  readonly engine: Engine
  readonly show: string
  /** A show of which nothing was sold before the backup. */
  readonly quiet: string
}

/** A durable database of its own with a show; null where PostgreSQL's programs are missing. */
async function openShop(t: TestContext): Promise<Shop | null> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-restore-'))
  atEnd(t, () => rm(directory, { recursive: true, force: true }))
  await chmod(directory, 0o777)
  const programs = await findPrograms(directory, NEEDED)
  if (programs === null) return null
  const node = await startNode(t, programs, join(directory, 'live'))
  await migrate(node.url)
  const { engine, close } = await openServer({ target: node.url })
  atEnd(t, close)
  const show = await createShow(engine, { rows: 'A-T', seatsPerRow: 50 })
  const quiet = await createShow(engine, { rows: 'A', seatsPerRow: 5 })
  return { programs, directory, node, engine, show, quiet }
}

async function startNode(t: TestContext, programs: PostgresPrograms, place: string) {
  const node = new PostgresNode(programs, place, await freePort())
  await node.create()
  await node.start()
  atEnd(t, () => node.stop('immediate'))
  return node
}

/** Books one seat after the other until `end` is called; answers how many had been answered. */
function sell({ engine, show }: Shop) {
  let isOver = false
  let count = 0
  const work = (async () => {
    while (!isOver && count < 900) {
      const seats = [`${String.fromCharCode(65 + Math.floor(count / 50))}${(count % 50) + 1}`]
      await engine.bookSeats(by('Alice', `key-${count}`), show, { seats, reference: `p-${count}` })
      count += 1
    }
  })()
  return {
    answered: () => count,
    end: () => {
      isOver = true
      return work
    },
  }
}

async function more(selling: ReturnType<typeof sell>, count: number): Promise<number> {
  const wanted = selling.answered() + count
  while (selling.answered() < wanted) await new Promise(setImmediate)
  return selling.answered()
}

/** Examines what has to be so in a database that was restored, up to a number of bookings. */
async function examine(t: TestContext, restored: PostgresNode, shop: Shop, known: number) {
  assert.equal((await migrationStatus(restored.url)).upToDate, true)
  const { engine, close } = await openServer({ target: restored.url })
  atEnd(t, close)
  const { show } = shop
  assert.deepEqual(await engine.checkShow(show), [])
  const { counts } = (await engine.getAvailability(show)).read()
  assert.ok(counts.booked >= known, `${counts.booked} of ${known}`)
  // A key replays what was answered, and what came after the backup is sold anew.
  const seats = ['A1']
  const again = await engine.bookSeats(by('Alice', 'key-0'), show, { seats, reference: 'p-0' })
  assert.deepEqual(again.value.seats, seats)
  assert.equal(again.replayed, true)
  assert.equal(await codeOf(engine.bookSeats(by('Bob'), show, { seats })), 'seats_unavailable')
  await engine.bookSeats(by('Bob', 'of-bob'), show, { seats: ['T50'] })
  await compareTags(engine, shop)
  await followOn(restored, engine, shop)
  assert.deepEqual(await engine.checkShow(show), [])
}

async function sellAndGrow(engine: Engine, show: string, sold: string, added: string) {
  await engine.bookSeats(by('Alice', `quiet-${sold}`), show, { seats: [sold] })
  await engine.addSeats(by('Alice', `quiet-${added}`), show, { seats: [added] })
}

/** Checks that what has another history has other tags, though its version is the same. */
async function compareTags(engine: Engine, { quiet, ...live }: Shop): Promise<void> {
  await sellAndGrow(engine, quiet, 'A2', 'Z2')
  const reads = ['getStatuses', 'getAvailability', 'getMap'] as const
  const read = (from: Engine) => Promise.all(reads.map((name) => from[name](quiet)))
  const [now, before] = [await read(engine), await read(live.engine)]
  const versions = [now, before].map(([statuses]) => (statuses?.read() as Statuses).version)
  assert.deepEqual(versions, [3, 3])
  for (const [index, name] of reads.entries()) {
    assert.notEqual(now[index]?.etag, before[index]?.etag, name)
  }
}

/** Sells what no backup has, however late it ended. */
async function sellOn({ engine, show, quiet }: Shop): Promise<void> {
  await sellAndGrow(engine, quiet, 'A1', 'Z1')
  for (const seat of ['S1', 'S2', 'S3']) {
    await engine.bookSeats(by('Alice', `late-${seat}`), show, { seats: [seat] })
  }
}

/** Checks that who follows events is told of those that are gone, also with their versions back. */
async function followOn(restored: PostgresNode, engine: Engine, { show, ...live }: Shop) {
  const follow = async (from: Engine, after: string) =>
    await from.listEvents(show, { after, limit: 1_000, owner: null })
  // Bob's booking is of the time before the note.
  const { after: shared } = await follow(engine, '0')
  await restored.ask('select rowlock.note_restore()')
  const { after: lost } = await follow(live.engine, '0')
  assert.equal(await codeOf(follow(engine, lost)), 'position_unknown')
  for (let seat = 1; seat <= 49; seat++) {
    await engine.bookSeats(by('Carol'), show, { seats: [`T${seat}`] })
  }
  const news = await follow(engine, shared)
  assert.equal(news.events.length, 49)
  const reused = String(Number(shared) + 1)
  assert.equal(news.events[0]?.version, Number(reused))
  assert.equal(await codeOf(follow(engine, reused)), 'position_unknown')
  assert.deepEqual((await follow(engine, news.after)).events, [])
}

test('a dump of a live database', async (t) => {
  const shop = await openShop(t)
  if (shop === null) return t.skip('there is no PostgreSQL with pg_dump here (PG_BIN names one)')
  const selling = sell(shop)
  const known = await more(selling, 100)
  const file = join(shop.directory, 'dump')
  await shop.programs.run('pg_dump', '-Fc', '-f', file, shop.node.url)
  await selling.end()
  await sellOn(shop)
  const restored = await startNode(t, shop.programs, join(shop.directory, 'restored'))
  // Roles belong to the cluster, and are not in a dump.
  const { rows } = await shop.node.ask<{ name: string }>('select name from rowlock.server_roles')
  for (const { name } of rows) await restored.ask(`create role "${name}" nologin`)
  await shop.programs.run('pg_restore', '-d', restored.url, '--exit-on-error', file)
  await examine(t, restored, shop, known)
})

test('a base backup of a live database', async (t) => {
  const shop = await openShop(t)
  if (shop === null) return t.skip('there is no PostgreSQL with pg_basebackup here (PG_BIN)')
  const selling = sell(shop)
  const known = await more(selling, 100)
  const place = join(shop.directory, 'restored')
  const restored = new PostgresNode(shop.programs, place, await freePort())
  await restored.createCopyOf(shop.node)
  await selling.end()
  await sellOn(shop)
  await restored.start()
  atEnd(t, () => restored.stop('immediate'))
  await examine(t, restored, shop, known)
})
