/** Shows that refuse orphans, on random houses: refused are exactly the choices that leave one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { BestSeats, PlanSpec } from '../../src/protocol/index.ts'
import { command, type KernelOutcome, useKernel } from '../support/kernel.ts'
import { runs } from '../support/runs.ts'
import { alone, bestSeats, type House, isNothingElseLeft, newOrphans } from './best-seats.ts'
import { HousePlayer } from './house-player.ts'
import { asks, houses, takings } from './houses.ts'

const kernel = await useKernel('model orphans')
const player = await HousePlayer.create(kernel)

/** Seats at places among those that are free, counted round, so that most choices can be had. */
const choices = fc.array(
  fc.record({
    places: fc.uniqueArray(fc.nat({ max: 49 }), { minLength: 1, maxLength: 5 }),
    isRow: fc.boolean(),
    isBooking: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8, size: 'max' },
)

function choose(free: readonly number[], places: readonly number[], isRow: boolean): number[] {
  const [first = 0] = places
  const chosen = places.map((place, n) => free[(isRow ? first + n : place) % free.length])
  return [...new Set(chosen)] as number[]
}

function orphansIn({ obstacles }: KernelOutcome): number[] {
  assert.ok(Array.isArray(obstacles))
  assert.ok(obstacles.every(({ reason }) => reason === 'orphan'))
  return obstacles.map(({ seat }) => seat)
}

const scenes = fc.record({ plan: houses, taking: takings, all: choices })

/** A show that refuses to leave a seat alone, of which some seats are taken. */
async function openScene(plan: PlanSpec, taking: readonly number[]) {
  const stored = await player.store(plan)
  const { showId } = await player.open(stored, { refuseOrphans: true })
  const taken = taking.filter((number) => number < plan.seats.length)
  await player.block(showId, taken)
  const free = new Set(plan.seats.keys())
  for (const number of taken) free.delete(number)
  return { house: stored.house, showId, free }
}

test('a choice that leaves a seat alone is refused where another one would not', async () => {
  const property = fc.asyncProperty(scenes, async ({ plan, taking, all }) => {
    const { house, showId, free } = await openScene(plan, taking)
    for (const { places, isRow, isBooking } of all) {
      if (free.size === 0) break
      const seats = choose([...free], places, isRow)
      const kind = isBooking ? 'book' : 'hold'
      const outcome = await player.session.one(command(kind, showId, { seats }))
      const expected = newOrphans(house, free, seats)
      if (expected.length > 0 && !isNothingElseLeft(house, free, seats)) {
        assert.equal(outcome.code, 'orphan_left')
        assert.deepEqual(orphansIn(outcome), expected)
        continue
      }
      assert.equal(outcome.code, 'done')
      const before = new Set(alone(house, free))
      for (const number of seats) free.delete(number)
      const isLeft = alone(house, free).some((number) => !before.has(number))
      assert.equal(isLeft, expected.length > 0)
    }
    assert.deepEqual(await kernel.violations(showId), [])
  })
  await fc.assert(property, runs('orphans', 100))
})

test('a change is judged by what is free once it has given back what it drops', async () => {
  const property = fc.asyncProperty(scenes, async ({ plan, taking, all }) => {
    const { house, showId, free } = await openScene(plan, taking)
    for (const [index, { places, isRow }] of all.entries()) {
      if (free.size === 0) break
      const seats = choose([...free], places, isRow)
      const hold = command('hold', showId, { seats, box_office: true })
      if ((await player.session.one(hold)).code !== 'done') continue
      for (const number of seats) free.delete(number)
      const dropped = seats.slice(0, index % seats.length)
      const next = all[(index + 1) % all.length] ?? { places, isRow }
      const added = free.size === 0 ? [] : choose([...free], next.places, next.isRow)
      if (added.length + dropped.length === 0) continue
      const change = { hold_id: hold.hold_id, seats: dropped, to_seats: added }
      const outcome = await player.session.one(command('change', showId, change))
      const after = new Set([...free, ...dropped])
      const expected = newOrphans(house, after, added)
      if (expected.length > 0 && !isNothingElseLeft(house, free, added, expected.length)) {
        assert.equal(outcome.code, 'orphan_left')
        assert.deepEqual(orphansIn(outcome), expected)
        continue
      }
      assert.equal(outcome.code, 'done')
      for (const number of dropped) free.add(number)
      for (const number of added) free.delete(number)
    }
    assert.deepEqual(await kernel.violations(showId), [])
  })
  await fc.assert(property, runs('changed orphans', 60))
})

test('choices that come in one batch are judged one after the other', async () => {
  const property = fc.asyncProperty(scenes, async ({ plan, taking, all }) => {
    const { house, showId, free } = await openScene(plan, taking)
    const named = all.map(({ places, isRow }) => choose([...free], places, isRow))
    if (free.size === 0) return
    const commands = named.map((seats) => command('hold', showId, { seats }))
    const outcomes = await player.session.apply(...commands)
    for (const [n, seats] of named.entries()) {
      const isTaken = seats.some((number) => !free.has(number))
      const isLonely =
        newOrphans(house, free, seats).length > 0 && !isNothingElseLeft(house, free, seats)
      const code = isTaken ? 'seats_unavailable' : isLonely ? 'orphan_left' : 'done'
      assert.equal(outcomes[n]?.code, code)
      if (code === 'done') for (const number of seats) free.delete(number)
    }
  })
  await fc.assert(property, runs('orphans, batches', 60))
})

test('the best seats are never refused, and seats chosen beside them as ever', async () => {
  const scene = fc.record({ plan: houses, taking: takings, best: asks, choice: choices })
  const property = fc.asyncProperty(scene, async ({ plan, taking, best, choice }) => {
    const stored = await player.store(plan)
    const taken = taking.filter((number) => number < plan.seats.length)
    const free = new Set(plan.seats.keys())
    for (const number of taken) free.delete(number)
    for (const isMixed of [false, true]) {
      const { showId } = await player.open(stored, { refuseOrphans: true })
      await player.block(showId, taken)
      const [one] = choice
      const seats = isMixed && one && free.size > 0 ? choose([...free], one.places, one.isRow) : []
      const named = seats.length > 0 ? { seats } : {}
      const [outcome] = await player.hold(showId, { best, ...named })
      compare(stored.house, free, seats, best, outcome as KernelOutcome)
    }
  })
  await fc.assert(property, runs('orphans, best', 60))
})

function compare(
  house: House,
  free: ReadonlySet<number>,
  named: readonly number[],
  best: BestSeats,
  outcome: KernelOutcome,
): void {
  const others = bestSeats(house, without(free, named), best)
  if (!Array.isArray(others)) {
    assert.equal(outcome.code, 'not_enough_seats')
    return
  }
  const beside = without(free, others)
  const orphans = newOrphans(house, beside, named)
  if (orphans.length > 0 && !isNothingElseLeft(house, beside, named)) {
    assert.deepEqual(orphansIn(outcome), orphans)
  } else assert.deepEqual(outcome.seats, [...named, ...others])
}

function without(free: ReadonlySet<number>, taken: readonly number[]): Set<number> {
  return new Set([...free].filter((number) => !taken.includes(number)))
}
