import type { OperationId } from '../../src/protocol/operations/index.ts'
import type { Sent, World } from './world.ts'

const PASSWORD = 'seven-green-rowing-boats'

type Requests<Id extends OperationId = OperationId> = Readonly<Record<Id, () => Promise<Sent>>>

/** The dearest good request that we know of each operation; without one it does not compile. */
export function dearestRequests(world: World): Requests {
  return {
    ...ofCatalogue(world),
    ...ofSales(world),
    ...ofUsers(world),
    ...ofMe(world),
    ...ofKeys(world),
    ...ofWebhooks(world),
  }
}

function ofCatalogue(world: World) {
  const { at, operator, user } = world
  const ofOperator = (path: string) => async () => world.get(path, operator)
  const ofAnybody = (path: string) => async () => world.get(path)
  return {
    createVenue: async () => world.post('/v1/venues', { name: world.fresh('venue') }),
    listVenues: ofAnybody('/v1/venues?limit=1000'),
    changeVenue: async () => ({
      ...world.post(`/v1/venues/${world.venue}`, { name: world.fresh('venue') }),
      method: 'PATCH',
    }),
    listPlans: ofAnybody(`/v1/venues/${world.venue}/plans?limit=1000`),
    changePlan: async () => ({
      ...world.post(`/v1/plans/${world.plan}`, { name: world.fresh('plan') }),
      method: 'PATCH',
    }),
    repeatShow: async () => {
      const show = world.fresh('own')
      await world.must(world.post('/v1/shows', world.terms(show, { seats: world.labels() })))
      const once = { key: world.fresh('again'), startsAt: '2035-12-01T19:00:00Z' }
      return world.post(`/v1/shows/${show}/repeat`, { shows: [once] })
    },
    deleteShow: async () => {
      const show = world.fresh('own')
      await world.must(world.post('/v1/shows', world.terms(show, { seats: world.labels() })))
      return world.post(`/v1/shows/${show}/delete`, {})
    },
    getVenue: ofAnybody(`/v1/venues/${world.venue}`),
    createPlan: async () =>
      world.post(`/v1/venues/${world.venue}/plans`, {
        name: world.fresh('plan'),
        source: { rows: `1-${world.seats.length / 100}`, seatsPerRow: 100 },
      }),
    getPlan: async () => world.get(`/v1/plans/${world.plan}`, user),
    createShow: async () => {
      return world.post('/v1/shows', world.terms(world.fresh('show'), { seats: world.labels() }))
    },
    listShows: ofAnybody('/v1/shows?limit=1000'),
    getShow: ofAnybody(at),
    changeShow: async () => ({
      ...world.post(at, { title: world.fresh('Cup final') }),
      method: 'PATCH',
    }),
    addSeats: async () => {
      const show = world.fresh('own')
      await world.must(world.post('/v1/shows', world.terms(show, { seats: ['A1'] })))
      return world.post(`/v1/shows/${show}/seats`, { seats: world.labels() })
    },
    getReport: ofOperator(`${at}/report?by=holder,row,day`),
    listJournal: ofOperator(`${at}/journal?limit=1000`),
    listSeats: ofAnybody(`${at}/seats?limit=1000&status=booked`),
    getAvailability: async () => {
      await world.hold(1)
      return world.get(`${at}/availability`)
    },
    getStatuses: ofAnybody(`${at}/statuses`),
    getMap: ofAnybody(`${at}/map`),
    streamShow: ofAnybody(`${at}/stream`),
  } satisfies Partial<Requests>
}

