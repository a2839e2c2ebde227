import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { PlanWorker } from '../../src/engine/plan-work/plan-worker.ts'
import { Refusal } from '../../src/protocol/index.ts'

/** Large enough to go to the process. */
const GRID = { kind: 'own', seats: { rows: '1-500', seatsPerRow: 200 } } as const
const keys = Array.from({ length: 400_000 }, (_, n) => `"k${n}":0`).join(',')
const HEAVY = {
  kind: 'store',
  source: { bytes: Buffer.from(`{"source":{${keys}}}`), type: 'json' },
  fingerprintPath: null,
} as const

/** Within the count of parts, and ten times as large in memory as in the file. */
const NUMBERS = {
  kind: 'store',
  source: { bytes: Buffer.from(`{"source":[${'[{}],'.repeat(1_000_000)}0]}`), type: 'json' },
  fingerprintPath: null,
} as const

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((reason: unknown) => reason)
  assert.ok(error instanceof Refusal, String(error))
  return `${error.code} ${error.details.detail ?? ''}`
}

describe('work on plans', () => {
  const worker = new PlanWorker({ queueMax: 2, waitMsMax: 100_000, taskMsMax: 90_000 })
  after(() => worker.close())

  test('is done one after the other, and refused when many wait', async () => {
    const work = [1, 2, 3, 4].map(() => worker.run(GRID))
    const ends = await Promise.allSettled(work)
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'fulfilled', 'rejected'],
    )
    assert.match(await codeOf(work[3] as Promise<unknown>), /^busy /)
    const [first] = await Promise.all(work.slice(0, 1))
    assert.equal(JSON.parse(first?.seats ?? '').length, 100_000)
  })

  test('that takes too long is refused, and the next is done all the same', async () => {
    const hasty = new PlanWorker({ taskMsMax: 30 })
    assert.match(await codeOf(hasty.run(HEAVY)), /^busy .*took over/)
    await hasty.close()
    const answer = await worker.run({ ...GRID, seats: { rows: '1-30', seatsPerRow: 100 } })
    assert.equal(JSON.parse(answer.seats).length, 3_000)
  })

  test('that takes too much memory is refused, and the process goes on', async () => {
    const small = new PlanWorker({ memoryMbMax: 32, waitMsMax: 100_000, taskMsMax: 90_000 })
    assert.match(await codeOf(small.run(GRID)), /^plan_invalid .*more memory/)
    const answer = await small.run({ ...GRID, seats: { rows: '1-30', seatsPerRow: 100 } })
    assert.equal(JSON.parse(answer.seats).length, 3_000)
    await small.close()
  })

  test('that runs out of memory parsing JSON is refused, and the process goes on', async () => {
    const small = new PlanWorker({ memoryMbMax: 64, waitMsMax: 100_000, taskMsMax: 90_000 })
    assert.match(await codeOf(small.run(NUMBERS)), /^plan_invalid .*more memory/)
    assert.match(await codeOf(small.run(NUMBERS)), /^plan_invalid .*more memory/)
    const answer = await small.run({ ...GRID, seats: { rows: '1-30', seatsPerRow: 100 } })
    assert.equal(JSON.parse(answer.seats).length, 3_000)
    await small.close()
  })

  test('that waits when the engine closes is told so', async () => {
    const closing = new PlanWorker()
    const work = [closing.run(GRID), closing.run(GRID)].map(codeOf)
    await closing.close()
    for (const code of await Promise.all(work)) assert.match(code, /^busy /)
  })
})
