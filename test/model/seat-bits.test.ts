/**
 * Rows as bits and lines as arrays: in every small row, the operations of the processor say what
 * going from seat to seat says.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { useKernel } from '../support/kernel.ts'

const SEATS = 5
const kernel = await useKernel('seat bits')

/** A row: which seats are free, and which have the next seat beside them. */
interface Row {
  readonly free: string
  readonly joined: string
  /** Seats that are to be taken. */
  readonly seats: readonly number[]
}

function allBits(count: number): string[] {
  return Array.from({ length: 2 ** count }, (_, n) => n.toString(2).padStart(count, '0'))
}

const bitsOf = (isSet: (seat: number) => boolean) =>
  Array.from({ length: SEATS }, (_, seat) => (isSet(seat) ? '1' : '0')).join('')
const seatsOf = (bits: string) => [...bits].flatMap((bit, seat) => (bit === '1' ? [seat] : []))
const JOINED = allBits(SEATS - 1).map((bits) => `${bits}0`)
const ROWS: readonly Row[] = allBits(SEATS).flatMap((free) =>
  JOINED.flatMap((joined) =>
    allBits(SEATS).map((taken) => ({ free, joined, seats: seatsOf(taken) })),
  ),
)

function isAlone({ free, joined }: Omit<Row, 'seats'>, seat: number): boolean {
  const before = joined[seat - 1] === '1' && free[seat - 1] === '1'
  const behind = joined[seat] === '1' && free[seat + 1] === '1'
  return free[seat] === '1' && !before && !behind
}

function newOrphans({ free, joined, seats }: Row): string {
  const left = bitsOf((seat) => free[seat] === '1' && !seats.includes(seat))
  return bitsOf((seat) => isAlone({ free: left, joined }, seat) && !isAlone({ free, joined }, seat))
}

/** Seats of a stretch, and null where they are not side by side and free. */
function stretch({ free, joined }: Omit<Row, 'seats'>, start: number, size: number) {
  const seats = Array.from({ length: size }, (_, n) => start + n)
  const isOne = seats.every((seat, n) => {
    return free[seat] === '1' && (n === size - 1 || joined[seat] === '1')
  })
  return isOne ? seats : null
}

/** Asks one thing of every row at once: bits are sent and come back as text. */
async function ask(text: string, rows: readonly object[]): Promise<(string | null)[]> {
  const { rows: told } = await kernel.owner.query<{ answer: string | null }>(
    `select (${text})::text as answer
     from jsonb_array_elements($1) with ordinality as given (row, no)
     cross join lateral (
       select (row ->> 'free')::varbit as free, (row ->> 'joined')::varbit as joined,
         array(select jsonb_array_elements_text(row -> 'seats')::int) as seats,
         (row ->> 'size')::int as size
     ) as asked
     order by no`,
    [JSON.stringify(rows)],
  )
  return told.map(({ answer }) => answer)
}

async function agree(
  text: string,
  rows: readonly Row[],
  expected: (row: Row) => string | null,
): Promise<void> {
  const answers = await ask(text, rows)
  for (const [n, row] of rows.entries()) {
    if (answers[n] !== expected(row)) {
      assert.deepEqual([row, answers[n]], [row, expected(row)])
    }
  }
  assert.equal(answers.length, rows.length)
}

