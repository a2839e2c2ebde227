import { TOTP } from 'otpauth'
import { SoftPasskey } from '../../test/support/soft-passkey.ts'
import type { Recorder } from './recorder.ts'

const SHOW = 'hamlet-2026-12-01'
const PASSWORD = 'seven-green-rowing-boats'
const UNKNOWN = '0'.repeat(32)

/** One house, from the venue to the audit log; every operation that answers JSON comes up. */
export async function story(api: Recorder, newUuid: () => string, receiver: string): Promise<void> {
  const plan = await catalogue(api)
  const show = { show: SHOW }
  await sale(api, newUuid)
  await refusals(api, newUuid)
  await webhooks(api, receiver)
  await people(api)
  await api.do('listJournal', { path: show, query: { limit: '3' } })
  await api.do('getReport', { path: show, query: { by: 'section,status' } })
  await api.do('getPlan', { path: { plan } })
  await api.do('listAudit', { query: { limit: '3' } })
  await api.do('getSystem')
}

async function catalogue(api: Recorder): Promise<string> {
  const { id: venue = '' } = await api.do('createVenue', {
    body: { name: 'Globe', timeZone: 'Europe/London' },
  })
  await api.do('listVenues', { query: { limit: '2' } })
  await api.do('getVenue', { path: { venue } })
  await api.do('changeVenue', { path: { venue }, body: { name: 'Globe Theatre' } })
  const source = { rows: 'A-B', seatsPerRow: 4 }
  const { id: plan = '' } = await api.do('createPlan', {
    path: { venue },
    body: { name: 'Stalls', source },
  })
  const terms = { title: 'Hamlet', startsAt: '2031-12-01T19:00:00Z', plan, holdSeconds: 600 }
  await api.do('changePlan', { path: { plan }, body: { name: 'Stalls and circle' } })
  await api.do('listPlans', { path: { venue } })
  await api.do('createShow', { body: { key: SHOW, ...terms } })
  await api.do('listShows', { query: { limit: '2' } })
  await api.do('getShow', { path: { show: SHOW } })
  await api.do('changeShow', { path: { show: SHOW }, body: { title: 'Hamlet, press night' } })
  const own = { key: 'workshop', title: 'Workshop', startsAt: terms.startsAt, seats: ['1', '2'] }
  await api.do('createShow', { body: own })
  await api.do('addSeats', { path: { show: 'workshop' }, body: { seats: ['3', '4'] } })
  const shows = [{ key: 'hamlet-2026-12-02', startsAt: '2031-12-02T19:00:00Z' }]
  await api.do('repeatShow', { path: { show: SHOW }, body: { shows } })
  await api.do('deleteShow', { path: { show: 'hamlet-2026-12-02' }, body: {} })
  return plan
}

async function sale(api: Recorder, newUuid: () => string): Promise<void> {
  const path = { show: SHOW }
  await api.do('getMap', { path })
  const hold = async (...seats: string[]) => {
    const body = { seats, holder: 'customer-17', reference: 'basket-99' }
    const made = await api.do('holdSeats', { path, body, idempotencyKey: newUuid() })
    return { ...path, hold: made.id ?? '' }
  }
  const held = await hold('A1', 'A2')
  await api.do('getHold', { path: held })
  await api.do('listHolds', { path, query: { limit: '2' } })
  await api.do('extendHold', { path: held, body: { holdSeconds: 900 } })
  await api.do('getAvailability', { path })
  await api.do('getStatuses', { path })
  await api.do('listSeats', { path, query: { limit: '2' } })
  await api.do('listMyHolds')
  const grown = await hold('B4')
  await api.do('changeHold', { path: grown, body: { add: ['B3'] } })
  await api.do('releaseHold', { path: grown, body: {} })
  const booked = await api.do('confirmHold', { path: held, body: { reference: 'payment-4711' } })
  const booking = { ...path, booking: booked.id ?? '' }
  await api.do('getBooking', { path: booking })
  await api.do('listBookings', { path, query: { limit: '1' } })
  await api.do('findBookings', { query: { reference: 'payment-4711' } })
  await api.do('listMyBookings', { query: { limit: '1' } })
  const direct = await api.do('bookSeats', { path, body: { best: { quantity: 2 } } })
  await api
    .do('swapSeats', { path: booking, body: { from: ['A2'], to: ['A3'] } })
    .catch(() => api.do('swapSeats', { path: booking, body: { from: ['A2'], to: ['B4'] } }))
  const notes = { reference: 'order-2044', metadata: { invoice: '2026-118' } }
  await api.do('changeBooking', { path: booking, body: notes })
  await api.do('transferBooking', { path: booking, body: { holder: 'customer-18' } })
  await api.do('cancelBooking', { path: { ...path, booking: direct.id ?? '' }, body: {} })
  const blocked = await api.do('blockSeats', {
    path,
    body: { seats: ['B1'], reason: 'Sound desk' },
  })
  const block = { ...path, block: blocked.id ?? '' }
  await api.do('getBlock', { path: block })
  await api.do('changeBlock', { path: block, body: { reason: 'press', reference: 'list-12' } })
  await api.do('listBlocks', { path })
  await api.do('unblockSeats', { path: block, body: {} })
}

