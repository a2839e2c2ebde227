import type { House, Place } from './house.ts'
import type { Provocations } from './provocation.ts'

const LATER = '2031-01-01T00:00:00Z'
const BEFORE = '2020-01-01T00:00:00Z'

/** A hold of A1 that anybody made; and what has become of it. */
const live = async (house: House, terms: object = {}) => house.hold(await house.show(terms), ['A1'])

async function expired(house: House, terms: object = {}): Promise<Place> {
  const path = await house.hold(await house.show(terms), ['A1'], { holdSeconds: 1 })
  await house.later(2)
  return path
}

async function released(house: House): Promise<Place> {
  const path = await live(house)
  await house.do('releaseHold', { path, body: {}, as: null })
  return path
}

async function confirmed(house: House, terms: object = {}): Promise<Place> {
  const path = await live(house, terms)
  await house.do('confirmHold', { path, body: { reference: 'payment-1' }, as: null })
  return path
}

/** A hold of a show that then changed its terms. */
async function under(house: House, terms: object): Promise<Place> {
  const path = await live(house)
  await house.change(path, terms)
  return path
}

const hold = async (house: House, terms: object, body: object, as: string | null = null) =>
  house.ask('holdSeats', { path: await house.show(terms), body, as })

const change = (house: House, path: Place, body: object) =>
  house.ask('changeHold', { path, body, as: null })

const extend = (house: House, path: Place, holdSeconds = 60) =>
  house.ask('extendHold', { path, body: { holdSeconds }, as: null })

const confirm = (house: House, path: Place, body: object = {}) =>
  house.ask('confirmHold', { path, body, as: null })

const reacquire = (house: House, path: Place) => confirm(house, path, { reacquire: true })

/** Provocations of every refusal of operations on holds. */
export const HOLD_PROVOCATIONS: Pick<
  Provocations,
  'holdSeats' | 'extendHold' | 'changeHold' | 'releaseHold' | 'confirmHold'
