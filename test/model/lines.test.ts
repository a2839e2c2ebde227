/** Houses with round tables, and with seats that got their numbers after all others. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { BestSeats, PlanSpec } from '../../src/protocol/index.ts'
import { command, useKernel } from '../support/kernel.ts'
import { runs } from '../support/runs.ts'
import { bestSeats, isNothingElseLeft, newOrphans } from './best-seats.ts'
import { HousePlayer } from './house-player.ts'
import { asks, housesOfTables, housesWithTables, parties, takings } from './houses.ts'

const kernel = await useKernel('model lines')
const player = await HousePlayer.create(kernel)

const scenes = fc.record({
  plan: housesWithTables,
  late: fc.array(fc.nat({ max: 69 }), { maxLength: 5 }),
  taking: takings,
  all: fc.array(asks, { minLength: 1, maxLength: 8, size: 'max' }),
  choices: fc.array(fc.uniqueArray(fc.nat({ max: 49 }), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 8,
    size: 'max',
  }),
})

interface BestScene {
  readonly plan: PlanSpec
  readonly late: readonly number[]
  readonly taking: readonly number[]
  readonly all: readonly BestSeats[]
}

/** Asks for the best seats again and again, as long as there are asks, and compares each answer. */
async function compareBest({ plan, late, taking, all }: BestScene): Promise<void> {
  const { house, ...stored } = await player.store(plan, late)
  const { showId } = await player.open({ house, ...stored })
  const taken = taking.filter((number) => number < plan.seats.length)
  await player.block(showId, taken)
  const free = new Set([...plan.seats.keys()].filter((number) => !taken.includes(number)))
  for (const best of all) {
    const [outcome] = await player.hold(showId, { best })
    const expected = bestSeats(house, free, best)
    if (Array.isArray(expected)) assert.deepEqual(outcome?.seats, expected)
    else assert.equal(outcome?.code, 'not_enough_seats')
    for (const number of outcome?.seats ?? []) free.delete(number)
  }
}

test('the best seats are those of the model, around tables and along grown rows', async () => {
  await fc.assert(fc.asyncProperty(scenes, compareBest), runs('lines, best', 100))
})

test('whoever fills a table sits around it, companions beside whom they came with', async () => {
  const tables = fc.record({
    plan: housesOfTables,
    late: fc.constant([]),
    taking: fc.constant([]),
    all: fc.array(parties, { minLength: 1, maxLength: 4 }),
  })
  await fc.assert(fc.asyncProperty(tables, compareBest), runs('lines, tables', 100))
})

test('single seats are left alone there where it cannot be helped, and only there', async () => {
  const property = fc.asyncProperty(scenes, async ({ plan, late, taking, choices }) => {
    const stored = await player.store(plan, late)
    const { showId } = await player.open(stored, { refuseOrphans: true })
    const taken = taking.filter((number) => number < plan.seats.length)
    await player.block(showId, taken)
    const free = new Set([...plan.seats.keys()].filter((number) => !taken.includes(number)))
    for (const places of choices) {
      if (free.size === 0) break
      const all = [...free]
      const seats = [...new Set(places.map((place) => all[place % all.length] as number))]
      const outcome = await player.session.one(command('hold', showId, { seats }))
      const orphans = newOrphans(stored.house, free, seats)
      const isRefused = orphans.length > 0 && !isNothingElseLeft(stored.house, free, seats)
      assert.equal(outcome.code, isRefused ? 'orphan_left' : 'done')
      if (isRefused) {
        const left = (outcome.obstacles as { seat: number }[]).map(({ seat }) => seat)
        assert.deepEqual(left, orphans)
      } else for (const number of seats) free.delete(number)
    }
  })
  await fc.assert(property, runs('lines, orphans', 100))
})
