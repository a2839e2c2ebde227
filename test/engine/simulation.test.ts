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
import { Failures } from '../../src/db/failures.ts'
import type { Command, Outcome } from '../../src/engine/lanes/command.ts'
import { Lanes } from '../../src/engine/lanes/lanes.ts'
import { Line } from '../../src/engine/lanes/line.ts'
import { PictureReader } from '../../src/engine/pictures/picture-reader.ts'
import { command } from '../support/kernel.ts'
import { runs, sameRuns } from '../support/runs.ts'

/** Fates of one sending of a batch. */
const FATES = [
  ...['ok', 'ok', 'ok', 'lost before', 'lost after', 'retry', 'warning', 'ended'],
  ...['one locked', 'too long'],
] as const
type Fate = (typeof FATES)[number]

type Sent = Command & { readonly n: number }
type Values = [show: number, json: string, now: number, name?: string, after?: string | null]

/** A database that does every request once, and loses connections as it is told. */
class SimulatedDatabase {
  /** Request ids in the order in which they were done, by show. */
  readonly done = new Map<number, string[]>()
  readonly #fates: Fate[]
  readonly #wait: () => Promise<unknown>
  /** Batches that were sent before the one ahead of them was answered. */
  behindCount = 0
  /** Such a session does a batch whatever has become of the one ahead. */
  isHeedless = false

  constructor(fates: readonly Fate[], wait: () => Promise<unknown> = turn) {
    this.#fates = [...fates]
    this.#wait = wait
  }

  get door(): Database {
    const connectLane = async () => this.#connect()
    return {
      connectLane,
      failures: new Failures(() => {}),
      namedStatements: true,
      unsafe: () => [],
      isDurable: true,
    } as unknown as Database
  }

  get doneCount(): number {
    return [...this.done.values()].reduce((sum, ids) => sum + ids.length, 0)
  }

  /** A session, which does one query after the other, and notes batches as it is told. */
  #connect(): unknown {
    const client = new EventEmitter()
    let isOver = false
    let noted: string | null = null
    let last: Promise<unknown> = Promise.resolve()
    let underWay = 0
    const one = async ([, json, , name, after]: Values) => {
      await this.#wait()
      if (isOver) throw new Error('Client was closed and is not queryable')
      const isTurn = (after ?? null) === null || after === noted
      if (!isTurn && !this.isHeedless) {
        noted = null
        return { rows: [{ answers: null }] }
      }
      try {
        const done = await this.#query(client, JSON.parse(json))
        const isWhole = done.rows[0]?.answers.every(({ code }) => code !== 'not_now')
        if (name !== undefined) noted = isWhole ? name : null
        return done
      } catch (error) {
        isOver ||= (error as Error).message.startsWith('Connection')
        throw error
      }
    }
    const query = ({ values }: { values: Values }) => {
      if (underWay > 0) this.behindCount += 1
      underWay += 1
      const answer = last
        .then(() => one(values))
        .finally(() => {
          underWay -= 1
        })
      last = answer.catch(() => {})
      return answer
    }
    const end = async () => {
      isOver = true
    }
    return Object.assign(client, { query, end })
  }

  async #query(client: EventEmitter, commands: readonly Sent[]) {
    if (commands.length === 0) return { rows: [{ answers: [] }] }
    const fate = this.#fates.shift() ?? 'ok'
    if (fate === 'lost before') throw new Error('Connection terminated unexpectedly')
    if (fate === 'retry') throw Object.assign(new Error('deadlock'), { code: '40P01' })
    if (fate === 'too long') throw Object.assign(new Error('too long'), { code: '57014' })
    if (commands.some(({ actor }) => actor === 'mistake')) throw new Error('a mistake of ours')
    const [{ show_id: first }] = commands as [Sent]
    const isAlone = commands.every(({ show_id }) => show_id === first)
    if (fate === 'one locked' && isAlone) throw Object.assign(new Error('x'), { code: '55P03' })
    const answers = commands.map((one) => {
      const isLocked = fate === 'one locked' && one.show_id === first
      return isLocked ? { n: one.n, code: 'not_now' } : this.#do(one)
    })
    await this.#wait()
    if (fate === 'lost after') throw new Error('Connection terminated unexpectedly')
    if (fate === 'warning') client.emit('notice', { code: '01000' })
    if (fate === 'ended') setImmediate(() => client.emit('end'))
    return { rows: [{ answers }] }
  }

  #do({ n, show_id, request_id, hold_id }: Sent): Partial<Outcome> {
    const ids = this.done.get(show_id) ?? []
    this.done.set(show_id, ids)
    const replayed = ids.includes(request_id)
    if (!replayed) ids.push(request_id)
    return { n, code: 'done', replayed, version: ids.indexOf(request_id) + 1, hold_id }
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

interface Load {
  readonly fates: readonly Fate[]
  /** Turns to wait before each command; some are mistakes. */
  readonly commands: readonly {
    readonly pause: number
    readonly isMistake: boolean
    readonly show: number
  }[]
  readonly batchMax: number
  readonly companyMin: number
}

