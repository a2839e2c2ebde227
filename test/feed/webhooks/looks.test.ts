/** Looking for work while nothing happens costs one transaction, however many shows there are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WebhookSender } from '../../../src/feed/index.ts'
import { createShow, openServer, shopper } from '../../support/engines.ts'
import { useKernel } from '../../support/kernel.ts'
import { until } from '../../support/until.ts'

const SHOWS = 30
const LOOKS = 200
/** Connections that are opened, and what the database does for itself. */
const OTHERS_MAX = 60
/** More than one look shows. */
const CROWD = 450

const kernel = await useKernel('webhook_looks')
const operator = { caller: { ...shopper('operator'), boxOffice: true }, idempotencyKey: null }
/** Nobody is there: it is never told of anything. */
const url = 'http://127.0.0.1:9/hook'
const settings = { allowsLoopback: true, userAgent: 'test' }
const skip = kernel.database.isSharded && 'commits are counted, and shows made, on one PostgreSQL'

/** Commits of all connections that have ended: backends tell them when they go. */
async function commits(): Promise<number> {
  await until('the connections to end', async () => {
    const { rows } = await kernel.owner.query(
      `select from pg_stat_activity
       where datname = current_database() and backend_type = 'client backend'
         and pid <> pg_backend_pid()`,
    )
    return rows.length === 0 ? true : null
  })
  const { rows } = await kernel.owner.query<{ count: number }>(
    `select xact_commit::int as count from pg_stat_database where datname = current_database()`,
  )
  return rows[0]?.count ?? 0
}

test('a look is one transaction for all shows, lone events and lags', { skip }, async () => {
  const first = await openServer(kernel.database.settings)
  await Promise.all(
    Array.from({ length: SHOWS }, () => createShow(first.engine, { rows: 'A', seatsPerRow: 2 })),
  )
  await first.engine.createWebhook(operator, { url })
  // Once, each show is found to have nothing to tell.
  const sender = new WebhookSender(first.engine, { ...settings, lookEveryMs: 50 })
  await until('nothing to be left', async () => {
    const { shows } = await first.engine.webhookLook({ withLags: false })
    return shows?.length === 0 ? true : null
  })
  await sender.close()
  await first.close()

  const before = await commits()
  const second = await openServer(kernel.database.settings)
  let looks = 0
  const counted = {
    ...second.engine,
    webhookLook: (...asked: Parameters<typeof second.engine.webhookLook>) => {
      looks += 1
      return second.engine.webhookLook(...asked)
    },
  }
  const idle = new WebhookSender(counted, { ...settings, lookEveryMs: 1 })
  await until('enough looks', async () => (looks >= LOOKS ? true : null))
  await idle.close()
  await second.close()
  const others = (await commits()) - before - looks
  assert.ok(others <= OTHERS_MAX, `${others} transactions beside those of ${looks} looks`)
})

test('what one look does not show is looked for soon, not at the usual time', {
  skip,
}, async (t) => {
  const { engine, close } = await openServer(kernel.database.settings)
  t.after(close)
  await kernel.owner.query(
    `insert into rowlock.policies
     select copy.*
     from rowlock.policies as policy
     cross join generate_series(1, $1) as number
     cross join jsonb_populate_record(
       policy, jsonb_build_object('show_id', policy.show_id + 1000 * number)
     ) as copy
     where policy.show_id = (select min(known.show_id) from rowlock.policies as known)`,
    [CROWD],
  )
  const sender = new WebhookSender(engine, { ...settings, lookEveryMs: 1e9 })
  t.after(() => sender.close())
  await until('every show to have been looked at', async () => {
    const { shows } = await engine.webhookLook({ withLags: false })
    return shows?.length === 0 ? true : null
  })
})