> = {
  holdSeats: {
    show_cancelled: async (house) => {
      const path = await house.show()
      await house.change(path, { cancelled: true })
      return house.ask('holdSeats', { path, body: { seats: ['A1'] }, as: null })
    },
    sales_not_open: (house) => hold(house, { salesFrom: LATER }, { seats: ['A1'] }),
    sales_closed: (house) => hold(house, { salesUntil: BEFORE }, { seats: ['A1'] }),
    too_many_seats: (house) => hold(house, { maxSeatsPerHold: 1 }, { seats: ['A1', 'A2'] }),
    hold_seconds_out_of_bounds: (house) => hold(house, {}, { seats: ['A1'], holdSeconds: 3_600 }),
    not_enough_seats: (house) => hold(house, { maxSeatsPerHold: 20 }, { best: { quantity: 13 } }),
    seats_unavailable: async (house) => {
      const path = await house.show()
      await house.book(path, ['A1'])
      await house.block(path, ['A2'])
      return house.ask('holdSeats', { path, body: { seats: ['A1', 'A2', 'ZZ9'] }, as: null })
    },
    orphan_left: (house) => hold(house, { refuseOrphans: true }, { seats: ['A2'] }),
    holder_limit_reached: async (house) => {
      const path = await house.show({ maxSeatsPerHolder: 1 })
      const body = { holder: 'customer-17' }
      await house.hold(path, ['A1'], body)
      return house.ask('holdSeats', { path, body: { seats: ['A2'], ...body }, as: null })
    },
    held_limit_reached: async (house) => {
      const asked = { path: await house.show(), body: { seats: ['A1', 'A2'] }, as: null }
      return house.askStrict('holdSeats', asked)
    },
    begun_limit_reached: async (house) => {
      const path = await house.show()
      const begin = () => house.askStrict('holdSeats', { path, body: { seats: ['A1'] }, as: null })
      for (let count = 0; count < 4; count++) {
        const { body } = await begin()
        const begun = { ...path, hold: String(body?.id) }
        await house.askStrict('releaseHold', { path: begun, body: {}, as: null })
      }
      return begin()
    },
  },
  extendHold: {
    show_cancelled: async (house) => extend(house, await under(house, { cancelled: true })),
    hold_seconds_out_of_bounds: async (house) => extend(house, await live(house), 3_600),
    hold_confirmed: async (house) => extend(house, await confirmed(house)),
    hold_released: async (house) => extend(house, await released(house)),
    hold_expired: async (house) => extend(house, await expired(house)),
    hold_life_exceeded: async (house) => {
      const path = await live(house, { holdSecondsMax: 600, holdLifeSecondsMax: 600 })
      await house.later(30)
      return extend(house, path, 600)
    },
  },
  changeHold: {
    show_cancelled: async (house) => {
      return change(house, await under(house, { cancelled: true }), { add: ['A2'] })
    },
    sales_not_open: async (house) => {
      return change(house, await under(house, { salesFrom: LATER }), { add: ['A2'] })
    },
    sales_closed: async (house) => {
      return change(house, await under(house, { salesUntil: BEFORE }), { add: ['A2'] })
    },
    too_many_seats: async (house) => {
      return change(house, await live(house, { maxSeatsPerHold: 1 }), { add: ['A2'] })
    },
    hold_confirmed: async (house) => change(house, await confirmed(house), { add: ['A2'] }),
    hold_released: async (house) => change(house, await released(house), { add: ['A2'] }),
    hold_expired: async (house) => change(house, await expired(house), { add: ['A2'] }),
    seats_not_in_hold: async (house) => {
      return change(house, await live(house), { add: ['A2'], drop: ['B1'] })
    },
    hold_emptied: async (house) => change(house, await live(house), { drop: ['A1'] }),
    not_enough_seats: async (house) => {
      const path = await live(house, { maxSeatsPerHold: 20 })
      return change(house, path, { best: { quantity: 12 } })
    },
    seats_unavailable: async (house) => {
      const path = await live(house)
      await house.book({ show: path.show }, ['A2'])
      return change(house, path, { add: ['A2'] })
    },
    orphan_left: async (house) => {
      return change(house, await live(house, { refuseOrphans: true }), { add: ['A3'] })
    },
    holder_limit_reached: async (house) => {
      const path = await house.show({ maxSeatsPerHolder: 1 })
      return change(house, await house.hold(path, ['A1'], { holder: 'customer-17' }), {
        add: ['A2'],
      })
    },
    held_limit_reached: async (house) => {
      const path = await house.show()
      const held = await house.askStrict('holdSeats', { path, body: { seats: ['A1'] }, as: null })
      const own = { ...path, hold: String(held.body?.id) }
      return house.askStrict('changeHold', { path: own, body: { add: ['A2'] }, as: null })
    },
  },
  releaseHold: {
    hold_confirmed: async (house) =>
      house.ask('releaseHold', { path: await confirmed(house), body: {}, as: null }),
    seats_not_in_hold: async (house) =>
      house.ask('releaseHold', { path: await live(house), body: { seats: ['B1'] }, as: null }),
  },
  confirmHold: {
    seller_required: async (house) => confirm(house, await live(house, { confirmBy: 'seller' })),
    show_cancelled: async (house) => confirm(house, await under(house, { cancelled: true })),
    sales_not_open: async (house) => {
      const path = await expired(house)
      await house.change(path, { salesFrom: LATER })
      return reacquire(house, path)
    },
    sales_closed: async (house) => {
      const path = await expired(house)
      await house.change(path, { salesUntil: BEFORE })
      return reacquire(house, path)
    },
    already_confirmed: async (house) =>
      confirm(house, await confirmed(house), { reference: 'payment-2' }),
    hold_released: async (house) => confirm(house, await released(house)),
    hold_expired: async (house) => confirm(house, await expired(house)),
    seats_unavailable: async (house) => {
      const path = await expired(house)
      await house.book({ show: path.show }, ['A1'])
      return reacquire(house, path)
    },
    holder_limit_reached: async (house) => {
      const show = await house.show({ maxSeatsPerHolder: 1 })
      const holder = 'customer-17'
      const path = await house.hold(show, ['A1'], { holder, holdSeconds: 1 })
      await house.later(2)
      await house.hold(show, ['A2'], { holder })
      return reacquire(house, path)
    },
  },
}
