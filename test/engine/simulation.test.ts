/**
 * The asynchronous parts of the engine against every order of events that chance comes up with. The
 * database is a few lines here, so that thousands of orders take a second; everything else in
 * `test/` uses a real one.
 */
import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Database } from '../../src/db/database.ts'
import type { Command, Outcome } from '../../src/engine/lanes/command.ts'
import { Lane } from '../../src/engine/lanes/lane.ts'
import { PictureReader } from '../../src/engine/pictures/picture-reader.ts'
import { runs } from '../model/runs.ts'
import { command } from '../support/kernel.ts'

/** What happens to one sending of a batch. */
const FATES = ['ok', 'ok', 'ok', 'lost before', 'lost after', 'retry', 'warning', 'ended'] as const
type Fate = (typeof FATES)[number]

/** A database that does every request once, and loses connections as it is told. */
class SimulatedDatabase {
  readonly done = new Map<string, number>()
  readonly #fates: Fate[]

  constructor(fates: readonly Fate[]) {
    this.#fates = [...fates]
  }

  get door(): Database {
    const connectLane = async () => this.#connect()
    return { connectLane, namedStatements: true } as unknown as Database
  }

  #connect(): unknown {
    const client = new EventEmitter()
    let isOver = false
    const query = async ({ values }: { values: [string] }) => {
      await turn()
      if (isOver) throw new Error('Client was closed and is not queryable')
      return this.#query(client, JSON.parse(values[0]))
    }
    const end = async () => {
      isOver = true
    }
    return Object.assign(client, { query, end })
  }

  async #query(client: EventEmitter, commands: readonly (Command & { n: number })[]) {
    const fate = this.#fates.shift() ?? 'ok'
    if (fate === 'lost before') throw new Error('Connection terminated unexpectedly')
    if (fate === 'retry') throw Object.assign(new Error('deadlock'), { code: '40P01' })
    if (commands.some(({ actor }) => actor === 'mistake')) throw new Error('a mistake of ours')
    const answers = commands.map((one) => this.#do(one))
    await turn()
    if (fate === 'lost after') throw new Error('Connection terminated unexpectedly')
    if (fate === 'warning') client.emit('notice', { code: '01000' })
    if (fate === 'ended') setImmediate(() => client.emit('end'))
    return { rows: [{ answers }] }
  }

  #do({ n, request_id, hold_id }: Command & { n: number }): Partial<Outcome> {
    const replayed = this.done.has(request_id)
    const version = this.done.get(request_id) ?? this.done.size + 1
    this.done.set(request_id, version)
    return { n, code: 'done', replayed, version, hold_id }
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

interface Load {
  readonly fates: readonly Fate[]
  /** Turns to wait before each command; some are mistakes. */
  readonly commands: readonly { readonly pause: number; readonly isMistake: boolean }[]
  readonly batchMax: number
}

const loads: fc.Arbitrary<Load> = fc.record({
  fates: fc.array(fc.constantFrom(...FATES), { maxLength: 6 }),
  commands: fc.array(
    fc.record({
      pause: fc.nat({ max: 3 }),
      isMistake: fc.constantFrom(false, false, false, false, false, false, true),
    }),
    { minLength: 1, maxLength: 20, size: 'max' },
  ),
  batchMax: fc.integer({ min: 1, max: 8 }),
})

/** What is wrong with the answers, or null. */
async function simulate({ fates, commands, batchMax }: Load): Promise<string | null> {
  const database = new SimulatedDatabase(fates)
  const lane = new Lane(database.door, { queueMax: 100, batchMax, deadlineMs: 60_000 })
  const faults: string[] = []
  const answers: Promise<void>[] = []
  const versions = new Set<number>()
  for (const { pause, isMistake } of commands) {
    for (let count = 0; count < pause; count++) await turn()
    const sent = command('hold', 1, isMistake ? { actor: 'mistake' } : {})
    const answer = lane.submit(sent).then(
      ({ hold_id, version }) => {
        if (isMistake) faults.push('a mistake was done')
        if (hold_id !== sent.hold_id) faults.push("somebody else's answer")
        if (versions.has(version)) faults.push('the same answer twice')
        versions.add(version)
      },
      (error: Error) => {
        if (!isMistake || error.message !== 'a mistake of ours') faults.push(error.message)
      },
    )
    answers.push(answer)
  }
  await Promise.all(answers)
  await lane.close()
  const expected = commands.filter(({ isMistake }) => !isMistake).length
  if (database.done.size !== expected) faults.push(`${database.done.size} done, not ${expected}`)
  return faults.length === 0 ? null : faults.join(', ')
}

test('a lane answers everybody, once, whatever becomes of its batches', async () => {
  const { seed, numRuns } = runs<[Load]>('lanes', 1000)
  const samples = fc.sample(loads, { seed: seed as number, numRuns: numRuns as number })
  // At once, because a lane pauses after a failure.
  const faults = await Promise.all(samples.map(simulate))
  const odd = samples.flatMap((load, index) =>
    faults[index] ? [{ load, fault: faults[index] }] : [],
  )
  assert.deepEqual(odd.slice(0, 3), [])
})

/** A reader of pictures, as far as its order of events goes. */
interface Reader {
  read(showId: number): Promise<{ version: number }>
}

/** Asks a reader between writes, in orders that chance comes up with; fails when one is late. */
function everyOrder(open: (database: Database) => Reader): fc.IAsyncProperty<unknown> {
  return fc.asyncProperty(fc.scheduler(), fc.array(fc.boolean()), async (order, steps) => {
    let version = 1
    const read = async () => {
      const seen = version
      await order.schedule(Promise.resolve(), `the answer of version ${seen}`)
      const changes = { entries: [] }
      return [{ reading: { now: seen, version: seen, seatCount: 1, cancelled: false, changes } }]
    }
    const reader = open({ read } as unknown as Database)
    const asked: Promise<void>[] = []
    const ask = async () => {
      const known = version
      const picture = await reader.read(1)
      assert.ok(picture.version >= known, `asked at ${known}, told of ${picture.version}`)
    }
    const sequence = steps.map((isWrite) => ({
      label: isWrite ? 'a write is answered' : 'a read is asked for',
      builder: async () => {
        if (isWrite) version += 1
        else asked.push(ask())
      },
    }))
    order.scheduleSequence(sequence)
    await order.waitIdle()
    await order.waitFor(Promise.all(asked))
  })
}

test('a picture has what was answered before it was asked for, in every order', async () => {
  const property = everyOrder((database) => new PictureReader(database))
  await fc.assert(property, runs('pictures', 500))
})

test('a reader that joins the query under way is found out', async () => {
  const property = everyOrder((database) => {
    let underWay: Promise<{ version: number }> | null = null
    const read = async () => {
      const [row] = await database.read('')
      underWay = null
      return (row as { reading: { version: number } }).reading
    }
    return {
      read: () => {
        underWay ??= read()
        return underWay
      },
    }
  })
  const { failed } = await fc.check(property, runs('joining pictures', 500))
  assert.ok(failed)
})
