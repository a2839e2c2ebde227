/** A page of a list of 100,000 bookings costs the same wherever it is, counted in blocks read. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Caller } from '../../src/calls/index.ts'
import { openDatabase } from '../../src/db/index.ts'
import { type Engine, openEngine } from '../../src/engine/index.ts'
import type { BookingList } from '../../src/protocol/index.ts'
import { createShow, shopper } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'

const COUNT = 100_000
const LIMIT = 100

const kernel = await useKernel('page costs')
const database = await openDatabase(kernel.database.settings)
const asked: { text: string; values: readonly unknown[] }[] = []
const recording: typeof database = {
  ...database,
  read: (text, values = []) => {
    asked.push({ text, values })
    return database.read(text, values)
  },
}
const engine: Engine = openEngine(recording)
after(async () => {
  await engine.close()
  await database.close()
})

const boxOffice: Caller = { ...shopper('house'), owner: 'house', boxOffice: true }
const partner: Caller = { ...shopper('key'), owner: `key_${'1'.repeat(32)}`, seller: true }
let show = ''

before(async () => {
  show = await createShow(engine, { rows: 'A-J', seatsPerRow: 100 })
  await kernel.owner.query(
    `insert into rowlock.journal
       (show_id, version, at, kind, hold_id, step, seats, freed, until, booked_at, actor,
        owner, reference, holder)
     select created.show_id, 1 + n, created.at + n * interval '1 second', 'book',
       gen_random_uuid(), 0, array[n % 1000], '{}', 'infinity',
       created.at + n * interval '1 second', 'test', $2, 'order', 'customer'
     from generate_series(1, ${COUNT}) as n, rowlock.journal as created
     join rowlock.shows as show on show.show_id = created.show_id and show.key = $1`,
    [show, partner.owner],
  )
  await kernel.owner.query('vacuum analyze rowlock.journal')
  await findCursors()
})

/** Blocks that a query reads, from the cache or not. */
async function blocksOf(text: string, values: readonly unknown[]): Promise<number> {
  const explain = `explain (analyze, buffers, format json) ${text}`
  const { rows } = await kernel.owner.query(explain, [...values])
  const { Plan: plan } = rows[0]['QUERY PLAN'][0]
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
}

/** Places in the list, evenly spread; where a page ends is the same in all these lists. */
const cursors: (string | undefined)[] = [undefined]

async function findCursors(): Promise<void> {
  let seen = 0
  for (let cursor: string | undefined; ; ) {
    const page = await engine.listBookings(boxOffice, show, { limit: 1_000, cursor })
    seen += page.items.length
    if (page.next === null) break
    cursor = page.next
    if (seen % (COUNT / 10) === 0) cursors.push(cursor)
  }
  assert.deepEqual([seen, cursors.length], [COUNT, 10])
}

/** The blocks of a page at each of these places. */
async function pageCosts(
  list: (cursor: string | undefined) => Promise<BookingList>,
): Promise<number[]> {
  const costs: number[] = []
  for (const cursor of cursors) {
    asked.length = 0
    assert.equal((await list(cursor)).items.length, LIMIT)
    const { text, values } = asked.find((one) => one.text.includes('stretch')) ?? assert.fail()
    costs.push(await blocksOf(text, values))
  }
  return costs
}

describe('a page of 100,000 bookings', () => {
  for (const [what, caller, query] of [
    ['of a show', boxOffice, {}],
    ['of a show that are not cancelled', boxOffice, { cancelled: 'false' as const }],
    ['with one reference', boxOffice, { reference: 'order' }],
    ['for one holder', boxOffice, { holder: 'customer' }],
    ['of one seller', partner, {}],
  ] as const) {
    test(`${what} reads as many blocks as every other`, async (context) => {
      const costs = await pageCosts((cursor) =>
        engine.listBookings(caller, show, { ...query, limit: LIMIT, cursor }),
      )
      context.diagnostic(`${costs.join(', ')} blocks`)
      assert.ok(Math.max(...costs) < 1.5 * Math.min(...costs), costs.join(', '))
      assert.ok(Math.max(...costs) < 12 * LIMIT, costs.join(', '))
    })
  }

  test('found in all shows reads as many blocks as every other', async (context) => {
    const costs = await pageCosts((cursor) =>
      engine.findBookings(boxOffice, { reference: 'order', limit: LIMIT, cursor }),
    )
    context.diagnostic(`${costs.join(', ')} blocks`)
    assert.ok(Math.max(...costs) < 1.5 * Math.min(...costs), costs.join(', '))
  })

  test('counted by an offset would read more and more', async () => {
    const at = (offset: number) =>
      blocksOf(
        `select entry.* from rowlock.journal as entry
         where entry.show_id = (select max(show_id) from rowlock.shows)
         order by entry.version desc
         limit ${LIMIT} offset ${offset}`,
        [],
      )
    assert.ok((await at(COUNT - LIMIT)) > 10 * (await at(0)))
  })
})

