import type { House } from './house.ts'
import type { Provocations } from './provocation.ts'

const STARTS = { startsAt: '2031-12-02T19:00:00Z' }
const UNKNOWN_PLAN = `plan_${'0'.repeat(32)}`
const LOOPBACK = 'http://127.0.0.1:9/hooks'

const create = (house: House, body: object) =>
  house.ask('createShow', { body: { key: 'macbeth', title: 'Macbeth', ...STARTS, ...body } })

async function retired(house: House): Promise<string> {
  const { plan } = await house.plan()
  await house.do('changePlan', { path: { plan }, body: { retired: true } })
  return plan
}

/** A plan of a venue that is retired. */
async function closed(house: House) {
  const made = await house.plan()
  await house.do('changeVenue', { path: { venue: made.venue }, body: { retired: true } })
  return made
}

async function webhook(house: House): Promise<{ webhook: string }> {
  const body = { url: 'https://shop.example/hooks' }
  return { webhook: (await house.do('createWebhook', { body })).id ?? '' }
}

/** Provocations of every refusal of what is kept, and not sold. */
export const CATALOGUE_PROVOCATIONS: Pick<
  Provocations,
  | 'createPlan'
  | 'createShow'
  | 'repeatShow'
  | 'deleteShow'
  | 'addSeats'
  | 'createWebhook'
  | 'changeWebhook'
  | 'replayWebhook'
  | 'listEvents'
> = {
  createPlan: {
    plan_invalid: async (house) => {
      const { venue } = await house.plan()
      const source = 'label,category\nA1,standard\nA1,standard\n'
      return house.ask('createPlan', { path: { venue }, body: { source } })
    },
    venue_retired: async (house) => {
      const { venue } = await closed(house)
      const source = { rows: 'A', seatsPerRow: 2 }
      return house.ask('createPlan', { path: { venue }, body: { source } })
    },
  },
  createShow: {
    plan_unknown: (house) => create(house, { plan: UNKNOWN_PLAN }),
    plan_invalid: (house) => create(house, { seats: ['A1', 'a1'] }),
    venue_retired: async (house) => create(house, { plan: (await closed(house)).plan }),
    plan_retired: async (house) => create(house, { plan: await retired(house) }),
    show_exists: async (house) => {
      const { show } = await house.show()
      return create(house, { key: show })
    },
  },
  repeatShow: {
    forbidden: async (house) => {
      const path = await house.show()
      const as = await house.partner(['catalogue'], [path.show])
      const body = { shows: [{ key: `${path.show}-2`, ...STARTS }] }
      return house.ask('repeatShow', { path, body, as })
    },
    venue_retired: async (house) => {
      const { venue, plan } = await house.plan()
      const path = await house.show({ plan })
      await house.do('changeVenue', { path: { venue }, body: { retired: true } })
      const body = { shows: [{ key: `${path.show}-2`, ...STARTS }] }
      return house.ask('repeatShow', { path, body })
    },
    plan_retired: async (house) => {
      const { plan } = await house.plan()
      const path = await house.show({ plan })
      await house.do('changePlan', { path: { plan }, body: { retired: true } })
      const body = { shows: [{ key: `${path.show}-2`, ...STARTS }] }
      return house.ask('repeatShow', { path, body })
    },
    show_exists: async (house) => {
      const { show } = await house.show()
      const body = { shows: [{ key: show, ...STARTS }] }
      return house.ask('repeatShow', { path: await house.show(), body })
    },
  },
  deleteShow: {
    show_in_use: async (house) => {
      const path = await house.show()
      await house.book(path, ['A1'])
      return house.ask('deleteShow', { path, body: {} })
    },
  },
  addSeats: {
    plan_invalid: async (house) =>
      house.ask('addSeats', { path: await house.show(), body: { seats: ['K1', 'k1'] } }),
    plan_shared: async (house) => {
      const { plan } = await house.plan()
      return house.ask('addSeats', { path: await house.show({ plan }), body: { seats: ['K1'] } })
    },
    seats_exist: async (house) =>
      house.ask('addSeats', { path: await house.show(), body: { seats: ['K1', 'A1'] } }),
  },
  createWebhook: {
    webhook_url_refused: (house) => house.ask('createWebhook', { body: { url: LOOPBACK } }),
  },
  changeWebhook: {
    webhook_url_refused: async (house) =>
      house.ask('changeWebhook', { path: await webhook(house), body: { url: LOOPBACK } }),
  },
  replayWebhook: {
    show_unknown: async (house) =>
      house.ask('replayWebhook', { path: await webhook(house), body: { show: 'macbeth' } }),
  },
  listEvents: {
    position_unknown: async (house) =>
      house.ask('listEvents', { path: await house.show(), query: { after: '99' } }),
  },
}
