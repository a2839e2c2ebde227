/**
 * Signing in by cookies never ends in acting as nobody: not when the access token has ended, not
 * when the session has, not when the cookies have gone while a page still thinks that it is signed
 * in.
 */
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createClient } from '../../src/client/index.ts'
import { connectClient } from '../../src/db/index.ts'
import { fill, type RouteOfApi, readRoutes } from '../server/routes-of-document.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'
import { CookieJar } from './cookie-jar.ts'
import { ANONYMOUS, OPERATOR, PASSWORD, useCast } from './use-cast.ts'

const cast = await useCast('aged sessions')
const { must, person, show, server } = cast
const owner = await connectClient(cast.database.owner)
await useTestClock(owner)

/** Signing in and renewing are for whom nobody knows yet. */
const FOR_STRANGERS = new Set(['createSession', 'createPasskeyChallenge', 'refreshSession'])
const own = { 'rowlock-csrf': '1', 'content-type': 'application/json' }
const there: Record<string, string> = {}
const forAnonymous: RouteOfApi[] = []

before(async () => {
  there.show = await show()
  const at = `/v1/shows/${there.show}`
  const venue = await must(OPERATOR, 'POST', '/v1/venues', { name: 'Globe' })
  there.venue = String(venue.id)
  const plan = { source: { rows: 'A', seatsPerRow: 2 } }
  there.plan = String((await must(OPERATOR, 'POST', `/v1/venues/${venue.id}/plans`, plan)).id)
  there.hold = String((await must(ANONYMOUS, 'POST', `${at}/holds`, { seats: ['A1'] })).id)
  there.booking = String((await must(ANONYMOUS, 'POST', `${at}/bookings`, { seats: ['A2'] })).id)
  for (const route of readRoutes()) {
    if (FOR_STRANGERS.has(route.id)) continue
    if ((await send(new CookieJar(), route)) !== 401) forAnonymous.push(route)
  }
})

async function signIn(role = 'user'): Promise<CookieJar> {
  const { email } = await person(role)
  const jar = new CookieJar()
  const body = JSON.stringify({ email, password: PASSWORD, cookies: true })
  const response = await jar.fetch(`${server.url}/v1/sessions`, {
    method: 'POST',
    headers: own,
    body,
  })
  assert.equal(response.status, 201, await response.text())
  return jar
}

/** Asks what each operation answers that anonymous callers may use, asked with this jar. */
async function answersOf(jar: CookieJar, headers: Record<string, string> = {}) {
  const answers: Record<string, number> = {}
  for (const route of forAnonymous) answers[route.id] = await send(jar, route, headers)
  return answers
}

/** Fills in the names of a path; what is not there is `none`. */
function valuesFor({ path }: RouteOfApi): Record<string, string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'none'])
  return { ...Object.fromEntries(names), ...there }
}

async function send(
  jar: CookieJar,
  route: RouteOfApi,
  headers: Record<string, string> = {},
): Promise<number> {
  const response = await jar.fetch(`${server.url}${fill(route.path, valuesFor(route))}`, {
    method: route.method,
    headers: { ...own, ...headers },
    ...(route.hasBody && { body: JSON.stringify(route.example) }),
  })
  await response.body?.cancel()
  return response.status
}

const all = (status: number) => Object.fromEntries(forAnonymous.map(({ id }) => [id, status]))

describe('every operation that anonymous callers may use', () => {
  test('control: there are many of them', async () => {
    const ids = forAnonymous.map(({ id }) => id)
    assert.ok(ids.length >= 15, ids.join())
    for (const id of ['holdSeats', 'confirmHold', 'bookSeats', 'listShows', 'streamShow']) {
      assert.ok(ids.includes(id), id)
    }
  })

  test('answers 401 five minutes after signing in, until the session is renewed', async () => {
    const jar = await signIn()
    await advanceClock(owner, 320)
    jar.advance(320)
    assert.deepEqual(await answersOf(jar), all(401))
    const renewal = await jar.fetch(`${server.url}/v1/sessions/refresh`, {
      method: 'POST',
      headers: own,
      body: '{}',
    })
    assert.equal(renewal.status, 200)
    for (const [id, status] of Object.entries(await answersOf(jar)))
      assert.notEqual(status, 401, id)
  })

  test('answers 401 when the session itself ended overnight', async () => {
    const jar = await signIn('box_office')
    await advanceClock(owner, 13 * 3_600)
    jar.advance(13 * 3_600)
    assert.deepEqual(await answersOf(jar), all(401))
  })

  test('answers 401 to a page that is signed in and whose cookies have gone', async () => {
    const jar = new CookieJar()
    assert.deepEqual(await answersOf(jar, { 'rowlock-session': 'expected' }), all(401))
  })
})

describe('the SDK', () => {
  test('renews, so that an aged session holds and books as who it is', async () => {
    const jar = await signIn()
    const client = createClient({ server: server.url, cookies: true, fetch: jar.fetch })
    const { user } = await client.getMe()
    await advanceClock(owner, 320)
    jar.advance(320)
    const key = await show()
    const hold = await client.holdSeats(key, { seats: ['B1'] })
    await advanceClock(owner, 320)
    jar.advance(320)
    await client.confirmHold(key, hold.id, {})
    const { items } = await must(OPERATOR, 'GET', `/v1/shows/${key}/journal`)
    const actors = (items as { actor: string; kind: string }[])
      .filter(({ kind }) => kind !== 'create')
      .map(({ actor }) => actor)
    assert.deepEqual(actors, [user?.id, user?.id])
    assert.equal((await client.listMyBookings()).items.length, 1)
    const sessions = await client.listMySessions({ signal: AbortSignal.timeout(30_000) })
    assert.deepEqual(
      sessions.items.map(({ current }) => current),
      [true, false],
    )
  })

  test('does not act as nobody after signing out in another tab', async () => {
    const jar = await signIn('box_office')
    const [one, other] = [0, 1].map(() =>
      createClient({ server: server.url, cookies: true, fetch: jar.fetch, retries: 0 }),
    )
    await one?.getMe()
    await other?.getMe()
    await other?.endSession()
    const key = await show()
    await assert.rejects(async () => one?.holdSeats(key, { seats: ['B2'] }), { status: 401 })
    const { counts } = await must(OPERATOR, 'GET', `/v1/shows/${key}/availability`)
    assert.equal((counts as { held: number }).held, 0)
  })
})

test.after(() => owner.end())
