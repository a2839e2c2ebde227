/**
 * Commands as no engine of ours sends them, straight from psql: each is an answer or a plain error,
 * and leaves the show whole.
 */
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { Command } from '../../src/engine/lanes/command.ts'
import { command, useKernel } from '../support/kernel.ts'

const kernel = await useKernel('malformed commands')
const session = await kernel.session()

let showId = 0
let booking = ''
let hold = ''

beforeEach(async () => {
  showId = await kernel.createShow(10)
  const [first, second] = [
    command('book', showId, { seats: [0, 1] }),
    command('hold', showId, { seats: [2, 3] }),
  ]
  const outcomes = await session.apply(first, second)
  assert.deepEqual(codes(outcomes), ['done', 'done'])
  booking = first.hold_id
  hold = second.hold_id
})

function codes(outcomes: readonly { code: string }[]): string[] {
  return outcomes.map(({ code }) => code)
}

/** A command with fields that its type would not allow. */
function odd(kind: Command['kind'], fields: Record<string, unknown>): Command {
  return { ...command(kind, showId), ...fields } as Command
}

/** Alone and beside a good command, because they go different ways; answers the codes. */
async function tell(make: () => Command): Promise<string[]> {
  const told: string[] = []
  for (const companions of [[], [command('hold', showId, { seats: [9] })]]) {
    const entry = await journalLength()
    try {
      const [outcome] = await session.apply(make(), ...companions)
      told.push(outcome?.code ?? 'none')
    } catch (error) {
      told.push('error')
      assert.equal(await journalLength(), entry, `${error}`)
    }
    assert.deepEqual(await kernel.violations(showId), [])
  }
  return told
}

async function journalLength(): Promise<number> {
  const { rows } = await kernel.owner.query(
    'select count(*)::int as count from rowlock.journal where show_id = $1',
    [showId],
  )
  return rows[0].count
}

for (const kind of ['hold', 'book', 'block'] as const) {
  const wrong = { 'no seats': null, 'an empty list': [], 'a seat twice': [5, 5], null: [5, null] }
  for (const [name, seats] of Object.entries(wrong)) {
    test(`${kind} with ${name} takes nothing`, async () => {
      const told = await tell(() => odd(kind, { seats }))
      assert.ok(!told.includes('done'), told.join())
    })
  }
}

test('a kind that does not exist is an error', async () => {
  assert.deepEqual(await tell(() => odd('hold', { kind: 'steal', seats: [5] })), ['error', 'error'])
  assert.deepEqual(await tell(() => odd('hold', { kind: null, seats: [5] })), ['error', 'error'])
})

test('the id of a hold, booking or block is never used for another', async () => {
  for (const kind of ['hold', 'book', 'block'] as const) {
    for (const id of [hold, booking]) {
      const told = await tell(() => odd(kind, { seats: [5], hold_id: id }))
      assert.deepEqual(told, ['error', 'error'])
    }
  }
})

test('whoever does not say that it is the box office is not', async () => {
  const closed = { sales_until: '2020-01-01T00:00:00Z' }
  showId = await kernel.createShow(10, closed)
  const told = await tell(() => odd('hold', { seats: [5], box_office: null }))
  assert.deepEqual(told, ['sales_closed', 'sales_closed'])
})

test('a swap without a list is about all seats of the booking', async () => {
  const [outcome] = await session.apply(
    odd('swap', { hold_id: booking, seats: null, to_seats: [5, 6] }),
  )
  assert.deepEqual([outcome?.code, outcome?.seats, outcome?.freed], ['done', [5, 6], [0, 1]])
  assert.deepEqual(await kernel.violations(showId), [])
})

test('a swap never changes how many seats a booking has', async () => {
  const swaps = [
    { seats: [0], to_seats: null },
    { seats: null, to_seats: [5] },
    { seats: [0, 0], to_seats: [5, 6] },
    { seats: [0, 1], to_seats: [5, 5] },
    { seats: [null], to_seats: [5] },
    { seats: [], to_seats: [] },
    { seats: [0], to_seats: [] },
  ]
  for (const swap of swaps) await tell(() => odd('swap', { hold_id: booking, ...swap }))
  const latest = await session.one(command('confirm', showId, { hold_id: booking }))
  assert.deepEqual(latest.seats, [0, 1])
})

test('lists that name a seat twice or nothing give back what they name, once', async () => {
  assert.deepEqual(await tell(() => odd('release', { hold_id: hold, seats: [] })), [
    'already',
    'already',
  ])
  const [outcome] = await session.apply(odd('release', { hold_id: hold, seats: [2, 2, 3] }))
  assert.deepEqual([outcome?.code, outcome?.freed], ['done', [2, 3]])
  await tell(() => odd('cancel', { hold_id: booking, seats: [0, 0, null] }))
  const latest = await session.one(command('confirm', showId, { hold_id: booking }))
  assert.deepEqual(latest.seats, [1])
})

test('commands without a number, or with the same one, are refused as a batch', async () => {
  const apply = (commands: object[]) =>
    session.client.query('select * from rowlock.apply($1)', [JSON.stringify(commands)])
  const [one, two] = [
    command('hold', showId, { seats: [5] }),
    command('hold', showId, { seats: [6] }),
  ]
  await assert.rejects(apply([one]), /have numbers/)
  await assert.rejects(apply([one, two]), /have numbers/)
  await assert.rejects(
    apply([
      { n: 1, ...one },
      { n: 1, ...two },
    ]),
    /have numbers/,
  )
})

test('a batch of nothing is answered with nothing', async () => {
  assert.deepEqual(await session.apply(), [])
})

test('one command for a show that does not exist leaves its neighbours alone', async () => {
  const outcomes = await session.apply(
    command('book', 999_999, { seats: [0] }),
    odd('hold', { show_id: null, seats: [5] }),
    command('hold', showId, { seats: [5] }),
  )
  assert.deepEqual(codes(outcomes), ['show_unknown', 'show_unknown', 'done'])
})
