/**
 * Rules of what is said beside seats, and changes without a change of seats: holders, references
 * and notes. Each alone, and in one batch with what comes before.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../../src/engine/lanes/command.ts'
import { command, type KernelOutcome, useKernel } from '../support/kernel.ts'

const kernel = await useKernel('noted')
const session = await kernel.session()

/** The answers to commands as one batch, and to others like them one after the other. */
async function bothWays(
  terms: Parameters<typeof kernel.createShow>[1],
  make: (showId: number) => readonly Command[],
): Promise<KernelOutcome[][]> {
  const [together, apart] = [await kernel.createShow(10, terms), await kernel.createShow(10, terms)]
  const applied = session.apply(...make(together))
  await assert.doesNotReject(applied, 'the kernel stops itself')
  const batch = await applied
  const alone: KernelOutcome[] = []
  for (const one of make(apart)) alone.push(await session.one(one))
  for (const showId of [together, apart]) assert.deepEqual(await kernel.violations(showId), [])
  return [batch, alone]
}

const about = (kind: Command['kind'], { show_id, hold_id }: Command, fields: Partial<Command>) =>
  command(kind, show_id, { hold_id, ...fields })

const codes = (outcomes: readonly KernelOutcome[]) => outcomes.map(({ code }) => code)

test('a hold counts for whom it is for now, and no more for whom it was', async () => {
  const answers = await bothWays({ seats_per_holder_max: 2 }, (showId) => {
    const hold = command('hold', showId, { seats: [0, 1], holder: 'Alice' })
    const other = command('hold', showId, { seats: [2], holder: 'Bob' })
    return [
      hold,
      other,
      about('change', hold, { holder: 'Bob' }),
      about('change', hold, { holder: 'Bob', seats: [1] }),
      command('hold', showId, { seats: [3], holder: 'Bob' }),
      command('hold', showId, { seats: [4, 5], holder: 'Alice' }),
      command('hold', showId, { seats: [6], holder: 'Alice' }),
    ]
  })
  for (const answer of answers) {
    assert.deepEqual(codes(answer), [
      'done',
      'done',
      'holder_limit_reached',
      'done',
      'holder_limit_reached',
      'done',
      'holder_limit_reached',
    ])
  }
})

test('a hold that was nobody’s becomes somebody’s, within the limit', async () => {
  const answers = await bothWays({ seats_per_holder_max: 2 }, (showId) => {
    const hold = command('hold', showId, { seats: [0, 1, 2] })
    return [
      hold,
      about('change', hold, { holder: 'Alice' }),
      about('change', hold, { holder: 'Alice', seats: [0] }),
      command('book', showId, { seats: [4], holder: 'Alice' }),
    ]
  })
  for (const answer of answers) {
    assert.deepEqual(codes(answer), [
      'done',
      'holder_limit_reached',
      'done',
      'holder_limit_reached',
    ])
  }
})

test('whom it is for counts, whoever began it a moment before and whoever says so', async () => {
  const mine = { actor: 'user_1', owner: 'user_1' }
  for (const kind of ['hold', 'book'] as const) {
    const answers = await bothWays({ seats_per_holder_max: 2 }, (showId) => {
      const begun = command(kind, showId, { seats: [0, 1], ...mine })
      const other = command(kind, showId, { seats: [2], holder: 'Alice', ...mine })
      return [
        begun,
        other,
        about(kind === 'hold' ? 'change' : 'transfer', begun, {
          holder: 'Alice',
          box_office: true,
        }),
      ]
    })
    for (const answer of answers) {
      assert.deepEqual(codes(answer), ['done', 'done', 'holder_limit_reached'], kind)
    }
  }
})

test('the first that a holder gets counts, too, in the batch that began it', async () => {
  const mine = { actor: 'user_1', owner: 'user_1' }
  const answers = await bothWays({ seats_per_holder_max: 2 }, (showId) => {
    const hold = command('hold', showId, { seats: [0], ...mine })
    return [hold, about('change', hold, { holder: 'Alice', to_seats: [1, 2], ...mine })]
  })
  for (const answer of answers) assert.deepEqual(codes(answer), ['done', 'holder_limit_reached'])
})

test('the budget of an address goes on counting a hold that gets another holder', async () => {
  const mine = { actor: 'anonymous:aaaaaaaaaaaa', held_seats_max: 3 }
  const answers = await bothWays({ seats_per_holder_max: 9 }, (showId) => {
    const hold = command('hold', showId, { seats: [0, 1], holder: 'Alice', ...mine })
    return [
      hold,
      about('change', hold, { holder: 'Bob', ...mine }),
      command('hold', showId, { seats: [2, 3], ...mine }),
      command('hold', showId, { seats: [2], ...mine }),
    ]
  })
  for (const answer of answers) {
    assert.deepEqual(codes(answer), ['done', 'done', 'held_limit_reached', 'done'])
  }
})

test('what is blocked for somebody counts for nobody', async () => {
  const answers = await bothWays({ seats_per_holder_max: 2 }, (showId) => {
    const block = command('block', showId, { seats: [0, 1], reference: 'house', holder: 'Alice' })
    return [
      block,
      command('hold', showId, { seats: [2, 3], holder: 'Alice' }),
      about('describe', block, { holder: 'Bob' }),
      command('hold', showId, { seats: [4, 5], holder: 'Bob' }),
    ]
  })
  for (const answer of answers) assert.deepEqual(codes(answer), ['done', 'done', 'done', 'done'])
})

