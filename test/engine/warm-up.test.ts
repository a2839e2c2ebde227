/** A connection is made ready before it has the lock of a show. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import type { Database } from '../../src/db/index.ts'
import { command, type Session, useKernel } from '../support/kernel.ts'
import { useLanes } from '../support/lanes.ts'

const kernel = await useKernel('warm_up')

/** Reads what a connection has planned. */
async function planned({ client }: Session): Promise<Set<string>> {
  const { rows } = await client.query<{ text: string }>(
    `select context.ident as text
     from pg_backend_memory_contexts as context
     where context.name = 'CachedPlanSource'`,
  )
  return new Set(rows.map(({ text }) => text))
}

/**
 * Reads what a hold and its confirmation plan on a new connection, after what else it was asked.
 */
async function newPlans(asked: 'nothing' | 'an empty batch'): Promise<readonly string[]> {
  const showId = await kernel.createShow(10)
  const session = await kernel.session()
  if (asked === 'an empty batch') assert.deepEqual(await session.applyAt(), [])
  const before = await planned(session)
  const hold = command('hold', showId, { seats: [0, 1] })
  const confirm = command('confirm', showId, { hold_id: hold.hold_id })
  for (const one of [hold, confirm]) {
    const [outcome] = await session.applyAt(one)
    assert.equal(outcome?.code, 'done')
  }
  return [...(await planned(session))].filter((text) => !before.has(text))
}

test('after an empty batch a hold and its confirmation plan nothing any more', async () => {
  assert.deepEqual(await newPlans('an empty batch'), [])
})

test('without it they plan what they need while they have the lock', async () => {
  const plans = await newPlans('nothing')
  assert.ok(plans.some((text) => text.includes('insert into rowlock.journal')))
})

test('an empty batch leaves nothing behind', async () => {
  const count = async () => {
    const { rows } = await kernel.owner.query(
      `select
         (select count(*) from rowlock.journal) as journal,
         (select count(*) from rowlock.claims) as claims,
         (select count(*) from rowlock.tallies) as tallies,
         (select count(*) from rowlock.refusals) as refusals`,
    )
    return rows[0]
  }
  const before = await count()
  assert.deepEqual(await (await kernel.session()).applyAt(), [])
  assert.deepEqual(await count(), before)
})

/** Counts the commands that lanes send with each batch for two holds, one after the other. */
async function sizesSent(isWarmUpRefused: boolean): Promise<readonly number[]> {
  const sizes: number[] = []
  const connect = async (database: Database) => {
    const client = await database.connectLane()
    const query = client.query.bind(client)
    client.query = ((config: pg.QueryConfig) => {
      const size = JSON.parse(config.values?.[1]).length
      sizes.push(size)
      if (size === 0 && isWarmUpRefused) return Promise.reject(new Error('not ready'))
      return query(config)
    }) as typeof client.query
    return client
  }
  const lanes = await useLanes(kernel.database.settings, {
    door: (database) => ({ ...database, connectLane: () => connect(database) }),
  })
  const showId = await kernel.createShow(2)
  for (const seats of [[0], [1]]) {
    assert.equal((await lanes.submit(command('hold', showId, { seats }))).code, 'done')
  }
  return sizes
}

test('the first that a connection of a lane is asked is a batch without commands', async () => {
  assert.deepEqual(await sizesSent(false), [0, 1, 1])
})

test('where that fails the next connection goes without', async () => {
  assert.deepEqual(await sizesSent(true), [0, 1, 1])
})