const loads: fc.Arbitrary<Load> = fc.record({
  fates: fc.array(fc.constantFrom(...FATES), { maxLength: 6 }),
  commands: fc.array(
    fc.record({
      pause: fc.nat({ max: 3 }),
      isMistake: fc.constantFrom(false, false, false, false, false, false, true),
      show: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 20, size: 'max' },
  ),
  batchMax: fc.integer({ min: 1, max: 8 }),
  companyMin: fc.integer({ min: 1, max: 4 }),
})

/** Finds what is wrong with the answers, or null. */
async function simulate(
  { fates, commands, batchMax, companyMin }: Load,
  database = new SimulatedDatabase(fates),
  during: <Value>(work: Promise<Value>) => Promise<Value> = (work) => work,
): Promise<string | null> {
  const settings = { queueMax: 100, batchMax, companyMin, deadlineMs: 60_000 }
  const lanes = new Lanes(database.door, settings)
  const faults: string[] = []
  const answers: Promise<void>[] = []
  const asked = new Map<number, string[]>()
  const versions = new Set<string>()
  for (const { pause, isMistake, show } of commands) {
    for (let count = 0; count < pause; count++) await turn()
    const sent = command('hold', show, isMistake ? { actor: 'mistake' } : {})
    if (!isMistake) asked.set(show, [...(asked.get(show) ?? []), sent.request_id])
    const answer = lanes.submit(sent).then(
      ({ hold_id, version }) => {
        if (isMistake) faults.push('a mistake was done')
        if (hold_id !== sent.hold_id) faults.push("somebody else's answer")
        if (versions.has(`${show} ${version}`)) faults.push('the same answer twice')
        versions.add(`${show} ${version}`)
      },
      (error: Error) => {
        if (!isMistake || error.message !== 'a mistake of ours') faults.push(error.message)
      },
    )
    answers.push(answer)
  }
  await during(Promise.all(answers))
  await lanes.close()
  for (const [show, ids] of asked) {
    if (ids.join() !== database.done.get(show)?.join()) faults.push(`not in order: show ${show}`)
  }
  const expected = commands.filter(({ isMistake }) => !isMistake).length
  if (database.doneCount !== expected) faults.push(`${database.doneCount} done, not ${expected}`)
  return faults.length === 0 ? null : faults.join(', ')
}

/** Plays loads at once, because a lane pauses after a failure. */
async function simulateSome(
  name: string,
  newDatabase: (fates: readonly Fate[]) => SimulatedDatabase,
) {
  const { seed, numRuns } = runs<[Load]>(name, 1000)
  const samples = fc.sample(loads, { seed: seed as number, numRuns: numRuns as number })
  const databases = samples.map(({ fates }) => newDatabase(fates))
  const faults = await Promise.all(samples.map((load, n) => simulate(load, databases[n])))
  const odd = samples.flatMap((load, n) => (faults[n] ? [{ load, fault: faults[n] }] : []))
  return { odd, behindCount: databases.reduce((sum, { behindCount }) => sum + behindCount, 0) }
}

test('everybody is answered, once and in order, whatever becomes of the batches', async () => {
  const { odd, behindCount } = await simulateSome('lanes', (fates) => new SimulatedDatabase(fates))
  assert.deepEqual(odd.slice(0, 3), [])
  assert.ok(behindCount > 100, `${behindCount} batches behind others`)
})

test('a batch that is done although the one ahead of it was not is found out', async () => {
  const { odd } = await simulateSome('heedless', (fates) => {
    const database = new SimulatedDatabase(fates)
    database.isHeedless = true
    return database
  })
  assert.ok(odd.some(({ fault }) => fault?.includes('not in order')))
})

/** Several connections at work, whose answers come in orders that chance comes up with. */
const everyAnswer = fc.asyncProperty(fc.scheduler(), loads, async (order, load) => {
  const calm = load.fates.filter((fate) => fate === 'ok' || fate === 'ended')
  const wait = () => order.schedule(Promise.resolve())
  const wellMeant = load.commands.map((one) => ({ ...one, pause: 0, isMistake: false }))
  const during = <Value>(work: Promise<Value>) => order.waitFor(work)
  const small = { ...load, commands: wellMeant, batchMax: Math.min(load.batchMax, 3) }
  assert.equal(await simulate(small, new SimulatedDatabase(calm, wait), during), null)
})

test('a show keeps its order on several connections, in every order of answers', async () => {
  await fc.assert(everyAnswer, runs('answers', 300))
})

test('a show whose commands do not wait for each other is found out', async () => {
  const { mayGo } = Line.prototype
  Line.prototype.mayGo = function mayGoAtOnce(this: Line) {
    return this.size > 0
  }
  try {
    const { failed } = await fc.check(everyAnswer, sameRuns(300))
    assert.ok(failed)
  } finally {
    Line.prototype.mayGo = mayGo
  }
})

test('a queue that would take too long sends shoppers away, and the box office last', async () => {
  const slow = () => new Promise((resolve) => setTimeout(resolve, 60))
  const database = new SimulatedDatabase([], slow)
  const settings = { queueMax: 10_000, batchMax: 1, deadlineMs: 60_000 }
  const lanes = new Lanes(database.door, settings, {}, 1)
  // Learns how long things take here.
  for (let count = 0; count < 12; count++) await lanes.submit(command('hold', count, {}))
  const told = { shopper: 0, boxOffice: 0 }
  const accepted: Promise<unknown>[] = []
  const ask = async (who: keyof typeof told, show: number) => {
    const box_office = who === 'boxOffice'
    const answer = lanes.submit(command('hold', show, { box_office }))
    const first = await Promise.race([answer.catch((error) => error.code), turn()])
    if (first === 'busy') told[who] += 1
    else accepted.push(answer)
  }
  for (let show = 0; show < 60; show++) await ask('shopper', show)
  await ask('boxOffice', 1)
  assert.ok(told.shopper > 0, 'shoppers are sent away')
  assert.equal(told.boxOffice, 0)
  await Promise.all(accepted)
  await lanes.close()
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
  const { failed } = await fc.check(property, sameRuns(500))
  assert.ok(failed)
})
