/**
 * `node bench/best-available.ts [--rounds 5] [--sizes 8000,20000,80000]`: how long a crowd waits
 * that asks for the best available seats at the same moment, in process, on a PostgreSQL of its
 * own. Prints medians in milliseconds; every refusal is counted, and none should be.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate, openDatabase, startEmbedded } from '../src/db/index.ts'
import { type Engine, openEngine } from '../src/engine/index.ts'
import { generatePlan } from '../src/plans/index.ts'
import { type BestSeats, newUuid, type PlanSpec } from '../src/protocol/index.ts'
import { SELLER } from './world.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '8000,20000,80000' },
  },
})
const ROUNDS = Number(values.rounds)
const SIZES = values.sizes.split(',').map(Number)
const CROWD = 160
const STANDING = 'floor'

interface Case {
  readonly name: string
  readonly count: number
  readonly best?: BestSeats
  readonly places?: number
  readonly isBooking?: boolean
  /** Seats that are free when the crowd comes; all unless it says otherwise. */
  readonly left?: 'pairs' | 'nothing'
}

const CASES: readonly Case[] = [
  { name: 'one pair, free house', count: 1, best: { quantity: 2 } },
  { name: 'one pair, nearly full', count: 1, best: { quantity: 2 }, left: 'pairs' },
  { name: '160 pairs, free house', count: CROWD, best: { quantity: 2 } },
  { name: '160 pairs, nearly full', count: CROWD, best: { quantity: 2 }, left: 'pairs' },
  { name: '160 pairs, sold out', count: CROWD, best: { quantity: 2 }, left: 'nothing' },
  { name: '160 booked pairs, keyed', count: CROWD, best: { quantity: 2 }, isBooking: true },
  { name: '160 of six', count: CROWD, best: { quantity: 6 } },
  { name: '40 of 100', count: 40, best: { quantity: 100 } },
  { name: '160 times 2 places', count: CROWD, places: 2 },
]

interface Round {
  readonly ms: number
  readonly refused: number
}

function request(key: string | null = null) {
  return { ...SELLER, idempotencyKey: key }
}

/** A grid, with a tenth of the seats made places of general admission. */
function house(seatCount: number): PlanSpec {
  const plan = generatePlan({ shape: 'grid', seats: seatCount })
  const section = { key: STANDING, name: 'Floor', generalAdmission: true, entrance: null }
  const first = Math.floor(seatCount * 0.9)
  const seats = plan.seats.map((seat, n) => (n < first ? seat : { ...seat, section: STANDING }))
  return { ...plan, sections: [{ ...section, outline: [] }], seats }
}

async function createShow(engine: Engine, plan: string): Promise<string> {
  const key = newUuid()
  await engine.createShow(request(), {
    key,
    title: 'Bench',
    startsAt: '2040-01-01T20:00:00Z',
    plan,
    salesFrom: null,
    salesUntil: null,
    sellAfterStart: false,
    holdSeconds: 1800,
    holdSecondsMax: 1800,
    holdLifeSecondsMax: 3600,
    maxSeatsPerHold: 1000,
    maxSeatsPerHolder: null,
    refuseOrphans: false,
    cancellable: true,
    confirmBy: 'holder',
  })
  return key
}

/** Takes all seats but `pairs` of them that are spread over the house. */
async function fill(engine: Engine, show: string, labels: string[], pairs: number): Promise<void> {
  const every = Math.floor((labels.length * 0.9) / Math.max(pairs, 1))
  const isLeft = (n: number) => pairs > 0 && n < labels.length * 0.9 && n % every < 2
  const taken = labels.filter((_, n) => !isLeft(n))
  for (let from = 0; from < taken.length; from += 1000) {
    const seats = taken.slice(from, from + 1000)
    await engine.blockSeats(request(), show, { seats, reason: 'bench' })
  }
}

async function play(engine: Engine, show: string, one: Case): Promise<Round> {
  const { best, places: quantity, isBooking } = one
  const body = quantity ? { places: [{ section: STANDING, quantity }] } : { best }
  const startedAt = performance.now()
  const outcomes = await Promise.allSettled(
    Array.from({ length: one.count }, () =>
      isBooking
        ? engine.bookSeats(request(newUuid()), show, body)
        : engine.holdSeats(request(), show, body),
    ),
  )
  const ms = performance.now() - startedAt
  return { ms, refused: outcomes.filter(({ status }) => status === 'rejected').length }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

async function measure(engine: Engine, seatCount: number): Promise<void> {
  const venue = await engine.createVenue(request(), { name: 'Bench' })
  const source = JSON.parse(JSON.stringify(house(seatCount)))
  const body = { format: 'rowlock' as const, source }
  const plan = (await engine.createPlan(request(), venue.value.id, body)).value.id
  const labels = house(seatCount).seats.map(({ label }) => label)
  for (const one of CASES) {
    const rounds: Round[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const show = await createShow(engine, plan)
      if (one.left) await fill(engine, show, labels, one.left === 'pairs' ? 200 : 0)
      rounds.push(await play(engine, show, one))
    }
    const ms = median(rounds.map((round) => round.ms)).toFixed(1)
    const refused = rounds.map((round) => round.refused).join(' ')
    const slowest = Math.max(...rounds.map((round) => round.ms)).toFixed(1)
    console.log(
      `${String(seatCount).padStart(6)}  ${one.name.padEnd(26)} ${ms.padStart(9)} ms` +
        `  slowest ${slowest.padStart(8)} ms  refused ${refused}`,
    )
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'rowlock-bench-'))
const postgres = await startEmbedded({ dataDir })
try {
  await migrate(postgres.ownerConfig, { login: postgres.serverConfig.user })
  const database = await openDatabase({ target: postgres.serverConfig })
  const engine = openEngine(database)
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${ROUNDS} rounds`)
  for (const seatCount of SIZES) await measure(engine, seatCount)
  await engine.close()
  await database.close()
} finally {
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}
