import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createRandom } from '../../rig/index.ts'
import { generatePlan, type PlanShapeName } from '../../src/plans/index.ts'
import type { SeatMap } from '../../src/protocol/index.ts'
import { chooseSeats, countLetters, drawHouse, labelsOf } from '../../stress/house.ts'

/** The map that the API would answer for a made-up house. */
function mapOf(shape: PlanShapeName, seatCount: number): SeatMap {
  const { seats, sections, categories, ...plan } = generatePlan({ shape, seats: seatCount })
  const column = <Value>(of: (seat: (typeof seats)[number]) => Value) => seats.map(of)
  return {
    ...plan,
    show: 'show',
    plan: `plan_${'0'.repeat(32)}`,
    sections,
    categories,
    seatCount,
    seats: {
      labels: column(({ label }) => label),
      sections: column(({ section }) => sections.findIndex(({ key }) => key === section)),
      rows: column(({ row }) => row),
      numbers: column(({ number }) => number),
      categories: column(({ category }) => categories.findIndex(({ key }) => key === category)),
      xs: column(({ x }) => x),
      ys: column(({ y }) => y),
      flags: column(({ accessible, companion }) => Number(accessible) + 2 * Number(companion)),
    },
  }
}

const theatre = drawHouse(mapOf('theatre', 400))
const arena = drawHouse(mapOf('arena', 400))
const want = (quantity: number, modesty = 0.1) => ({
  quantity,
  modesty,
  random: createRandom(`choice ${quantity}`),
})

describe('how shoppers see a house', () => {
  it('knows the front: the first seats are the nearest to the stage', () => {
    const rows = theatre.fromFront.slice(0, 6).map((seat) => theatre.map.seats.rows[seat])
    assert.ok(rows.includes('A'), rows.join())
  })

  it('has places apart from seats that can be chosen', () => {
    assert.deepEqual(theatre.openSections, [])
    assert.deepEqual(arena.openSections, ['Floor'])
    const chosen = new Set(arena.fromFront.map((seat) => arena.map.seats.sections[seat]))
    assert.ok(!chosen.has(arena.map.sections.findIndex(({ key }) => key === 'Floor')))
  })

  it('counts', () => {
    assert.equal(countLetters('ahbba', 'b'), 2)
  })
})

describe('how shoppers choose', () => {
  it('takes seats side by side where the house is empty', () => {
    const seats = chooseSeats(theatre, 'a'.repeat(400), want(4))
    const row = theatre.rowOf[seats[0] as number] as readonly number[]
    const start = row.indexOf(seats[0] as number)
    assert.deepEqual(seats, row.slice(start, start + 4))
  })

  it('never points at what is taken', () => {
    const random = createRandom('taken')
    for (let turn = 0; turn < 200; turn++) {
      const statuses = Array.from({ length: 400 }, () => random.pick(['a', 'h', 'b', 'x'])).join('')
      for (const seat of chooseSeats(theatre, statuses, want(3))) assert.equal(statuses[seat], 'a')
    }
  })

  it('takes what is left, and no more', () => {
    const statuses = `${'b'.repeat(398)}aa`
    assert.deepEqual(chooseSeats(theatre, statuses, want(5)).toSorted(), [398, 399])
    assert.deepEqual(chooseSeats(theatre, 'b'.repeat(400), want(2)), [])
  })

  it('leaves places for wheelchairs and companions until nothing else is there', () => {
    const { flags } = theatre.map.seats
    const statuses = flags.map((flag) => (flag === 0 ? 'b' : 'a')).join('')
    const [seat] = chooseSeats(theatre, statuses, want(1))
    assert.notEqual(flags[seat as number], 0)
    for (let turn = 0; turn < 100; turn++) {
      const seats = chooseSeats(theatre, 'a'.repeat(400), want(2, 0.6))
      assert.ok(seats.every((one) => flags[one] === 0))
    }
  })

  it('names seats as they are printed', () => {
    assert.deepEqual(labelsOf(theatre, [0]), [theatre.map.seats.labels[0]])
  })
})
