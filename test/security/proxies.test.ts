import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ANONYMOUS, PASSWORD, useCast, type Who } from './use-cast.ts'

const PROXY = '127.0.0.40'
const STRANGER = '127.0.0.41'
const SEATS = 4

const { callFrom, person, show } = await useCast('proxies', {
  trustProxy: [PROXY],
  limits: {
    requests: { anonymous: 1_000, user: 1_000, partner: 1_000, boxOffice: 1_000 },
    failedCredentials: 1_000,
    heldSeatsMax: SEATS,
    streamsPerClient: 1_000,
    pages: 1_000,
    readsPerClient: 3,
  },
})

/** Counts how many of six single seats an address gets, when every call tells of another client. */
async function seatsHeld(from: string, headersOf: (time: number) => Who): Promise<number> {
  const key = await show()
  let count = 0
  for (let time = 0; time < 6; time++) {
    const body = { best: { quantity: 1 } }
    const { status } = await callFrom(from, headersOf(time), 'POST', `/v1/shows/${key}/holds`, body)
    if (status === 201) count += 1
  }
  return count
}

describe('who is behind a proxy', () => {
  test('is told by the proxy that is trusted', async () => {
    const clients = (time: number) => ({ 'x-forwarded-for': `10.0.0.${time}` })
    assert.equal(await seatsHeld(PROXY, clients), 6)
    const one = () => ({ 'x-forwarded-for': '10.0.0.9' })
    assert.equal(await seatsHeld(PROXY, one), SEATS)
  })

  test('is not told by anybody else', async () => {
    const clients = (time: number) => ({ 'x-forwarded-for': `10.0.0.${time}` })
    assert.equal(await seatsHeld(STRANGER, clients), SEATS)
  })

  test('cannot put itself in front of what the proxy adds', async () => {
    const clients = (time: number) => ({ 'x-forwarded-for': `10.0.0.${time}, 10.9.9.9` })
    assert.equal(await seatsHeld(PROXY, clients), SEATS)
  })

  test('has one budget for the 2^64 addresses of its network', async () => {
    const clients = (time: number) => ({ 'x-forwarded-for': `2001:db8:1:2::${time + 1}` })
    assert.equal(await seatsHeld(PROXY, clients), SEATS)
    const mapped = (time: number) => ({
      'x-forwarded-for': time % 2 === 0 ? '10.7.7.7' : '::ffff:10.7.7.7',
    })
    assert.equal(await seatsHeld(PROXY, mapped), SEATS)
  })

  test('gets no new budget by what is no address', async () => {
    const odd = ['unknown', '', ',', '10.0.0.1:80', "' or 1=1", '999.1.1.1', '::1%eth0']
    const clients = (time: number) => ({ 'x-forwarded-for': `${odd[time] ?? ''}` })
    // Some count as the proxy, some as themselves; never is there an error.
    assert.ok((await seatsHeld(PROXY, clients)) >= SEATS)
  })
})

describe('cookies and headers for TLS', () => {
  const signIn = async (from: string, headers: Who) => {
    const { email } = await person()
    const body = { email, password: PASSWORD, cookies: true }
    const reply = await callFrom(from, headers, 'POST', '/v1/sessions', body)
    assert.equal(reply.status, 201, reply.text)
    return reply.headers
  }

  test('are set where the trusted proxy spoke TLS', async () => {
    const headers = await signIn(PROXY, { 'x-forwarded-proto': 'https' })
    assert.match(headers.get('set-cookie') ?? '', /; Secure/)
    assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{8}/)
  })

  test('are not set by the word of anybody else', async () => {
    const headers = await signIn(STRANGER, { 'x-forwarded-proto': 'https' })
    assert.doesNotMatch(headers.get('set-cookie') ?? '', /; Secure/)
    assert.equal(headers.get('strict-transport-security'), null)
  })

  test('a page elsewhere is not ours because the proxy speaks TLS', async () => {
    const { accessToken } = await person()
    const who = {
      cookie: `__Host-rowlock_access=${accessToken}`,
      'rowlock-csrf': '1',
      'x-forwarded-proto': 'https',
      origin: 'https://evil.example',
    }
    const reply = await callFrom(PROXY, who, 'PATCH', '/v1/me', { name: 'Mallory' })
    assert.equal(reply.body.code, 'csrf_refused')
    assert.equal((await callFrom(PROXY, ANONYMOUS, 'GET', '/v1/shows')).status, 200)
  })
})