describe('in every row of five seats', () => {
  test('those who are left alone are found', async () => {
    await agree('rowlock.new_orphans(asked.seats, free, joined)', ROWS, newOrphans)
    const open = ROWS.filter(({ seats }) => seats.length === 0)
    await agree('rowlock.alone(free, joined)', open, (row) => bitsOf((seat) => isAlone(row, seat)))
  })

  test('each seat is marked, and none that is not there', async () => {
    const beyond = ROWS.map((row) => ({ ...row, seats: [-1, ...row.seats, SEATS] }))
    await agree('rowlock.mark(free, asked.seats, 0)', beyond, ({ free, seats }) =>
      bitsOf((seat) => free[seat] === '1' && !seats.includes(seat)),
    )
  })

  test('the first of them are given, or none where there are too few', async () => {
    const open = ROWS.filter(({ seats }) => seats.length > 0)
    await agree('rowlock.first_seats(free, cardinality(asked.seats))', open, (row) => {
      const first = seatsOf(row.free).slice(0, row.seats.length)
      return first.length < row.seats.length ? null : `{${first.join()}}`
    })
  })

  for (const size of [1, 2, 3, 4]) {
    test(`stretches of ${size} cover and touch what they do, and leave nobody alone`, async () => {
      const starts = Array.from({ length: SEATS - size + 1 }, (_, n) => n)
      const open = ROWS.filter(({ seats }) => seats.length === 0)
      const begins = (row: Row) => starts.filter((start) => stretch(row, start, size))
      const from = (row: Row) => bitsOf((seat) => begins(row).includes(seat))
      const rows = open.map((row) => ({ ...row, free: from(row) }))
      await agree(`rowlock.covered(free, ${size})`, rows, ({ free }) =>
        bitsOf((seat) => seatsOf(free).some((start) => start <= seat && seat < start + size)),
      )
      await agree(`rowlock.touching(free, ${size})`, rows, ({ free }) =>
        bitsOf((start) => seatsOf(free).some((seat) => start <= seat && seat < start + size)),
      )
      const text = `rowlock.without_orphans(
        (row ->> 'starts')::varbit, free, joined, ${size})`
      const asked = open.map((row) => ({ ...row, starts: from(row) }))
      await agree(text, asked, (row) =>
        bitsOf((start) => {
          const seats = begins(row).includes(start) ? stretch(row, start, size) : null
          return seats !== null && !newOrphans({ ...row, seats }).includes('1')
        }),
      )
    })
  }
})

describe('in every line of five seats', () => {
  const line = (isRound: boolean) =>
    `row(gen_random_uuid(), 0, ${isRound}, '{4,2,0,1,3}')::rowlock.lines`
  const ORDER = [4, 2, 0, 1, 3]

  function alone(free: (seat: number) => boolean, isRound: boolean): number[] {
    return ORDER.filter((seat, place) => {
      const beside = [place - 1, place + 1].map((other) =>
        isRound ? ORDER[(other + SEATS) % SEATS] : ORDER[other],
      )
      return free(seat) && !beside.some((other) => other !== undefined && free(other))
    })
  }

  for (const isRound of [true, false]) {
    test(`those who are left alone are found, ${isRound ? 'around' : 'along'} it`, async () => {
      const rows = ROWS.filter(({ joined }) => joined === '00000')
      const text = `rowlock.new_orphans_in_line(${line(isRound)}, free, asked.seats)`
      await agree(text, rows, ({ free, seats }) => {
        const before = alone((seat) => free[seat] === '1', isRound)
        const left = (seat: number) => free[seat] === '1' && !seats.includes(seat)
        const found = alone(left, isRound).filter((seat) => !before.includes(seat))
        return `{${found.join()}}`
      })
    })
  }

  test('a companion sits beside whom they came with, on whichever side', async () => {
    const rows = ROWS.filter(({ seats }) => seats.length > 1)
    const text = 'rowlock.has_pair(asked.seats, free, ~ free & joined)'
    await agree(text, rows, ({ free, joined, seats }) => {
      const isCompanion = (seat: number) => free[seat] === '0' && joined[seat] === '1'
      const isPair = (one: number, two: number) => free[one] === '1' && isCompanion(two)
      return String(
        seats.slice(1).some((seat, n) => {
          const before = seats[n] ?? -1
          return isPair(before, seat) || isPair(seat, before)
        }),
      )
    })
  })
})

interface Choice {
  /** A digit for each seat: how far away it is. */
  readonly distances: string
  readonly free: string
  readonly lines: readonly (readonly number[])[]
  readonly size: number
  readonly accessible?: string
  /** Least and greatest number of accessible seats. */
  readonly between?: readonly [number, number]
  readonly companions?: string
  readonly toBeat?: readonly [number, number, number]
}

