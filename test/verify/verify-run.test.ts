/**
 * Promises 1 and 8, and every other that can be seen from outside: a short run against two servers,
 * one of them behind a bad network. The control is a database in which somebody takes claims away
 * behind the kernel's back.
 */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { connectClient } from '../../src/db/connection.ts'
import {
  createRandom,
  type Disturb,
  FaultProxy,
  judge,
  type Mark,
  readHistory,
  runVerify,
  type Totals,
} from '../../verify/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { OPERATOR_KEY, useListening } from '../support/servers.ts'

const SECONDS = 8 * Number(process.env.ROWLOCK_TEST_SCALE ?? 1)
const SEED = process.env.ROWLOCK_TEST_SEED ?? String(Date.now())

const database = await useTestDatabase('verify')
const owner = await connectClient(database.owner)
after(() => owner.end())
const servers = [await useListening(database), await useListening(database)] as const
const directory = await mkdtemp(join(tmpdir(), 'rowlock-verify-test-'))
after(() => rm(directory, { recursive: true, force: true }))

async function run(name: string, disturb: Disturb, urls: readonly string[]): Promise<Totals> {
  return runVerify({
    urls,
    operatorKey: OPERATOR_KEY,
    seconds: SECONDS,
    roundSeconds: SECONDS,
    clientCount: 12,
    seed: `${name}-${SEED}`,
    directory: join(directory, name),
    keepsAll: true,
    disturb,
  })
}

test('what random shoppers were told can be explained, through a bad network, too', async () => {
  const faults: Mark[] = []
  const random = createRandom(SEED)
  const onFault = (mark: Mark) => faults.push(mark)
  const proxy = await FaultProxy.open({ target: servers[1].url, random, share: 0.05, onFault })
  const tellFaults: Disturb = async ({ endAt, mark }) => {
    await delay(Math.max(0, endAt - performance.timeOrigin - performance.now()))
    proxy.calm()
    for (const fault of faults) mark(fault)
  }
  const totals = await run('clean', tellFaults, [servers[0].url, proxy.url])
  await proxy.close()
  console.log(`seed ${SEED}:`, totals.counts, totals.situations)
  assert.deepEqual(totals.findings, [])
  assert.equal(totals.histories, 3)
  assert.ok(totals.counts.done > 100, 'something was done')
  assert.ok(faults.length > 10, 'the network was bad')
  for (const situation of ['contended', 'replayed', 'takenOver', 'sameKeyTogether'] as const) {
    assert.ok(totals.situations[situation] > 0, situation)
  }
})

test('a history that was kept is judged again, to the same end', async () => {
  const [file] = await readdir(join(directory, 'clean'))
  const verdict = judge(await readHistory(join(directory, 'clean', file as string)))
  assert.deepEqual(verdict.findings, [])
  assert.equal(verdict.histories, 3)
})

test('control: seats that become free behind the back of the kernel are seen', async () => {
  const sabotage: Disturb = async ({ endAt }) => {
    await owner.query("set session_replication_role = 'replica'")
    while (performance.timeOrigin + performance.now() < endAt) {
      await owner.query('delete from rowlock.claims where random() < 0.1')
      await delay(50)
    }
    await owner.query('reset session_replication_role')
  }
  const { findings } = await run(
    'broken',
    sabotage,
    servers.map(({ url }) => url),
  )
  const rules = new Set(findings.map(({ rule }) => rule))
  assert.ok(rules.has('sold twice'), [...rules].join())
  assert.ok(rules.has('read differs from its version'), [...rules].join())
})