describe("a page of somebody's live holds", () => {
  const user: Caller = { ...shopper('often'), owner: `user_${'2'.repeat(32)}` }
  const OVER = 20_000
  const LIVE = 50

  /** Holds of the last hour: most are over, some of the live ones were extended. */
  before(async () => {
    await kernel.owner.query(
      `insert into rowlock.journal
         (show_id, version, at, kind, hold_id, step, seats, freed, until, actor, owner)
       select created.show_id, $2::int + n, clock.now - interval '50 minutes', entry.kind,
         made.hold_id, entry.step, array[n % 1000], '{}', entry.until, 'test', $3
       from rowlock.journal as created
       join rowlock.shows as show on show.show_id = created.show_id and show.key = $1
       cross join (select rowlock.clock() as now) as clock
       cross join generate_series(1, $4::int) as hold_no
       cross join lateral (select gen_random_uuid() as hold_id where hold_no > 0) as made
       cross join lateral (
         values
           ('hold', 0, clock.now + case when hold_no > $5 then interval '-40 minutes'
             when hold_no % 2 = 0 then interval '1 hour' else interval '-1 minute' end),
           ('extend', 1, clock.now + interval '2 hours')
       ) as entry (kind, step, until)
       cross join lateral (select 2 * hold_no + entry.step as n) as numbered
       where created.kind = 'create'
         and (entry.step = 0 or hold_no <= $5 and hold_no % 2 = 1)`,
      [show, 10 * COUNT, user.owner, OVER, LIVE],
    )
    await kernel.owner.query('vacuum analyze rowlock.journal')
  })

  test('costs what is live, not what a caller did before', async (context) => {
    const ids = new Set<string>()
    for (let cursor: string | undefined; ; ) {
      asked.length = 0
      const page = await engine.listHoldsOf(user.owner as string, { limit: LIVE / 2, cursor })
      const { text, values } = asked.find((one) => one.text.includes('told.until')) ?? assert.fail()
      const blocks = await blocksOf(text, values)
      context.diagnostic(`${blocks} blocks`)
      assert.ok(blocks < 12 * LIVE, `${blocks} blocks`)
      for (const { id } of page.items) ids.add(id)
      if (page.next === null) break
      cursor = page.next
    }
    assert.equal(ids.size, LIVE)
  })
})

describe('a page of live holds', () => {
  const owner = `user_${'7'.repeat(32)}`
  const caller: Caller = { ...shopper(owner), owner }
  const hold = async (seat: string) => {
    const request = { caller, idempotencyKey: null }
    return (await engine.holdSeats(request, show, { seats: [seat], holdSeconds: 900 })).value
  }

  /** Holds that were given back at once, and would have ended before another one. */
  async function giveBackEarly(id: string, count: number): Promise<void> {
    await kernel.owner.query(
      `insert into rowlock.journal (
         show_id, version, at, kind, hold_id, step, seats, freed, until, actor, owner
       )
       select made.show_id, made.version + 2 * n + no, made.at,
         (array['hold', 'release'])[1 + no], md5($2::text || n)::uuid, no,
         (array['{9}', '{}'])[1 + no]::int[], (array['{}', '{9}'])[1 + no]::int[],
         case no when 0 then made.until - interval '1 minute' else made.at end,
         made.actor, made.owner
       from rowlock.journal as made, generate_series(1, $3::int) as n, generate_series(0, 1) as no
       where made.owner = $1
         and made.hold_id = replace($2, 'hold_', '')::uuid`,
      [owner, id, count],
    )
    await kernel.owner.query('vacuum analyze rowlock.journal')
  }

  test('costs no more after 20,000 that were given back early, which hide nothing', async (t) => {
    const costOf = async (cursor?: string) => {
      asked.length = 0
      const page = await engine.listHoldsOf(owner, { limit: 1_000, cursor })
      const { text, values } = asked.find((one) => one.text.includes('stretch')) ?? assert.fail()
      return { ...page, blocks: await blocksOf(text, values) }
    }
    const { id } = await hold('A1')
    await giveBackEarly(id, 2_000)
    const { blocks: usual } = await costOf()
    await giveBackEarly((await hold('A2')).id, 18_000)
    const ids: string[] = []
    const costs: number[] = []
    for (let cursor: string | undefined; costs.length < 40; ) {
      const page = await costOf(cursor)
      costs.push(page.blocks)
      ids.push(...page.items.map((item) => item.id))
      if (page.next === null) break
      cursor = page.next
    }
    t.diagnostic(`${usual} blocks, then ${costs.join(', ')}`)
    assert.ok(Math.max(...costs) < 1.5 * usual, `${costs} blocks, ${usual} usual`)
    assert.equal(ids.length, 2)
    assert.ok(ids.includes(id))
  })
})
