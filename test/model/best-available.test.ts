/**
 * Random small houses, partly taken, and random asks: the kernel gives exactly the seats that the
 * written order of preference names, one at a time as well as in batches.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { BestSeats } from '../../src/protocol/index.ts'
import { command, type KernelOutcome, useKernel } from '../support/kernel.ts'
import { runs } from '../support/runs.ts'
import { bestSeats, type House } from './best-seats.ts'
import { HousePlayer } from './house-player.ts'
import { asks, houses, takings } from './houses.ts'

const kernel = await useKernel('model best available')
const player = await HousePlayer.create(kernel)

type Answer = { readonly seats: readonly number[] } | { readonly obstacles: unknown }

function toAnswer({ code, seats, obstacles }: KernelOutcome): Answer {
  if (code === 'done') return { seats }
  assert.equal(code, 'not_enough_seats')
  return { obstacles }
}

/** Answers one ask after the other, as the model does. Takes what it gives from `free`. */
function answersOf(house: House, free: Set<number>, all: readonly BestSeats[]): Answer[] {
  return all.map((best) => {
    const seats = bestSeats(house, free, best)
    if (!Array.isArray(seats)) return { obstacles: seats }
    for (const number of seats) free.delete(number)
    return { seats }
  })
}

function freeSeats({ seats }: House, taken: readonly number[]): Set<number> {
  return new Set(seats.map((_, number) => number).filter((number) => !taken.includes(number)))
}

/** Seats that live holds from one address may have. */
const BUDGET = 7

const scenes = fc.record({
  plan: houses,
  taking: takings,
  all: fc.array(asks, { minLength: 1, maxLength: 8, size: 'max' }),
})

test('one after the other is given exactly the seats that the model names', async () => {
  const property = fc.asyncProperty(scenes, async ({ plan, taking, all }) => {
    const stored = await player.store(plan)
    const taken = taking.filter((number) => number < plan.seats.length)
    const { showId } = await player.open(stored)
    await player.block(showId, taken)
    const given: Answer[] = []
    for (const best of all) {
      const [outcome] = await player.hold(showId, { best })
      given.push(toAnswer(outcome as KernelOutcome))
    }
    assert.deepEqual(given, answersOf(stored.house, freeSeats(stored.house, taken), all))
  })
  await fc.assert(property, runs('best, one by one', 120))
})

test('a batch is given what the same asks get one after the other, and again', async () => {
  const property = fc.asyncProperty(scenes, fc.boolean(), async ({ plan, taking, all }, sell) => {
    const stored = await player.store(plan)
    const taken = taking.filter((number) => number < plan.seats.length)
    const { showId } = await player.open(stored, { refuseOrphans: sell })
    await player.block(showId, taken)
    const kind = sell ? 'book' : 'hold'
    const commands = all.map((best) => command(kind, showId, { best, holder: 'Alice' }))
    const outcomes = await player.session.apply(...commands)
    const expected = answersOf(stored.house, freeSeats(stored.house, taken), all)
    assert.deepEqual(outcomes.map(toAnswer), expected)
    const versions = outcomes.flatMap(({ version }) => version ?? [])
    assert.deepEqual(
      versions,
      versions.toSorted((one, two) => one - two),
    )
    const again = await player.session.apply(...commands)
    again.forEach((outcome, n) => {
      const isKept = outcomes[n]?.code === 'done' || kind === 'book'
      assert.equal(outcome.replayed, isKept)
      if (isKept) assert.deepEqual(toAnswer(outcome), expected[n])
      else assert.equal(outcome.code, 'not_enough_seats')
    })
    assert.deepEqual(await kernel.violations(showId), [])
  })
  await fc.assert(property, runs('best, batches', 100))
})

