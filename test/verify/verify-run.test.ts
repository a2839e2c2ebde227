/**
 * Promises 1, 8 and 15, and every other that can be seen from outside: a run against two servers,
 * one of them behind a bad network, until it has met what it is for. The control is a database in
 * which somebody takes a claim away behind the kernel's back, between one step and the next.
 */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createRandom } from '../../rig/index.ts'
import { connectClient } from '../../src/db/connection.ts'
import {
  FaultProxy,
  judge,
  type Mark,
  readHistory,
  runVerify,
  type Totals,
} from '../../verify/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { OPERATOR_KEY, useListening } from '../support/servers.ts'
import { ControlShow } from './control-show.ts'

/** A busy machine takes longer to meet everything; only one on which nothing works does not. */
const SECONDS_MAX = 400
const ROUND_SECONDS = 4
const ATTEMPTS_MIN = 1_000 * Number(process.env.ROWLOCK_TEST_SCALE ?? 1)
const FAULTS_MIN = 20
const MET = [
  'contended',
  'replayed',
  'takenOver',
  'sameKeyTogether',
  'ownHoldsRead',
  'toldByWebhook',
  'pageWhileSelling',
  'pageOfOwn',
  'pageOfExpiry',
] as const
const SEED = process.env.ROWLOCK_TEST_SEED ?? String(Date.now())

const database = await useTestDatabase('verify')
const owner = await connectClient(database.owner)
after(() => owner.end())
const hooks = { allowsLoopbackWebhooks: true, webhooksLookEveryMs: 200 }
const servers = [await useListening(database, hooks), await useListening(database, hooks)] as const
const directory = await mkdtemp(join(tmpdir(), 'rowlock-verify-test-'))
after(() => rm(directory, { recursive: true, force: true }))

/** Tells whether a run has met what it is for. */
function isEnough({ counts, situations }: Totals): boolean {
  const isMet = MET.every((situation) => situations[situation] > 0)
  return isMet && counts.attempts >= ATTEMPTS_MIN && counts.faults >= FAULTS_MIN
}

test('what random shoppers were told can be explained, through a bad network, too', async (t) => {
  const random = createRandom(SEED)
  let onFault: (mark: Mark) => void = () => {}
  const proxy = await FaultProxy.open({
    target: servers[1].url,
    random,
    share: 0.05,
    onFault: (mark) => onFault(mark),
  })
  t.after(() => proxy.close())
  const enough = new AbortController()
  const totals = await runVerify({
    urls: [servers[0].url, proxy.url],
    operatorKey: OPERATOR_KEY,
    seconds: SECONDS_MAX,
    roundSeconds: ROUND_SECONDS,
    clientCount: 12,
    seed: SEED,
    directory,
    keepsAll: true,
    hookEvery: 1,
    signal: enough.signal,
    disturb: async ({ mark }) => {
      onFault = mark
    },
    onRound: (_round, sum) => {
      if (isEnough(sum)) enough.abort()
    },
  })
  console.log(`seed ${SEED}:`, totals.counts, totals.situations)
  assert.deepEqual(totals.findings, [])
  assert.equal(totals.histories, 3 * totals.rounds)
  assert.ok(isEnough(totals), `not met within ${SECONDS_MAX} s`)
})

test('a history that was kept is judged again, to the same end', async () => {
  const [file] = await readdir(directory)
  const verdict = judge(await readHistory(join(directory, file as string)))
  assert.deepEqual(verdict.findings, [])
  assert.equal(verdict.histories, 3)
})

test('control: seats that become free behind the back of the kernel are seen', async () => {
  const control = await ControlShow.open(servers.map(({ url }) => url))
  const first = await control.ask('bookSeats', 'bookings', { seats: ['A1'], reference: 'first' })
  await owner.query("set session_replication_role = 'replica'")
  await owner.query('delete from rowlock.claims')
  await owner.query('reset session_replication_role')
  const read = await control.ask('getStatuses', 'statuses')
  const second = await control.ask('bookSeats', 'bookings', { seats: ['A1'], reference: 'second' })
  assert.deepEqual([first.status, read.status, second.status], [201, 200, 201])
  const rules = new Set((await control.judge()).map(({ rule }) => rule))
  assert.deepEqual([...rules].toSorted(), ['read differs from its version', 'sold twice'])
})

test('control: an event that the database leaves out of a page is missed', async () => {
  const control = await ControlShow.open(servers.map(({ url }) => url))
  const book = (seat: string) => control.ask('bookSeats', 'bookings', { seats: [seat] })
  await book('A1')
  await book('A2')
  const whole = await control.readPage({ after: null, limit: 1000, wait: 0 })
  const { rows } = await owner.query<{ text: string }>(
    "select pg_get_functiondef('rowlock.events_after'::regproc) as text",
  )
  const [{ text } = assert.fail()] = rows
  await owner.query(text.replace('one.version > p_version', '$& and one.version <> 2'))
  const torn = await control.readPage({ after: null, limit: 1000, wait: 0 })
  const lengths = [whole, torn].map(({ answer }) => (answer?.events as readonly unknown[]).length)
  assert.deepEqual(lengths, [3, 2])
  const findings = await control.judge()
  assert.deepEqual(
    findings.map(({ rule, attempts }) => [rule, attempts]),
    [['event never told', [4]]],
  )
})
