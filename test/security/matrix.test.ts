import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { fill, type RouteOfApi, readRoutes } from '../server/routes-of-document.ts'
import { ANONYMOUS, bearer, OPERATOR, PASSWORD, type Reply, useCast, type Who } from './use-cast.ts'

/**
 * Table of who may call what, written down by hand: nothing here is read off the policy. A letter
 * stands for who may; everybody else must be refused.
 *
 * `a` anonymous, `u` user, `x` box office, `o` operator with a session, `k` the operator key; and
 * API keys with one scope each: `s` sell, `m` amend, `b` block, `j` journal, `c` catalogue,
 * `w` webhooks.
 */
const MAY: Readonly<Record<string, string>> = {
  createVenue: 'c ok',
  listVenues: 'a u smbjcw x ok',
  getVenue: 'a u smbjcw x ok',
  changeVenue: 'c ok',
  createPlan: 'c ok',
  listPlans: 'a u smbjcw x ok',
  changePlan: 'c ok',
  getPlan: 'a u smbjcw x ok',
  createShow: 'c ok',
  listShows: 'a u smbjcw x ok',
  getShow: 'a u smbjcw x ok',
  changeShow: 'c ok',
  repeatShow: 'c ok',
  deleteShow: 'c ok',
  addSeats: 'c ok',
  listSeats: 'a u smbjcw x ok',
  getAvailability: 'a u smbjcw x ok',
  getMap: 'a u smbjcw x ok',
  getStatuses: 'a u smbjcw x ok',
  streamShow: 'a u smbjcw x ok',
  getReport: 'j x ok',
  listJournal: 'j x ok',
  holdSeats: 'a u s x ok',
  listHolds: 'u s x ok',
  getHold: 'a u s x ok',
  extendHold: 'a u s x ok',
  changeHold: 'a u s x ok',
  releaseHold: 'a u s x ok',
  confirmHold: 'a u s x ok',
  bookSeats: 'a u s x ok',
  listBookings: 'u s x ok',
  findBookings: 'u s x ok',
  getBooking: 'a u s x ok',
  cancelBooking: 'm x ok',
  changeBooking: 'm x ok',
  swapSeats: 'm x ok',
  transferBooking: 'm x ok',
  blockSeats: 'b x ok',
  listBlocks: 'b x ok',
  getBlock: 'b x ok',
  changeBlock: 'b x ok',
  unblockSeats: 'b x ok',
  createUser: 'a u smbjcw x ok',
  listUsers: 'ok',
  getUser: 'ok',
  changeUser: 'ok',
  createSignInLink: 'ok',
  endUserSessions: 'ok',
  removeUserSecondFactor: 'ok',
  createSession: 'a u smbjcw x ok',
  createPasskeyChallenge: 'a u smbjcw x ok',
  refreshSession: 'a u smbjcw x ok',
  endSession: 'u x o',
  endAllSessions: 'u x o',
  getMe: 'u smbjcw x ok',
  changeMe: 'u x o',
  changePassword: 'u x o',
  listMySessions: 'u x o',
  endMySession: 'u x o',
  beginSecondFactor: 'u x o',
  confirmSecondFactor: 'u x o',
  removeSecondFactor: 'u x o',
  listMyPasskeys: 'u x o',
  beginPasskey: 'u x o',
  confirmPasskey: 'u x o',
  removePasskey: 'u x o',
  listMyHolds: 'u s x ok',
  listMyBookings: 'u s x ok',
  createWebhook: 'w ok',
  listWebhooks: 'w ok',
  getWebhook: 'w ok',
  changeWebhook: 'w ok',
  deleteWebhook: 'w ok',
  rotateWebhookSecret: 'w ok',
  testWebhook: 'w ok',
  listWebhookDeliveries: 'w ok',
  replayWebhook: 'w ok',
  listEvents: 'w x ok',
  createApiKey: 'ok',
  listApiKeys: 'ok',
  getApiKey: 'ok',
  changeApiKey: 'ok',
  rotateApiKey: 'ok',
  revokeApiKey: 'ok',
  listAudit: 'ok',
  getSystem: 'ok',
}

const SCOPES = {
  s: 'sell',
  m: 'amend',
  b: 'block',
  j: 'journal',
  c: 'catalogue',
  w: 'webhooks',
} as const
const ROLES = { u: 'user', x: 'box_office', o: 'operator' } as const
const LETTERS = [...'ausmbjcwxok']

