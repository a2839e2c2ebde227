/**
 * Test of what one address may hold in a show: a crowd that shares it stays within, however it
 * asks.
 *
 * Promise 10.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller } from '../../src/calls/index.ts'
import type { HoldSeatsBody } from '../../src/protocol/index.ts'
import { codeOf, createShow, shopper, tally, useServer } from '../support/engines.ts'
import { createKernel, useKernel } from '../support/kernel.ts'
import { mutate } from '../support/mutate.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('address budget')
await useTestClock(kernel.owner)
const servers = [
  await useServer(kernel.database.settings),
  await useServer(kernel.database.settings),
] as const
const [server] = servers
const BUDGET = 6

function from(address: string): Caller {
  return {
    ...shopper('anonymous'),
    actor: `anonymous:${address.repeat(12)}`,
    heldSeatsMax: BUDGET,
  }
}

const hold = (where: typeof server, caller: Caller, show: string, body: HoldSeatsBody) =>
  where.holdSeats({ caller, idempotencyKey: null }, show, body)

async function newShow(): Promise<string> {
  return await createShow(server, { rows: 'A-J', seatsPerRow: 10 })
}

/** Fifty holds at once, two seats each, nobody in anybody's way. */
async function crowd(where: readonly (typeof server)[], show: string, isBest: boolean) {
  const asked = Array.from({ length: 50 }, (_, n) => {
    const row = 'ABCDEFGHIJ'[Math.floor(n / 5)]
    const first = (n % 5) * 2 + 1
    const seats = [`${row}${first}`, `${row}${first + 1}`]
    const body: HoldSeatsBody = isBest ? { best: { quantity: 2 } } : { seats }
    return codeOf(hold(where[n % where.length] as typeof server, from('a'), show, body))
  })
  return tally(await Promise.all(asked))
}

for (const [how, isBest] of [
  ['chosen', false],
  ['best', true],
] as const) {
  test(`many holds of ${how} seats at once never pass the budget`, async () => {
    const show = await newShow()
    const codes = await crowd(servers, show, isBest)
    assert.deepEqual(codes, { done: BUDGET / 2, held_limit_reached: 50 - BUDGET / 2 })
    assert.equal((await server.getAvailability(show)).read().counts.held, BUDGET)
  })
}

test('control: without bringing the count forward, a crowd passes it', async (t) => {
  const broken = await createKernel('address budget broken')
  t.after(async () => {
    await broken.end()
    await broken.database.drop()
  })
  await mutate(broken.owner, [
    {
      file: 'functions/25_forward.sql',
      find: '    p_counted[v_i] := v_one;\n  end loop;\n',
      replace: '  end loop;\n',
    },
  ])
  const where = await useServer(broken.database.settings)
  const show = await createShow(where, { rows: 'A-J', seatsPerRow: 10 })
  const { done = 0 } = await crowd([where], show, false)
  assert.ok(done > BUDGET / 2, `${done} holds`)
})

test('another address, an account and another show have budgets of their own', async () => {
  const shows = [await newShow(), await newShow()] as const
  const full = { seats: ['A1', 'A2', 'A3', 'A4', 'A5', 'A6'] }
  await hold(server, from('a'), shows[0], full)
  const one = (caller: Caller, show: string, seat: string) =>
    codeOf(hold(server, caller, show, { seats: [seat] }))
  assert.equal(await one(from('a'), shows[0], 'B1'), 'held_limit_reached')
  assert.equal(await one(from('b'), shows[0], 'B1'), 'done')
  assert.equal(await one(from('a'), shows[1], 'B1'), 'done')
  assert.equal(await one(shopper('anonymous'), shows[0], 'B2'), 'done')
  // What is taken is said first: a seat that cannot be had anyhow is no reason to give others back.
  assert.equal(await one(from('a'), shows[0], 'B2'), 'seats_unavailable')
})

test('it says how many, and what is given back, sold or over counts no more', async () => {
  const show = await newShow()
  const caller = from('a')
  const request = { caller, idempotencyKey: null }
  const held = [
    await hold(server, caller, show, { seats: ['A1', 'A2'], holdSeconds: 600 }),
    await hold(server, caller, show, { seats: ['A3', 'A4'], holdSeconds: 600 }),
    await hold(server, caller, show, { seats: ['A5', 'A6'], holdSeconds: 30 }),
  ].map(({ value }) => value.id) as [string, string, string]
  const more = (seats: string[]) => hold(server, caller, show, { seats })
  await assert.rejects(more(['B1']), {
    code: 'held_limit_reached',
    details: {
      limit: BUDGET,
      detail: 'An address or user may hold 6 seats of a show; you hold 6.',
    },
  })
  await server.releaseHold(request, show, held[0], { seats: ['A1'] })
  assert.equal(await codeOf(more(['B1', 'B2'])), 'held_limit_reached')
  assert.equal(await codeOf(more(['B1'])), 'done')
  await server.confirmHold(request, show, held[1], {})
  assert.equal(await codeOf(more(['B2', 'B3'])), 'done')
  assert.equal(await codeOf(more(['B4'])), 'held_limit_reached')
  await advanceClock(kernel.owner, 30)
  assert.equal(await codeOf(more(['B4', 'B5'])), 'done')
  await server.extendHold(request, show, held[0], {})
  assert.equal(await codeOf(more(['B6'])), 'held_limit_reached')
})

test('taking an expired hold again books it, so the budget does not count', async () => {
  const show = await newShow()
  const caller = from('a')
  const { value } = await hold(server, caller, show, { seats: ['A1'], holdSeconds: 30 })
  await advanceClock(kernel.owner, 31)
  const full = { seats: ['B1', 'B2', 'B3', 'B4', 'B5', 'B6'] }
  assert.equal(await codeOf(hold(server, caller, show, full)), 'done')
  const request = { caller, idempotencyKey: null }
  const late = server.confirmHold(request, show, value.id, { reacquire: true })
  assert.equal(await codeOf(late), 'done')
})