async function refusals(api: Recorder, newUuid: () => string): Promise<void> {
  const path = { show: SHOW }
  await api.refused('seats_unavailable', 'holdSeats', { path, body: { seats: ['A1', 'ZZ9'] } })
  await api.refused('not_enough_seats', 'holdSeats', { path, body: { best: { quantity: 9 } } })
  await api.refused('too_many_seats', 'holdSeats', {
    path,
    body: { best: { quantity: 99 } },
    as: null,
  })
  await api.refused('invalid_request', 'holdSeats', { path, body: { seats: [' '] } })
  await api.refused('show_unknown', 'getShow', { path: { show: 'macbeth' } })
  await api.refused('hold_unknown', 'getHold', { path: { ...path, hold: `hold_${UNKNOWN}` } })
  await api.refused('booking_unknown', 'getBooking', {
    path: { ...path, booking: `book_${UNKNOWN}` },
  })
  await api.refused('unauthenticated', 'listUsers', { as: null })
  const key = { name: 'Tour operator', scopes: ['sell'] }
  const { secret = '' } = await api.do('createApiKey', { body: key })
  await api.refused('forbidden', 'listUsers', { as: secret })
  const idempotencyKey = newUuid()
  const held = { path, body: { seats: ['B3'] }, idempotencyKey }
  const { id = '' } = await api.do('holdSeats', held)
  await api.refused('idempotency_key_reused', 'holdSeats', { ...held, body: { seats: ['B4'] } })
  const hold = { ...path, hold: id }
  await api.do('releaseHold', { path: hold, body: {} })
  await api.refused('hold_released', 'confirmHold', { path: hold, body: {} })
}

async function webhooks(api: Recorder, receiver: string): Promise<void> {
  const body = { url: `${receiver}/hooks/rowlock`, events: ['booking.created'] }
  const { id: webhook = '' } = await api.do('createWebhook', { body })
  const path = { webhook }
  await api.do('listWebhooks')
  await api.do('getWebhook', { path })
  await api.do('changeWebhook', { path, body: { description: 'Mails the tickets' } })
  await api.do('rotateWebhookSecret', { path, body: {} })
  await api.do('testWebhook', { path, body: {} })
  await api.do('listWebhookDeliveries', { path, query: { limit: '1' } })
  await api.do('replayWebhook', { path, body: { show: SHOW } })
  await api.do('deleteWebhook', { path, body: {} })
  await api.do('listEvents', { path: { show: SHOW }, query: { limit: '2' } })
}

async function people(api: Recorder): Promise<void> {
  const credentials = { email: 'ada@example.org', password: PASSWORD }
  const { id: user = '' } = await api.do('createUser', { body: { name: 'Ada', ...credentials } })
  const path = { user }
  await api.do('listUsers', { query: { limit: '1' } })
  await api.do('getUser', { path })
  const session = await api.do('createSession', { body: credentials, as: null })
  let as = session.accessToken ?? ''
  const { refreshToken = '' } = session
  as = (await api.do('refreshSession', { body: { refreshToken }, as: null })).accessToken ?? as
  await api.do('getMe', { as })
  await api.do('changeMe', { as, body: { name: 'Ada Lovelace' } })
  await api.do('listMySessions', { as })
  const recovery = await setUpSecondFactor(api, as)
  await api.do('removeSecondFactor', { as, body: { password: PASSWORD, code: recovery } })
  await setUpSecondFactor(api, as)
  await api.do('removeUserSecondFactor', { path, body: {} })
  await setUpPasskey(api, as)
  await api.do('createSignInLink', { path, body: {} })
  const password = 'eight-blue-rowing-boats'
  const changed = await api.do('changePassword', { as, body: { current: PASSWORD, password } })
  as = changed.accessToken ?? as
  const other = await api.do('createSession', { body: { ...credentials, password }, as: null })
  const [, second] = (await api.do('listMySessions', { as })).items as unknown as { id: string }[]
  await api.do('endMySession', { as, path: { session: second?.id ?? '' }, body: {} })
  await api
    .do('endSession', { as: other.accessToken ?? as, body: {} })
    .catch(() => api.do('endSession', { as, body: {} }))
  const last = await api.do('createSession', { body: { ...credentials, password }, as: null })
  await api.do('endAllSessions', { as: last.accessToken ?? '', body: {} })
  await api.do('endUserSessions', { path, body: {} })
  await api.do('changeUser', { path, body: { role: 'box_office' } })
  const { id: key = '' } = await api.do('createApiKey', {
    body: { name: 'Shop', scopes: ['sell'] },
  })
  await api.do('listApiKeys')
  await api.do('getApiKey', { path: { key } })
  await api.do('changeApiKey', { path: { key }, body: { name: 'Web shop, live' } })
  await api.do('rotateApiKey', { path: { key }, body: {} })
  await api.do('revokeApiKey', { path: { key }, body: {} })
}

/** A recovery code of it. */
async function setUpSecondFactor(api: Recorder, as: string): Promise<string> {
  const { secret = '' } = await api.do('beginSecondFactor', { as, body: { password: PASSWORD } })
  const code = new TOTP({ secret }).generate()
  const { recoveryCodes } = await api.do('confirmSecondFactor', { as, body: { code } })
  return recoveryCodes?.[0] ?? ''
}

/** And takes it away again. */
async function setUpPasskey(api: Recorder, as: string): Promise<void> {
  const key = new SoftPasskey({ host: 'localhost', origin: api.url })
  const { challenge = '' } = await api.do('beginPasskey', { as, body: { password: PASSWORD } })
  const credential = key.make(challenge)
  await api.do('confirmPasskey', { as, body: { name: 'My phone', credential } })
  const { items } = await api.do('listMyPasskeys', { as })
  const [{ id: passkey = '' } = {}] = items as unknown as { id: string }[]
  const { challenge: second = '' } = await api.do('createPasskeyChallenge', { as: null, body: {} })
  const body = { password: PASSWORD, passkey: key.sign(second) }
  await api.do('removePasskey', { as, path: { passkey }, body })
}