test('with asks that are unusual, nobody is refused for whom there would be seats', async () => {
  const unusual = fc.record({
    best: asks,
    holder: fc.constantFrom(undefined, 'Alice', 'Bob'),
    isTwin: fc.boolean(),
    isNaming: fc.boolean(),
    address: fc.constantFrom(undefined, 'a', 'b'),
  })
  const scene = fc.record({
    plan: houses,
    taking: takings,
    all: fc.array(unusual, { minLength: 2, maxLength: 8, size: 'max' }),
  })
  const property = fc.asyncProperty(scene, async ({ plan, taking, all }) => {
    const stored = await player.store(plan)
    const taken = taking.filter((number) => number < plan.seats.length)
    const { showId } = await player.open(stored, { maxSeatsPerHolder: 8 })
    await player.block(showId, taken)
    const free = freeSeats(stored.house, taken)
    const [named = 0] = free
    const commands = all.flatMap(({ best, holder, isTwin, isNaming, address }) => {
      const seats = isNaming ? { seats: [named] } : {}
      const from = address ? { actor: `anonymous:${address}`, held_seats_max: BUDGET } : {}
      const who = holder ? { holder } : {}
      const one = command('hold', showId, { best, ...seats, ...who, ...from })
      return isTwin ? [one, one] : [one]
    })
    const outcomes = await player.session.apply(...commands)
    const done = outcomes.filter(({ code, replayed: isReplayed }) => code === 'done' && !isReplayed)
    for (const { n, seats } of done.toSorted((one, two) => one.version - two.version)) {
      const { best, seats: chosen = [] } = commands[n] as (typeof commands)[number]
      for (const number of chosen) free.delete(number)
      const expected = bestSeats(stored.house, free, best as BestSeats)
      assert.deepEqual(seats, [...chosen, ...(expected as number[])])
      for (const number of seats) free.delete(number)
    }
    for (const address of ['a', 'b']) {
      const ofAddress = done.filter(({ n }) => commands[n]?.actor === `anonymous:${address}`)
      const has = ofAddress.reduce((sum, { seats }) => sum + seats.length, 0)
      assert.ok(has <= BUDGET, `${has} seats from one address`)
    }
    for (const { n, code, obstacles } of outcomes) {
      if (code === 'held_limit_reached') {
        const { has } = obstacles as { has: number }
        const asked = (commands[n]?.best?.quantity ?? 0) + (commands[n]?.seats?.length ?? 0)
        assert.ok(has + asked > BUDGET, `${has} and ${asked} seats are not too many`)
      }
      if (code !== 'not_enough_seats') continue
      const left = bestSeats(stored.house, free, commands[n]?.best as BestSeats)
      assert.ok(!Array.isArray(left) || commands[n]?.seats, `ask ${n} could have had ${left}`)
    }
    assert.deepEqual(await kernel.violations(showId), [])
  })
  await fc.assert(property, runs('best, unusual', 80))
})

test('a wheelchair place comes with its companion’s seat, on whichever side that is', async () => {
  const [house] = fc.sample(houses, { seed: 1, numRuns: 1 })
  const seat = (label: string, number: number, flags: object) => ({
    ...{ label, section: null, row: label[0] as string, number: label.slice(1) },
    ...{ category: 'standard', x: 50 * number, y: label[0] === 'A' ? 50 : 100 },
    ...{ accessible: false, companion: false, restrictedView: false, externalId: null, ...flags },
  })
  const rows = (companionFirst: boolean) => [
    seat('A1', 1, { accessible: true }),
    seat('A2', 2, {}),
    seat('B1', 1, companionFirst ? { companion: true } : { accessible: true }),
    seat('B2', 2, companionFirst ? { accessible: true } : { companion: true }),
    seat('B3', 3, {}),
  ]
  for (const companionFirst of [false, true]) {
    const stored = await player.store({ ...house, seats: rows(companionFirst) } as never)
    const { showId } = await player.open(stored)
    const [outcome] = await player.hold(showId, { best: { quantity: 2, accessible: 1 } })
    assert.deepEqual(outcome?.seats, [2, 3])
  }
})
