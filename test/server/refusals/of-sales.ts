import type { House, Place } from './house.ts'
import type { Provocations } from './provocation.ts'

const book = async (house: House, terms: object, body: object, as: string | null = null) =>
  house.ask('bookSeats', { path: await house.show(terms), body, as })

const booked = async (house: House, terms: object = {}) =>
  house.book(await house.show(terms), ['A1', 'A2'], { holder: 'customer-17' })

async function cancelled(house: House): Promise<Place> {
  const path = await booked(house)
  await house.do('cancelBooking', { path, body: {} })
  return path
}

async function ofCancelledShow(house: House): Promise<Place> {
  const path = await booked(house)
  await house.change(path, { cancelled: true })
  return path
}

const swap = (house: House, path: Place, from: string[], to: string[]) =>
  house.ask('swapSeats', { path, body: { from, to } })

const transfer = (house: House, path: Place, body: object = {}) =>
  house.ask('transferBooking', { path, body: { holder: 'customer-18', ...body } })

/** Provocations of every refusal of operations on bookings and blocks. */
export const SALE_PROVOCATIONS: Pick<
  Provocations,
  | 'bookSeats'
  | 'changeBooking'
  | 'cancelBooking'
  | 'swapSeats'
  | 'transferBooking'
  | 'blockSeats'
  | 'changeBlock'
  | 'unblockSeats'
> = {
  bookSeats: {
    forbidden: async (house) => {
      const path = await house.show()
      const { block } = await house.block(path, ['A1'])
      return house.ask('bookSeats', {
        path,
        body: { seats: ['A1'], block },
        as: await house.partner(['sell']),
      })
    },
    block_unknown: async (house) => {
      const path = await house.show()
      const { block } = await house.block(await house.show(), ['A1'])
      return house.ask('bookSeats', { path, body: { seats: ['A1'], block } })
    },
    seller_required: (house) => book(house, { confirmBy: 'seller' }, { seats: ['A1'] }),
    show_cancelled: async (house) => {
      const path = await house.show()
      await house.change(path, { cancelled: true })
      return house.ask('bookSeats', { path, body: { seats: ['A1'] } })
    },
    sales_not_open: (house) =>
      book(house, { salesFrom: '2031-01-01T00:00:00Z' }, { seats: ['A1'] }),
    sales_closed: (house) => book(house, { salesUntil: '2020-01-01T00:00:00Z' }, { seats: ['A1'] }),
    too_many_seats: (house) => book(house, { maxSeatsPerHold: 1 }, { seats: ['A1', 'A2'] }),
    not_enough_seats: (house) => book(house, { maxSeatsPerHold: 20 }, { best: { quantity: 13 } }),
    seats_unavailable: async (house) => {
      const path = await house.show()
      await house.book(path, ['A1'])
      return house.ask('bookSeats', { path, body: { seats: ['A1', 'A2'] }, as: null })
    },
    orphan_left: (house) => book(house, { refuseOrphans: true }, { seats: ['A2'] }),
    holder_limit_reached: async (house) => {
      const path = await house.show({ maxSeatsPerHolder: 1 })
      const holder = 'customer-17'
      await house.hold(path, ['A1'], { holder })
      return house.ask('bookSeats', { path, body: { seats: ['A2'], holder }, as: null })
    },
  },
  changeBooking: {
    booking_cancelled: async (house) =>
      house.ask('changeBooking', { path: await cancelled(house), body: { reference: 'order-1' } }),
  },
  cancelBooking: {
    not_cancellable: async (house) =>
      house.ask('cancelBooking', {
        path: await booked(house, { cancellable: false }),
        body: {},
        as: await house.person('box_office').then(({ as }) => as),
      }),
    seats_not_in_booking: async (house) =>
      house.ask('cancelBooking', { path: await booked(house), body: { seats: ['A1', 'B1'] } }),
  },
  swapSeats: {
    show_cancelled: async (house) => swap(house, await ofCancelledShow(house), ['A1'], ['B1']),
    booking_cancelled: async (house) => swap(house, await cancelled(house), ['A1'], ['B1']),
    swap_uneven: async (house) => swap(house, await booked(house), ['A1', 'A2'], ['B1']),
    seats_not_in_booking: async (house) => swap(house, await booked(house), ['B2'], ['B1']),
    seats_unavailable: async (house) => {
      const path = await booked(house)
      await house.block({ show: path.show }, ['B1'])
      return swap(house, path, ['A1'], ['B1'])
    },
  },
  transferBooking: {
    show_cancelled: async (house) => transfer(house, await ofCancelledShow(house)),
    booking_cancelled: async (house) => transfer(house, await cancelled(house)),
    seats_not_in_booking: async (house) => transfer(house, await booked(house), { seats: ['B1'] }),
    holder_limit_reached: async (house) => {
      const path = await booked(house, { maxSeatsPerHolder: 2 })
      await house.book({ show: path.show }, ['B1'], { holder: 'customer-18' })
      return transfer(house, path)
    },
  },
  blockSeats: {
    seats_unavailable: async (house) => {
      const { show } = await booked(house)
      const body = { seats: ['A1', 'A3'], reason: 'Sound desk' }
      return house.ask('blockSeats', { path: { show }, body })
    },
  },
  changeBlock: {
    block_released: async (house) => {
      const path = await house.block(await house.show(), ['A1'])
      await house.do('unblockSeats', { path, body: {} })
      return house.ask('changeBlock', { path, body: { reason: 'press' } })
    },
  },
  unblockSeats: {
    seats_not_in_block: async (house) => {
      const path = await house.block(await house.show(), ['A1'])
      return house.ask('unblockSeats', { path, body: { seats: ['A2'] } })
    },
  },
}
