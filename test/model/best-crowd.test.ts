/**
 * Crowds that ask for the best seats at the same moment, through two servers: whatever the order in
 * which the kernel took them, each got what the model gives in that order.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Engine } from '../../src/engine/index.ts'
import { type BestSeats, newUuid, Refusal } from '../../src/protocol/index.ts'
import { by, codeOf, createShow, tally, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'
import { runs } from '../support/runs.ts'
import { bestSeats, type House } from './best-seats.ts'
import { HousePlayer } from './house-player.ts'
import { asks, houses, takings } from './houses.ts'

const kernel = await useKernel('model best crowd')
const player = await HousePlayer.create(kernel)
const servers = [
  await useServer(kernel.database.settings),
  await useServer(kernel.database.settings),
] as const

interface Shopper {
  readonly best: BestSeats
  readonly server: number
  readonly isBooking: boolean
  readonly isKeyed: boolean
}

type Told = { readonly seats: readonly string[]; readonly version: number } | Refusal

async function ask(show: string, { best, server, isBooking, isKeyed }: Shopper): Promise<Told> {
  const engine = servers[server] as Engine
  const request = by('a shopper', isKeyed ? newUuid() : null)
  try {
    const { value } = isBooking
      ? await engine.bookSeats(request, show, { best })
      : await engine.holdSeats(request, show, { best })
    return value
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Follows the answers in the order of their versions, then looks at who was refused. */
function compare(house: House, free: Set<number>, crowd: readonly Shopper[], told: Told[]): void {
  const served = crowd.flatMap(({ best }, n) => {
    const answer = told[n] as Told
    return answer instanceof Refusal ? [] : [{ best, answer }]
  })
  served.sort((one, two) => one.answer.version - two.answer.version)
  for (const { best, answer } of served) {
    const expected = bestSeats(house, free, best)
    assert.ok(Array.isArray(expected))
    assert.deepEqual(
      answer.seats,
      expected.map((number) => house.seats[number]?.label),
    )
    for (const number of expected) free.delete(number)
  }
  crowd.forEach(({ best }, n) => {
    const answer = told[n]
    if (!(answer instanceof Refusal)) return
    assert.equal(answer.code, 'not_enough_seats')
    // Seats only became fewer, so who was refused rightly would still be refused.
    assert.ok(!Array.isArray(bestSeats(house, free, best)), `${JSON.stringify(best)} fits`)
  })
}

test('asks that come at once are served as if they had come one by one', async () => {
  const shopper = fc.record({
    best: asks,
    server: fc.constantFrom(0, 0, 0, 1),
    isBooking: fc.boolean(),
    isKeyed: fc.boolean(),
  })
  const scene = fc.record({
    plan: houses,
    taking: takings,
    crowd: fc.array(shopper, { minLength: 2, maxLength: 12, size: 'max' }),
  })
  const property = fc.asyncProperty(scene, async ({ plan, taking, crowd }) => {
    const stored = await player.store(plan)
    const { showId, key } = await player.open(stored)
    const taken = taking.filter((number) => number < plan.seats.length)
    await player.block(showId, taken)
    const free = new Set(plan.seats.keys())
    for (const number of taken) free.delete(number)
    const told = await Promise.all(crowd.map((one) => ask(key, one)))
    compare(stored.house, free, crowd, told)
    assert.deepEqual(await kernel.violations(showId), [])
  })
  await fc.assert(property, runs('best, crowds', 80))
})

test('200 pairs at once sell a house of 400 seats to the last one', async () => {
  const show = await createShow(servers[0], { rows: '1-20', seatsPerRow: 20 })
  const crowd = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, n) =>
        (servers[n % 2] as Engine).holdSeats(by(`shopper ${n}`), show, { best: { quantity: 2 } }),
      ),
    )
  const first = await crowd(160)
  const rest = await crowd(40)
  const holds = [...first, ...rest].map(({ value }) => value)
  assert.equal(new Set(holds.flatMap(({ seats }) => seats)).size, 400)
  // The last ones get what pairs beside pairs have left between them.
  assert.ok(first.every(({ value }) => value.together))
  const late = await Promise.all(
    [1, 2].map((quantity) =>
      codeOf(servers[0].holdSeats(by('too late'), show, { best: { quantity } })),
    ),
  )
  assert.deepEqual(tally(late), { not_enough_seats: 2 })
})

test('more who ask than there are seats: all seats go, and nobody is refused before', async () => {
  const show = await createShow(servers[0], { rows: '1-7', seatsPerRow: 7 })
  const told = await Promise.all(
    Array.from({ length: 60 }, (_, n) => {
      const best = { quantity: n < 40 ? 1 : 3 }
      return codeOf((servers[n % 2] as Engine).holdSeats(by(`shopper ${n}`), show, { best }))
    }),
  )
  const { counts } = (await servers[0].getAvailability(show)).read()
  const singles = told.slice(0, 40)
  // Whoever wants one is refused only when none is left.
  if (tally(singles).not_enough_seats) assert.equal(counts.available, 0)
  assert.ok(counts.available < 3, 'three seats are free, and somebody who wants three was refused')
})
