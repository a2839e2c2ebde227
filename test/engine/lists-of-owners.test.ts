/** Test of what an owner has in all shows: live holds, and bookings. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller, PageQuery } from '../../src/calls/index.ts'
import { codeOf, createShow, shopper, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('lists of owners')
await useTestClock(kernel.owner)
const server = await useServer(kernel.database.settings)

/** Everybody in a test has a name of its own, so that tests do not see each other. */
function user(digit: string): Caller & { readonly owner: string } {
  const owner = `user_${digit.repeat(32)}`
  return { ...shopper(owner), owner }
}

async function newShow(): Promise<string> {
  return await createShow(server, { rows: 'A-B', seatsPerRow: 10 }, { holdSeconds: 60 })
}

async function hold(caller: Caller, show: string, seats: string[], holdSeconds?: number) {
  const body = { seats, ...(holdSeconds === undefined ? {} : { holdSeconds }) }
  return (await server.holdSeats({ caller, idempotencyKey: null }, show, body)).value
}

/** Every page of a list, one after the other. */
async function allPages<Item>(
  read: (query: PageQuery) => Promise<{ items: Item[]; next: string | null }>,
  limit: number,
): Promise<Item[][]> {
  const pages: Item[][] = []
  let cursor: string | undefined
  for (let count = 0; count < 20; count++) {
    const page = await read({ limit, cursor })
    pages.push(page.items)
    if (page.next === null) return pages
    cursor = page.next
  }
  throw new Error('the list does not end')
}

test('live holds of all shows, the soonest to end first, in pages', async () => {
  const caller = user('1')
  const shows = [await newShow(), await newShow()] as const
  const late = await hold(caller, shows[0], ['A1'], 90)
  const soon = await hold(caller, shows[1], ['A1', 'A2'], 30)
  const middle = await hold(caller, shows[0], ['A3'], 60)
  await hold(user('2'), shows[0], ['B1'])
  const pages = await allPages((query) => server.listHoldsOf(caller.owner, query), 2)
  assert.deepEqual(
    pages.map((page) => page.map(({ id }) => id)),
    [[soon.id, middle.id], [late.id]],
  )
  assert.deepEqual(pages[0]?.[0], await server.getHold(caller, shows[1], soon.id))
})

test('a hold that ended in whatever way is not listed, one with more time is', async () => {
  const caller = user('3')
  const request = { caller, idempotencyKey: null }
  const show = await newShow()
  const ids = async () => (await server.listHoldsOf(caller.owner, {})).items.map(({ id }) => id)
  const released = await hold(caller, show, ['A1'])
  const confirmed = await hold(caller, show, ['A2'])
  const expired = await hold(caller, show, ['A3'], 30)
  const extended = await hold(caller, show, ['A4'], 31)
  assert.deepEqual((await ids()).length, 4)
  await server.releaseHold(request, show, released.id, {})
  await server.confirmHold(request, show, confirmed.id, {})
  await server.extendHold(request, show, extended.id, { holdSeconds: 200 })
  assert.deepEqual(await ids(), [expired.id, extended.id])
  await advanceClock(kernel.owner, 31)
  assert.deepEqual(await ids(), [extended.id])
})

test('bookings of all shows, the newest first, cancelled ones as they are', async () => {
  const caller = user('4')
  const request = { caller, idempotencyKey: null }
  const shows = [await newShow(), await newShow()] as const
  const early = await hold(caller, shows[0], ['A1'])
  const direct = (await server.bookSeats(request, shows[1], { seats: ['A1'] })).value
  await advanceClock(kernel.owner, 1)
  const confirmed = (await server.confirmHold(request, shows[0], early.id, {})).value
  await advanceClock(kernel.owner, 1)
  const best = (await server.bookSeats(request, shows[0], { best: { quantity: 2 } })).value
  await server.cancelBooking(request, shows[1], direct.id, {})
  await server.swapSeats(request, shows[0], confirmed.id, { from: ['A1'], to: ['B9'] })
  const pages = await allPages((query) => server.listBookingsOf(caller.owner, query), 1)
  assert.deepEqual(
    pages.flat().map(({ id }) => id),
    [best.id, confirmed.id, direct.id],
  )
  const [, swapped, cancelled] = pages.flat()
  assert.deepEqual(swapped, await server.getBooking(caller, shows[0], confirmed.id))
  assert.deepEqual(cancelled, await server.getBooking(caller, shows[1], direct.id))
  assert.deepEqual(
    [swapped?.hold, swapped?.seats, cancelled?.hold, cancelled?.seats],
    [early.id, ['B9'], null, []],
  )
})

test('bookings of the same moment are all listed once', async () => {
  const caller = user('5')
  const request = { caller, idempotencyKey: null }
  const shows = [await newShow(), await newShow()] as const
  const made = await Promise.all(
    Array.from({ length: 8 }, (_, n) => {
      return server.bookSeats(request, shows[n % 2] as string, { seats: [`A${n + 1}`] })
    }),
  )
  const pages = await allPages((query) => server.listBookingsOf(caller.owner, query), 3)
  const ids = pages.flat().map(({ id }) => id)
  assert.deepEqual(ids.toSorted(), made.map(({ value }) => value.id).sort())
  assert.equal(new Set(ids).size, 8)
})

test('somebody without anything has empty lists, and cursors are those of answers', async () => {
  const { owner } = user('6')
  assert.deepEqual(await server.listHoldsOf(owner, {}), { items: [], next: null })
  assert.deepEqual(await server.listBookingsOf(owner, {}), { items: [], next: null })
  for (const cursor of ['', 'x', '1-2', "1-2-3'", '1-hold_x']) {
    assert.equal(await codeOf(server.listHoldsOf(owner, { cursor })), 'invalid_request')
    assert.equal(await codeOf(server.listBookingsOf(owner, { cursor })), 'invalid_request')
  }
})
