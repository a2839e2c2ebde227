import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ClientSettings, createClient, RowlockError } from '../../src/client/index.ts'
import { fakeNetwork, json, problem, type Respond } from './fake-network.ts'

function open(respond: Respond, settings: Partial<ClientSettings> = {}) {
  const network = fakeNetwork(respond)
  const client = createClient({ server: '', fetch: network.fetch, retries: 0, ...settings })
  return { client, sent: network.sent }
}

const isRefresh = (url: string) => url === '/v1/sessions/refresh'

describe('a client with a token', () => {
  test('sends it, or what the function gives by then', async () => {
    const fixed = open(() => json({}), { token: 'one' })
    await fixed.client.getMe()
    assert.equal(fixed.sent[0]?.headers.get('authorization'), 'Bearer one')
    const tokens = ['one', null, 'two']
    const { client, sent } = open(() => json({}), { token: async () => tokens.shift() ?? null })
    for (let call = 0; call < 3; call++) await client.getMe()
    const sentTokens = sent.map(({ headers }) => headers.get('authorization'))
    assert.deepEqual(sentTokens, ['Bearer one', null, 'Bearer two'])
  })

  test('tells who is not known, and renews nothing', async () => {
    const { client, sent } = open(() => problem('unauthenticated', 401), { token: 'old' })
    await assert.rejects(client.getMe(), { code: 'unauthenticated' })
    assert.equal(sent.length, 1)
  })
})

describe('a client with cookies', () => {
  const signedIn = { cookies: true }

  test('says that its writes come from a page of the server', async () => {
    const { client, sent } = open(() => json({}), signedIn)
    await client.getMe()
    await client.holdSeats('hamlet', { seats: ['A1'] })
    assert.deepEqual(
      sent.map(({ headers }) => headers.get('rowlock-csrf')),
      [null, '1'],
    )
  })

  test('renews a session once for all who wait, and asks again under the same key', async () => {
    let isRenewed = false
    const { client, sent } = open(({ url }) => {
      if (isRefresh(url)) isRenewed = true
      return isRenewed ? json({ id: 'x' }) : problem('unauthenticated', 401)
    }, signedIn)
    await Promise.all([
      client.getMe(),
      client.cancelBooking('hamlet', 'book_1'),
      client.getHold('hamlet', 'hold_1'),
    ])
    assert.equal(sent.filter(({ url }) => isRefresh(url)).length, 1)
    const keys = sent.filter(({ url }) => url.endsWith('/cancel')).map(({ key }) => key)
    assert.equal(keys.length, 2)
    assert.equal(new Set(keys).size, 1)
  })

  test('tells that a session has ended, and asks to renew it no more than once', async () => {
    const { client, sent } = open(
      ({ url }) => problem(isRefresh(url) ? 'session_ended' : 'unauthenticated', 401),
      signedIn,
    )
    await assert.rejects(client.getMe(), { code: 'unauthenticated' })
    assert.deepEqual(
      sent.map(({ url }) => url),
      ['/v1/me', '/v1/sessions/refresh'],
    )
  })

  test('is still refused after renewing, where that is no matter of age', async () => {
    const { client, sent } = open(
      ({ url }) => (isRefresh(url) ? json({}) : problem('unauthenticated', 401)),
      signedIn,
    )
    await assert.rejects(client.getMe(), RowlockError)
    assert.equal(sent.length, 3)
  })

  test('does not renew because of a wrong password', async () => {
    const { client, sent } = open(() => problem('credentials_wrong', 401), signedIn)
    const wrong = client.createSession({ email: 'a@b', password: 'wrong', cookies: true })
    await assert.rejects(wrong, { code: 'credentials_wrong' })
    assert.equal(sent.length, 1)
  })
})