test('it counts for nobody, too, once the show has a limit', async () => {
  const showId = await kernel.createShow(10)
  await session.one(command('block', showId, { seats: [0, 1], holder: 'Alice' }))
  await kernel.owner.query(
    `select rowlock.change_show(null, null, 'test', $1, '{"maxSeatsPerHolder": 2}')`,
    [showId],
  )
  const hold = command('hold', showId, { seats: [2, 3], holder: 'Alice' })
  assert.equal((await session.one(hold)).code, 'done')
})

test('what a holder had before the show got its limit counts', async () => {
  const showId = await kernel.createShow(10)
  await session.one(command('hold', showId, { seats: [0, 1], holder: 'Alice' }))
  await kernel.owner.query(
    `select rowlock.change_show(null, null, 'test', $1, '{"maxSeatsPerHolder": 2}')`,
    [showId],
  )
  const hold = command('hold', showId, { seats: [2], holder: 'Alice' })
  assert.equal((await session.one(hold)).code, 'holder_limit_reached')
})

test('what is left out stays, and saying the same again changes nothing', async () => {
  const answers = await bothWays(undefined, (showId) => {
    const sale = command('book', showId, {
      seats: [0, 1],
      holder: 'Alice',
      reference: 'one',
      metadata: { basket: '99' },
    })
    const house = { reference: 'house', own_reference: 'a' }
    const block = command('block', showId, { seats: [5], ...house })
    return [
      sale,
      about('amend', sale, { reference: 'two' }),
      about('amend', sale, { metadata: { invoice: '7' } }),
      about('amend', sale, { metadata: { invoice: '7' }, reference: 'two' }),
      block,
      about('describe', block, { own_reference: 'b' }),
      about('describe', block, { reference: 'press', holder: 'The Stage' }),
      about('describe', block, { reference: 'press' }),
    ]
  })
  for (const answer of answers) {
    const told = answer.map(({ code, holder, reference, own_reference, metadata }) => {
      return [code, holder, reference, own_reference, metadata]
    })
    assert.deepEqual(told, [
      ['done', 'Alice', 'one', null, { basket: '99' }],
      ['done', 'Alice', 'two', null, { basket: '99' }],
      ['done', 'Alice', 'two', null, { invoice: '7' }],
      ['already', 'Alice', 'two', null, { invoice: '7' }],
      ['done', null, 'house', 'a', null],
      ['done', null, 'house', 'b', null],
      ['done', 'The Stage', 'press', 'b', null],
      ['already', 'The Stage', 'press', 'b', null],
    ])
    const [sale, amended] = answer
    assert.equal(amended?.booked_at, sale?.booked_at)
    assert.deepEqual(amended?.seats, [0, 1])
  }
})

test('an empty text takes away what there is, and nothing else', async () => {
  const answers = await bothWays({ seats_per_holder_max: 2 }, (showId) => {
    const hold = command('hold', showId, { seats: [0, 1], holder: 'Alice', reference: 'one' })
    const block = command('block', showId, {
      seats: [5],
      holder: 'The Stage',
      reference: 'press',
      own_reference: 'a',
    })
    return [
      hold,
      // Nobody's seats count for nobody: Alice may have others then.
      about('change', hold, { holder: '' }),
      command('hold', showId, { seats: [2, 3], holder: 'Alice' }),
      about('change', hold, { holder: '' }),
      about('change', hold, { reference: '', metadata: { basket: '9' } }),
      about('change', hold, { holder: 'Alice' }),
      block,
      about('describe', block, { holder: '', own_reference: '' }),
      about('describe', block, { holder: '' }),
    ]
  })
  for (const answer of answers) {
    const told = answer.map(({ code, holder, reference, own_reference, metadata }) => {
      return [code, holder, reference, own_reference, metadata]
    })
    assert.deepEqual(told, [
      ['done', 'Alice', 'one', null, null],
      ['done', null, 'one', null, null],
      ['done', 'Alice', null, null, null],
      ['already', null, 'one', null, null],
      ['done', null, null, null, { basket: '9' }],
      ['holder_limit_reached', null, null, null, null],
      ['done', 'The Stage', 'press', 'a', null],
      ['done', null, 'press', null, null],
      ['already', null, 'press', null, null],
    ])
  }
})

test('only a booking is amended and only a block described, while they have seats', async () => {
  const answers = await bothWays(undefined, (showId) => {
    const sale = command('book', showId, { seats: [0] })
    const block = command('block', showId, { seats: [1] })
    const hold = command('hold', showId, { seats: [2] })
    const amend = { reference: 'x' }
    return [
      sale,
      block,
      hold,
      about('amend', hold, amend),
      about('amend', block, amend),
      about('describe', sale, amend),
      about('describe', hold, amend),
      about('cancel', sale, {}),
      about('unblock', block, {}),
      about('amend', sale, amend),
      about('describe', block, amend),
      command('amend', showId, amend),
      command('describe', showId, amend),
    ]
  })
  for (const answer of answers) {
    assert.deepEqual(codes(answer).slice(3), [
      'booking_unknown',
      'booking_unknown',
      'block_unknown',
      'block_unknown',
      'done',
      'done',
      'booking_cancelled',
      'block_released',
      'booking_unknown',
      'block_unknown',
    ])
  }
})

test('somebody else’s booking is unknown to whoever would amend it', async () => {
  const showId = await kernel.createShow(4)
  const sale = command('book', showId, { seats: [0], owner: 'key_1' })
  await session.one(sale)
  const asked = (fields: Partial<Command>) =>
    session.one(about('amend', sale, { reference: 'x', ...fields }))
  assert.equal((await asked({ owner: 'key_2' })).code, 'booking_unknown')
  assert.equal((await asked({ owner: 'key_1' })).code, 'done')
  assert.equal((await asked({ box_office: true, reference: 'y' })).code, 'done')
})