function ofSales(world: World) {
  const { at, operator, user } = world
  const block = async () => {
    const body = { seats: world.nextSeats(1_000), reason: 'house' }
    return `${at}/blocks/${(await world.must(world.post(`${at}/blocks`, body))).id}`
  }
  return {
    holdSeats: async () => world.post(`${at}/holds`, { seats: world.nextSeats(1_000) }, user),
    getHold: async () => world.get(await world.hold(1_000)),
    listHolds: async () => world.get(`${at}/holds?limit=1000`, operator),
    extendHold: async () => world.post(`${await world.hold(1_000)}/extend`, {}, {}),
    changeHold: async () => {
      const add = world.nextSeats(999)
      return world.post(`${await world.hold(1)}/change`, { add }, {})
    },
    releaseHold: async () => world.post(`${await world.hold(1_000)}/release`, {}, {}),
    confirmHold: async () => world.post(`${await world.hold(1_000)}/confirm`, {}, {}),
    bookSeats: async () => world.post(`${at}/bookings`, { best: { quantity: 1_000 } }, user),
    getBooking: async () => world.get((await world.booking(1_000)).path, operator),
    listBookings: async () => world.get(`${at}/bookings?limit=1000`, operator),
    findBookings: async () => world.get('/v1/bookings?limit=1000&holder=nobody', operator),
    cancelBooking: async () => world.post(`${(await world.booking(1_000)).path}/cancel`, {}),
    swapSeats: async () => {
      const { path, seats } = await world.booking(1_000)
      return world.post(`${path}/swap`, { from: seats, to: world.nextSeats(1_000) })
    },
    changeBooking: async () => ({
      ...world.post((await world.booking(1_000)).path, { metadata: world.notes() }),
      method: 'PATCH',
    }),
    transferBooking: async () => {
      const { path, seats } = await world.booking(1_000)
      return world.post(`${path}/transfer`, { holder: 'customer-18', seats: seats.slice(1) })
    },
    blockSeats: async () =>
      world.post(`${at}/blocks`, { seats: world.nextSeats(1_000), reason: 'house' }),
    listBlocks: async () => world.get(`${at}/blocks?limit=1000`, operator),
    getBlock: async () => world.get(await block(), operator),
    changeBlock: async () => ({
      ...world.post(await block(), { metadata: world.notes() }),
      method: 'PATCH',
    }),
    unblockSeats: async () => world.post(`${await block()}/release`, {}),
  } satisfies Partial<Requests>
}

function ofUsers(world: World) {
  const ofOperator = (path: string) => async () => world.get(path, world.operator)
  return {
    createUser: async () => {
      const email = `${world.fresh('new')}@costs.example`
      return world.post('/v1/users', { name: 'New', ...world.credentials(email) }, {})
    },
    listUsers: ofOperator('/v1/users?limit=1000'),
    getUser: ofOperator(`/v1/users/${world.userId}`),
    changeUser: async () => ({
      ...world.post(`/v1/users/${(await world.person()).id}`, { disabled: true }),
      method: 'PATCH',
    }),
    endUserSessions: async () =>
      world.post(`/v1/users/${(await world.person()).id}/sessions/end`, {}),
    removeUserSecondFactor: async () =>
      world.post(`/v1/users/${world.userId}/second-factor/remove`, {}),
    createSignInLink: async () => world.post(`/v1/users/${world.userId}/links`, {}),
    createSession: async () => {
      const { email, proof } = await world.keyed()
      return world.post('/v1/sessions', { ...world.credentials(email), ...proof }, {})
    },
    refreshSession: async () => {
      const { refreshToken } = await world.person()
      return world.post('/v1/sessions/refresh', { refreshToken }, {})
    },
    createPasskeyChallenge: async () => world.post('/v1/sessions/passkey-challenge', {}, {}),
    endSession: async () => world.post('/v1/sessions/end', {}, (await world.person()).who),
    endAllSessions: async () => world.post('/v1/sessions/end-all', {}, (await world.person()).who),
  } satisfies Partial<Requests>
}