/** The group that is the best in lines, which come from the nearest on. */
async function bestIn({ distances, free, lines, size, ...rest }: Choice) {
  const sums = [0]
  for (const digit of distances) sums.push((sums.at(-1) ?? 0) + Number(digit))
  const [least, most] = rest.between ?? [0, 0]
  const { rows } = await kernel.owner.query<{ answer: number[] | null }>(
    `select rowlock.best_in_lines(
       array(
         select row(gen_random_uuid(), no, false,
           array(select jsonb_array_elements_text(line)::int))::rowlock.lines
         from jsonb_array_elements($1) with ordinality as given (line, no)
         order by no
       ), $2, $2, $3, $4, $5, $6, $7, $8, $9
     ) as answer`,
    [
      ...[JSON.stringify(lines), free, sums, size],
      rest.accessible ?? free.replaceAll('1', '0'),
      ...[least, most, rest.companions ?? null, rest.toBeat ?? null],
    ],
  )
  return rows[0]?.answer
}

describe('the best group of several lines', () => {
  const line = { distances: '0000', free: '0111', lines: [[0, 1, 2, 3]], size: 3 }

  test('may be the last seats of one', async () => {
    assert.deepEqual(await bestIn(line), [1, 2, 3])
    assert.equal(await bestIn({ ...line, size: 4 }), null)
  })

  test('is the nearest, in whichever line it is', async () => {
    const lines = [
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8],
    ]
    const house = { distances: '199992222', free: '011111111', lines, size: 2 }
    assert.deepEqual(await bestIn(house), [5, 6])
    assert.equal(await bestIn({ ...house, toBeat: [0, 4, 5] }), null)
    assert.deepEqual(await bestIn({ ...house, toBeat: [1, 4, 5] }), [5, 6])
  })

  test('leaves nobody alone where it can be helped', async () => {
    assert.deepEqual(await bestIn({ ...line, distances: '0119', free: '1111', size: 2 }), [0, 1])
    assert.deepEqual(await bestIn({ ...line, distances: '9119', free: '1111', size: 2 }), [0, 1])
  })

  test('is better than one in a row that leaves somebody alone, and that alone', async () => {
    const better = async (joined: string) => {
      const { rows } = await kernel.owner.query<{ answer: number[] }>(
        `select rowlock.better_in_lines(
           '{0,1}', $1, array[row(gen_random_uuid(), 0, false, '{3,4}')::rowlock.lines],
           '11111', '11111', '{0,1,2,3,8,13}', 2, '00000', 0, 0, null
         ) as answer`,
        [joined],
      )
      return rows[0]?.answer
    }
    assert.deepEqual(await better('11000'), [3, 4])
    assert.deepEqual(await better('10000'), [0, 1])
  })

  test('has as many accessible seats as are asked for', async () => {
    const two = { ...line, size: 2, accessible: '0110' }
    assert.equal(await bestIn(two), null)
    assert.deepEqual(await bestIn({ ...two, between: [1, 1] }), [2, 3])
    assert.deepEqual(await bestIn({ ...two, between: [2, 2] }), [1, 2])
  })

  test('has a companion beside an accessible seat where that is asked for', async () => {
    const two = { ...line, size: 2, accessible: '0010', between: [1, 1] as const }
    assert.deepEqual(await bestIn({ ...two, companions: '0001' }), [2, 3])
    assert.deepEqual(await bestIn({ ...two, companions: '0100' }), [1, 2])
    assert.equal(await bestIn({ ...two, companions: '1000' }), null)
  })
})

test('what a show has free is what nobody has, to the last seat of any number', async () => {
  for (const seatCount of [31, 32, 33, 64, 65]) {
    const [showId, other] = [await kernel.createShow(seatCount), await kernel.createShow(seatCount)]
    const taken = [0, 30, seatCount - 1]
    const take = (show: number, seats: number[], until: string) =>
      kernel.owner.query(
        `insert into rowlock.claims (show_id, seat_no, hold_id, until)
         select $1, seat_no, gen_random_uuid(), $3
         from unnest($2::int[]) as seat_no
         on conflict do nothing`,
        [show, seats, until],
      )
    await take(showId, taken, '2030-01-02T00:00:00Z')
    await take(showId, [5], '2030-01-01T00:00:00Z')
    await take(other, [7], '2030-01-02T00:00:00Z')
    const { rows } = await kernel.owner.query<{ free: string }>(
      "select rowlock.free_seats($1, $2, '2030-01-01T00:00:00Z')::text as free",
      [showId, seatCount],
    )
    const expected = Array.from({ length: seatCount }, (_, n) => (taken.includes(n) ? '0' : '1'))
    assert.equal(rows[0]?.free, expected.join(''))
  }
})