const cast = await useCast('matrix')
const { call, must, person, partner, show } = cast
const routes = readRoutes()

const names: Record<string, string> = { a: 'anonymous', k: 'the operator key', ...ROLES }
for (const [letter, scope] of Object.entries(SCOPES)) names[letter] = `a partner with ${scope}`

const callers: Record<string, Who> = { a: ANONYMOUS, k: OPERATOR }
/** Things that are there, by the name of the parameter; bodies that need them are made from it. */
const there: Record<string, string> = {}

before(async () => {
  for (const [letter, role] of Object.entries(ROLES)) callers[letter] = (await person(role)).who
  for (const [letter, scope] of Object.entries(SCOPES)) callers[letter] = await partner([scope])
  there.show = await show()
  there.venue = String((await must(OPERATOR, 'POST', '/v1/venues', { name: 'Globe' })).id)
  const plan = { source: { rows: 'A', seatsPerRow: 2 } }
  there.plan = String((await must(OPERATOR, 'POST', `/v1/venues/${there.venue}/plans`, plan)).id)
  const at = `/v1/shows/${there.show}`
  there.hold = String((await must(ANONYMOUS, 'POST', `${at}/holds`, { seats: ['A1'] })).id)
  there.booking = String((await must(ANONYMOUS, 'POST', `${at}/bookings`, { seats: ['A2'] })).id)
  const block = { seats: ['A3'], reason: 'house' }
  there.block = String((await must(OPERATOR, 'POST', `${at}/blocks`, block)).id)
  const somebody = await person()
  there.user = somebody.id
  there.session = somebody.session
  there.passkey = `passkey_${'0'.repeat(32)}`
  const webhook = { url: 'https://shop.example/hook' }
  there.webhook = String((await must(OPERATOR, 'POST', '/v1/webhooks', webhook)).id)
  const key = { name: 'Another', scopes: ['sell'] }
  there.key = String((await must(OPERATOR, 'POST', '/v1/api-keys', key)).id)
})

/** Bodies where the example of the document would not do. */
function bodyFor({ id, example }: RouteOfApi): object {
  if (id === 'createShow') return { ...example, key: `show-${randomUUID()}`, plan: there.plan }
  if (id === 'createUser')
    return { name: 'New', email: `${randomUUID()}@x.example`, password: PASSWORD }
  if (id === 'createApiKey') return { name: 'New', scopes: ['sell'] }
  return example
}

function send(route: RouteOfApi, who: Who): Promise<Reply> {
  const url = fill(route.path, there)
  return call(who, route.method, url, route.hasBody ? bodyFor(route) : undefined)
}

/** Finds a caller: asking this ends the session that asked, so somebody else has to. */
async function callerOf(letter: string, { path }: RouteOfApi): Promise<Who> {
  const role = ROLES[letter as keyof typeof ROLES]
  const isOfAccount = path.startsWith('/v1/me') || path.startsWith('/v1/sessions')
  if (role !== undefined && isOfAccount) return (await person(role)).who
  return callers[letter] ?? ANONYMOUS
}

const wasRefused = ({ body, status }: Reply) =>
  body.code === 'unauthenticated' || body.code === 'forbidden' || status === 405

describe('the matrix of roles and operations', () => {
  test('names every operation of the document, and no other', () => {
    assert.deepEqual(Object.keys(MAY).toSorted(), routes.map(({ id }) => id).toSorted())
  })

  for (const route of routes) {
    const may = MAY[route.id] ?? ''
    for (const letter of LETTERS) {
      const isFree = may.includes(letter)
      test(`${names[letter]} ${isFree ? 'may' : 'may not'} ${route.id}`, async () => {
        const reply = await send(route, await callerOf(letter, route))
        const about = `${reply.status} ${reply.text.slice(0, 300)}`
        if (isFree) return assert.ok(!wasRefused(reply) && reply.status < 500, about)
        const code = letter === 'a' ? 'unauthenticated' : 'forbidden'
        assert.equal(reply.body.code, code, about)
        assert.equal(reply.headers.has('www-authenticate'), letter === 'a')
      })
    }

    test(`a token that nobody gave out may not ${route.id}`, async () => {
      for (const token of ['wrong', `rlp_${'A'.repeat(8)}_${'b'.repeat(43)}`, 'a.b.c']) {
        const reply = await send(route, bearer(token))
        assert.equal(reply.body.code, 'unauthenticated', reply.text)
      }
    })
  }
})