function ofMe(world: World) {
  const { user } = world
  const me = (path: string) => async () => world.get(path, user)
  return {
    getMe: me('/v1/me'),
    changeMe: async () => {
      const { who, proof } = await world.keyed()
      const email = `${world.fresh('ada')}@example.org`
      const body = { email, password: PASSWORD, ...proof }
      return { ...world.post('/v1/me', body, who), method: 'PATCH' }
    },
    changePassword: async () => {
      const { who, proof } = await world.keyed()
      const body = { current: PASSWORD, password: 'eight-blue-rowing-boats', ...proof }
      return world.post('/v1/me/password', body, who)
    },
    listMySessions: me('/v1/me/sessions'),
    endMySession: async () => {
      const { who } = await world.person()
      return world.post(`/v1/me/sessions/session_${'0'.repeat(32)}/end`, {}, who)
    },
    beginSecondFactor: async () => {
      const { who } = await world.person()
      return world.post('/v1/me/second-factor', { password: PASSWORD }, who)
    },
    confirmSecondFactor: async () => {
      const { who } = await world.person()
      await world.must(world.post('/v1/me/second-factor', { password: PASSWORD }, who))
      return world.post('/v1/me/second-factor/confirm', { code: '000000' }, who)
    },
    removeSecondFactor: async () => {
      const { who } = await world.person()
      const body = { password: PASSWORD, code: '000000' }
      return world.post('/v1/me/second-factor/remove', body, who)
    },
    listMyPasskeys: me('/v1/me/passkeys'),
    beginPasskey: async () => {
      const { who } = await world.person()
      return world.post('/v1/me/passkeys', { password: PASSWORD }, who)
    },
    confirmPasskey: async () => {
      const { who } = await world.person()
      const begun = world.post('/v1/me/passkeys', { password: PASSWORD }, who)
      const { challenge } = await world.must(begun)
      const credential = world.passkey().make(String(challenge))
      return world.post('/v1/me/passkeys/confirm', { name: 'Phone', credential }, who)
    },
    removePasskey: async () => {
      const { who, passkey, proof } = await world.keyed()
      return world.post(`/v1/me/passkeys/${passkey}/remove`, { password: PASSWORD, ...proof }, who)
    },
    listMyHolds: me('/v1/me/holds?limit=1000'),
    listMyBookings: me('/v1/me/bookings?limit=1000'),
  } satisfies Partial<Requests>
}

function ofKeys(world: World) {
  const ofOperator = (path: string) => async () => world.get(path, world.operator)
  const key = async () => {
    const body = { name: 'Shop', scopes: ['sell'] }
    return (await world.must(world.post('/v1/api-keys', body))).id
  }
  return {
    createApiKey: async () => world.post('/v1/api-keys', { name: 'Shop', scopes: ['sell'] }),
    listApiKeys: ofOperator('/v1/api-keys?limit=1000'),
    getApiKey: async () => world.get(`/v1/api-keys/${await key()}`, world.operator),
    changeApiKey: async () => ({
      ...world.post(`/v1/api-keys/${await key()}`, { name: 'Shop' }),
      method: 'PATCH',
    }),
    rotateApiKey: async () => world.post(`/v1/api-keys/${await key()}/rotate`, {}),
    revokeApiKey: async () => world.post(`/v1/api-keys/${await key()}/revoke`, {}),
    getSystem: ofOperator('/v1/system'),
    listAudit: ofOperator('/v1/audit?limit=1000'),
  } satisfies Partial<Requests>
}

function ofWebhooks(world: World) {
  const { at, operator } = world
  const webhook = async () => {
    const body = { url: 'https://shop.example/' }
    const made = await world.must(world.post('/v1/webhooks', body))
    return `/v1/webhooks/${made.id}`
  }
  return {
    createWebhook: async () => world.post('/v1/webhooks', { url: 'https://shop.example/' }),
    listWebhooks: async () => world.get('/v1/webhooks?limit=1000', operator),
    getWebhook: async () => world.get(await webhook(), operator),
    changeWebhook: async () => ({
      ...world.post(await webhook(), { disabled: true }),
      method: 'PATCH',
    }),
    deleteWebhook: async () => world.post(`${await webhook()}/delete`, {}),
    rotateWebhookSecret: async () => world.post(`${await webhook()}/rotate`, {}),
    testWebhook: async () => world.post(`${await webhook()}/test`, {}),
    listWebhookDeliveries: async () =>
      world.get(`${await webhook()}/deliveries?limit=1000`, operator),
    replayWebhook: async () =>
      world.post(`${await webhook()}/replay`, { show: at.slice(at.lastIndexOf('/') + 1) }),
    listEvents: async () => world.get(`${at}/events?limit=1000`, operator),
  } satisfies Partial<Requests>
}
