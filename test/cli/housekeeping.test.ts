import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { openDatabase } from '../../src/db/index.ts'
import { type Caller, openEngine } from '../../src/engine/index.ts'
import { CreateShowBody } from '../../src/protocol/index.ts'
import { environmentOf } from '../support/command-line.ts'
import { converse, rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'

const testDatabase = await useTestDatabase('cli housekeeping')
const environment = environmentOf(testDatabase)
const on = (...args: string[]) => rowlockHere(args, environment)

const database = await openDatabase(testDatabase.settings)
const engine = openEngine(database)
const owner = await openDatabase({
  ...testDatabase.settings,
  target: testDatabase.owner,
  role: null,
})
after(async () => {
  await engine.close()
  await database.close()
  await owner.close()
})

const CALLER: Caller = {
  scope: 'test',
  actor: 'test',
  owner: null,
  boxOffice: true,
  seller: true,
  heldSeatsMax: null,
}
const write = { caller: CALLER, idempotencyKey: null }

async function createShow(key: string): Promise<void> {
  const seats = { rows: 'A-B', seatsPerRow: 5 }
  const body = { key, title: key, startsAt: '2030-12-01T19:00:00Z', seats, confirmBy: 'holder' }
  await engine.createShow(write, CreateShowBody.parse(body))
}

/** Something of every kind: a hold of two, a booking of three, a block of one. */
async function fill(key: string): Promise<void> {
  await engine.holdSeats(write, key, { seats: ['A1', 'A2'] })
  await engine.bookSeats(write, key, { seats: ['B1', 'B2', 'B3'] })
  await engine.blockSeats(write, key, { seats: ['B5'], reason: 'house' })
}

async function availableCount(key: string): Promise<number> {
  return (await engine.getAvailability(key)).read().counts.available
}

/** Writes what no function of the kernel would, as only the owner of the tables can. */
async function plant(sql: string): Promise<void> {
  await owner.pool.query(`begin; set local session_replication_role = replica; ${sql}; commit`)
}

describe('rowlock check', () => {
  it('finds nothing where every promise is kept', async () => {
    await createShow('sound')
    await fill('sound')
    const { code, stdout } = await on('check')
    assert.equal(code, 0)
    assert.equal(stdout, '✓ 1 show checked, every promise kept.\n')
    const json = (await on('check', 'sound', 'sound', '--json')).json()
    assert.deepEqual(json, {
      ok: true,
      shows: [{ show: 'sound', violations: [], secondsAhead: 0 }],
    })
  })

  it('exits with 1 and names the place where one is broken', async () => {
    await createShow('broken')
    await fill('broken')
    await plant(`
      delete from rowlock.claims
      where seat_no = 5 and show_id = (select show_id from rowlock.shows where key = 'broken')`)
    const { code, stdout } = await on('check', '--all')
    assert.equal(code, 1)
    assert.match(stdout, /^SHOW +PROMISE +BROKEN +WHERE\nbroken +\d +\S[\s\S]* seat 5/)
    assert.match(stdout, /✗ 2 shows checked, promises broken in \d places?\.\n$/)
    const result = await on('check', '--json')
    assert.equal(result.code, 1)
    const { ok, shows } = result.json<{ ok: boolean; shows: { violations: object[] }[] }>()
    assert.equal(ok, false)
    assert.deepEqual(
      shows.map(({ violations }) => violations.length > 0),
      [false, true],
    )
    assert.equal((await on('check', 'sound')).code, 0)
  })

  it('refuses a show that is not there, before it checks anything', async () => {
    const { code, stdout, stderr } = await on('check', 'sound', 'unsound')
    assert.equal(code, 1)
    assert.equal(stdout, '')
    assert.match(stderr, /No show has the key "unsound"/)
  })
})

describe('rowlock prune', () => {
  it('deletes claims that ran out, and nothing that anybody can see', async () => {
    await createShow('pruned')
    await fill('pruned')
    await engine.holdSeats(write, 'pruned', { seats: ['A5'], holdSeconds: 1 })
    const before = await engine.getShow('pruned')
    await owner.pool.query(`
      update rowlock.claims as claim set until = clock_timestamp() - interval '1 minute'
      where seat_no = 4 and show_id = (select show_id from rowlock.shows where key = 'pruned')`)
    const { code, stdout } = await on('prune', 'pruned', '--json')
    assert.equal(code, 0)
    assert.deepEqual(JSON.parse(stdout), {
      shows: 1,
      claims: 1,
      refusals: 0,
      requests: 0,
      sessions: 0,
      audit: 0,
    })
    assert.deepEqual(await engine.getShow('pruned'), before)
    assert.match((await on('prune')).stdout, /^Deleted \d+ expired claims and \d+ remembered/)
  })

  it('deletes what the audit log has beyond a year, or as long as it is told', async () => {
    const age = async (days: number) => {
      await owner.pool.query(`
        insert into rowlock.audit_log (at, actor, action, subject, request_id, details)
        values (
          clock_timestamp() - interval '${days} days', 'test', 'act-${days}', null, null, null
        )`)
    }
    for (const days of [80, 100, 300, 400]) await age(days)
    const left = async () => {
      const { rows } = await owner.pool.query<{ action: string }>(
        "select action from rowlock.audit_log where action like 'act-%' order by at",
      )
      return rows.map(({ action }) => action)
    }
    await on('prune', 'pruned')
    assert.deepEqual(await left(), ['act-400', 'act-300', 'act-100', 'act-80'])
    const { audit } = (await on('prune', '--json')).json<{ audit: number }>()
    assert.equal(audit, 1)
    assert.deepEqual(await left(), ['act-300', 'act-100', 'act-80'])
    assert.equal((await on('prune', '--keep-audit-days', '89')).code, 2)
    const { stdout } = await on('prune', '--keep-audit-days', '90')
    assert.match(stdout, /, and 2 entries of the audit log\.\n$/)
    assert.deepEqual(await left(), ['act-80'])
    const all = owner.pool.query('delete from rowlock.audit_log')
    await assert.rejects(all, /append-only for 90 days/)
  })

  it('keeps what a retry of today needs', async () => {
    const { code, stderr } = await on('prune', '--keep-days', '0')
    assert.equal(code, 2)
    assert.match(stderr, /whole number from 1/)
  })
})

describe('rowlock reset', () => {
  it('refuses where there is nobody to ask, and changes nothing', async () => {
    await createShow('reset')
    await fill('reset')
    const { code, stderr } = await on('reset', 'reset')
    assert.equal(code, 1)
    assert.match(stderr, /Use --yes/)
    assert.equal(await availableCount('reset'), 4)
  })

  it('asks on a terminal, shows what is at stake, and takes only yes for yes', async () => {
    for (const answer of ['no', '', 'y']) {
      const { code, stderr } = await converse(['reset', 'reset'], environment, answer)
      assert.equal(code, 1)
      assert.match(stderr, /SHOW +HELD +BOOKED +BLOCKED\nreset +2 +3 +1\n/)
      assert.match(stderr, /Nothing was reset/)
    }
    const interrupted = await converse(['reset', 'reset'], environment, '\u0003')
    assert.equal(interrupted.code, 130)
    const ended = await converse(['reset', 'reset'], environment, '\u0004')
    assert.equal(ended.code, 1)
    assert.equal(await availableCount('reset'), 4)
    const { code, stdout } = await converse(['reset', 'reset'], environment, 'yes')
    assert.equal(code, 0)
    assert.match(stdout, /1 show reset: 3 bookings, holds and blocks ended/)
    assert.equal(await availableCount('reset'), 10)
  })

  it('does not ask with --yes, and tells the journal who it was', async () => {
    await fill('reset')
    const { code, stdout } = await on('reset', 'reset', '--yes', '--json')
    assert.equal(code, 0)
    assert.deepEqual(JSON.parse(stdout), { shows: [{ show: 'reset', ended: 3 }] })
    const { items } = await engine.listJournal('reset', { limit: 100 })
    const kinds = items.slice(-3).map(({ kind, actor }) => `${kind} by ${actor}`)
    assert.deepEqual(kinds.sort(), ['cancel by cli', 'release by cli', 'unblock by cli'])
    assert.equal((await on('check', 'reset')).code, 0)
  })

  it('resets every show only when that is said', async () => {
    await createShow('other')
    await fill('other')
    const neither = await on('reset', '--yes')
    assert.equal(neither.code, 2)
    assert.match(neither.stderr, /Name the shows to reset, or use --all/)
    assert.equal((await on('reset', 'other', '--all', '--yes')).code, 2)
    assert.equal(await availableCount('other'), 4)
    assert.equal((await on('reset', '--all', '--yes')).code, 0)
    assert.equal(await availableCount('other'), 10)
  })
})
