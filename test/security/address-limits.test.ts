import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { until } from '../support/until.ts'
import { ANONYMOUS, OPERATOR, PASSWORD, type Reply, useCast, type Who } from './use-cast.ts'

const SEATS_PER_ADDRESS = 8
const REQUESTS_PER_MINUTE = 400

const { server, call, callFrom, must, partner, person, show } = await useCast('address limits', {
  limits: {
    requests: {
      anonymous: REQUESTS_PER_MINUTE,
      user: 1_000,
      partner: 100_000,
      boxOffice: 100_000,
    },
    failedCredentials: 10,
    heldSeatsMax: SEATS_PER_ADDRESS,
    streamsPerClient: 3,
    pages: 1_000,
    readsPerClient: 3,
  },
})

const at = (key: string) => `/v1/shows/${key}/holds`
const held = (replies: readonly Reply[]) => replies.filter(({ status }) => status === 201).length
const codes = (replies: readonly Reply[]) =>
  [...new Set(replies.map(({ body }) => body.code))].filter((code) => code !== undefined)

describe('one address may hold so many seats of a show, and no more', () => {
  const hall = { seats: { rows: 'A-Z', seatsPerRow: 20 }, maxSeatsPerHold: 2 }

  test('however many clients without cookies it pretends to be', async () => {
    const key = await show(hall)
    const shoppers = Array.from({ length: 20 }, (_, n) => ({
      headers: { 'user-agent': `Browser ${n}`, 'x-forwarded-for': `10.0.0.${n}` } as Who,
      body: { best: { quantity: 2 }, holder: `shopper-${n}` },
    }))
    const replies = await Promise.all(
      shoppers.map(({ headers, body }) => callFrom('127.0.0.2', headers, 'POST', at(key), body)),
    )
    assert.equal(held(replies) * 2, SEATS_PER_ADDRESS)
    assert.deepEqual(codes(replies), ['held_limit_reached'])
    const other = await callFrom('127.0.0.3', ANONYMOUS, 'POST', at(key), { seats: ['Z1'] })
    assert.equal(other.status, 201, other.text)
  })

  test('seats that were given back or bought count no more', async () => {
    const key = await show(hall)
    const take = () => callFrom('127.0.0.4', ANONYMOUS, 'POST', at(key), { best: { quantity: 2 } })
    const ids: unknown[] = []
    for (let time = 0; time < SEATS_PER_ADDRESS / 2; time++) ids.push((await take()).body.id)
    assert.equal((await take()).body.code, 'held_limit_reached')
    await must(ANONYMOUS, 'POST', `${at(key)}/${ids[0]}/release`, {})
    await must(ANONYMOUS, 'POST', `${at(key)}/${ids[1]}/confirm`, {})
    assert.equal((await take()).status, 201)
    assert.equal((await take()).status, 201)
    assert.equal((await take()).body.code, 'held_limit_reached')
  })

  test('another show is another budget', async () => {
    for (const key of [await show(hall), await show(hall)]) {
      for (let time = 0; time < SEATS_PER_ADDRESS / 2; time++) {
        const body = { best: { quantity: 2 } }
        const reply = await callFrom('127.0.0.5', ANONYMOUS, 'POST', at(key), body)
        assert.equal(reply.status, 201, reply.text)
      }
    }
  })

  test('a user has one of its own, wherever it asks from: signing up helps nobody', async () => {
    const key = await show(hall)
    const { who } = await person()
    const addresses = Array.from({ length: 20 }, (_, n) => `127.0.0.${100 + n}`)
    const body = { best: { quantity: 2 } }
    const replies = await Promise.all(
      addresses.map((address) => callFrom(address, who, 'POST', at(key), body)),
    )
    assert.equal(held(replies) * 2, SEATS_PER_ADDRESS)
    assert.deepEqual(codes(replies), ['held_limit_reached'])
    const neighbour = (await person()).who
    const other = await callFrom('127.0.0.100', neighbour, 'POST', at(key), body)
    assert.equal(other.status, 201, other.text)
  })

  test('partners and the box office have none', async () => {
    const key = await show(hall)
    const known = [await partner(['sell']), OPERATOR]
    for (const who of known) {
      const replies: Reply[] = []
      for (let time = 0; time <= SEATS_PER_ADDRESS / 2; time++) {
        const body = { best: { quantity: 2 } }
        replies.push(await callFrom('127.0.0.6', who, 'POST', at(key), body))
      }
      assert.equal(held(replies), replies.length, codes(replies).join())
    }
  })

  test('who rents addresses empties a show, by so many seats each, and not for good', async () => {
    const terms = { ...hall, seats: { rows: 'A-B', seatsPerRow: SEATS_PER_ADDRESS } }
    const key = await show({ ...terms, holdSeconds: 2 })
    const grab = (address: string) => {
      const calls = Array.from({ length: SEATS_PER_ADDRESS }, () =>
        callFrom(address, ANONYMOUS, 'POST', at(key), { best: { quantity: 2 } }),
      )
      return Promise.all(calls)
    }
    for (const address of ['127.0.6.1', '127.0.6.2']) {
      assert.equal(held(await grab(address)) * 2, SEATS_PER_ADDRESS)
    }
    // It takes an address for every share of the house, and this is what nobody can prevent here.
    const late = () => callFrom('127.0.6.3', ANONYMOUS, 'POST', at(key), { seats: ['A1'] })
    assert.equal((await late()).body.code, 'seats_unavailable')
    const { status } = await until('the holds to end', async () => {
      const reply = await late()
      return reply.status === 201 ? reply : null
    })
    assert.equal(status, 201)
  })

  test('a crowd from many addresses gets its seats, while one of them grabs', async () => {
    const key = await show({ ...hall, seats: { rows: 'A-J', seatsPerRow: 20 } })
    const grabber = Array.from({ length: 50 }, () =>
      callFrom('127.0.0.7', ANONYMOUS, 'POST', at(key), { best: { quantity: 2 } }),
    )
    const crowd = Array.from({ length: 90 }, (_, n) =>
      callFrom(`127.0.2.${n + 1}`, ANONYMOUS, 'POST', at(key), { best: { quantity: 2 } }),
    )
    assert.ok(held(await Promise.all(grabber)) * 2 <= SEATS_PER_ADDRESS)
    const replies = await Promise.all(crowd)
    assert.equal(held(replies), 90, codes(replies).join())
    const { counts } = await must(OPERATOR, 'GET', `/v1/shows/${key}/availability`)
    const { held: seats } = counts as { held: number }
    assert.ok(seats <= 180 + SEATS_PER_ADDRESS && seats >= 180, `${seats} held`)
  })
})

describe('requests are counted by who asks', () => {
  test('by address without an account, with 429 and when to come back', async () => {
    const path = '/v1/shows'
    const ask = (address: string) => callFrom(address, ANONYMOUS, 'GET', path)
    const replies: Reply[] = []
    for (let time = 0; time < REQUESTS_PER_MINUTE + 5; time++) replies.push(await ask('127.0.0.8'))
    const refused = replies.filter(({ status }) => status === 429)
    assert.equal(refused.length, 5)
    const [first] = refused
    assert.equal(first?.body.code, 'rate_limited')
    assert.match(first?.headers.get('retry-after') ?? '', /^[1-9]\d?$/)
    assert.match(first?.headers.get('ratelimit') ?? '', /r=0/)
    assert.match(first?.headers.get('ratelimit-policy') ?? '', /q=400;qu="units";w=60/)
    assert.equal((await ask('127.0.0.9')).status, 200)
  })

  test('a header that tells of another address changes nothing', async () => {
    const replies: Reply[] = []
    for (let time = 0; time < REQUESTS_PER_MINUTE + 3; time++) {
      const who = { 'x-forwarded-for': `10.1.0.${time}`, forwarded: `for=10.1.0.${time}` }
      replies.push(await callFrom('127.0.0.10', who, 'GET', '/v1/shows'))
    }
    assert.equal(replies.filter(({ status }) => status === 429).length, 3)
  })

  test('credentials that are wrong cannot be tried at will', async () => {
    const replies: Reply[] = []
    for (let time = 0; time < 14; time++) {
      const who = { authorization: `Bearer guess-${time}` }
      replies.push(await callFrom('127.0.0.11', who, 'GET', '/v1/me'))
    }
    assert.deepEqual(
      replies.map(({ status }) => status),
      [...Array(10).fill(401), ...Array(4).fill(429)],
    )
    assert.equal((await callFrom('127.0.0.12', OPERATOR, 'GET', '/v1/me')).status, 200)
  })

  test('an e-mail address cannot be tried at will, and that locks nobody else out', async () => {
    const { email } = await person()
    const replies: Reply[] = []
    for (let time = 0; time < 12; time++) {
      const body = { email, password: `guess number ${time}` }
      replies.push(await callFrom('127.0.3.1', ANONYMOUS, 'POST', '/v1/sessions', body))
    }
    const refused = replies.filter(({ body }) => body.code === 'rate_limited')
    assert.equal(refused.length, 2)
    assert.ok(refused.every(({ headers }) => headers.has('retry-after')))
    // What nobody has is counted alike, or the count would tell who is known.
    const nobody: Reply[] = []
    for (let time = 0; time < 12; time++) {
      const body = { email: 'nobody@cast.example', password: `guess number ${time}` }
      nobody.push(await callFrom('127.0.4.1', ANONYMOUS, 'POST', '/v1/sessions', body))
    }
    assert.deepEqual(
      nobody.map(({ status }) => status),
      replies.map(({ status }) => status),
    )
    const mine = { email, password: PASSWORD }
    const reply = await callFrom('127.0.3.2', ANONYMOUS, 'POST', '/v1/sessions', mine)
    assert.equal(reply.status, 201, reply.text)
  })

  test('accounts cannot be made at will from one address', async () => {
    const replies: Reply[] = []
    for (let time = 0; time < 22; time++) {
      const body = {
        name: 'N',
        email: `n${time}@crowd.example`,
        password: `new account ${time} of mine`,
      }
      replies.push(await callFrom('127.0.0.13', ANONYMOUS, 'POST', '/v1/users', body))
    }
    assert.equal(held(replies), 20, codes(replies).join())
    assert.deepEqual(codes(replies), ['rate_limited'])
  })
})

test('so many streams per client, and no more', async () => {
  const key = await show()
  const url = `/v1/shows/${key}/stream`
  const ends: AbortController[] = []
  const { who } = await person()
  const open = async () => {
    const end = new AbortController()
    ends.push(end)
    const response = await fetch(`${server.url}${url}`, { headers: who, signal: end.signal })
    return response.status
  }
  const statuses = [await open(), await open(), await open(), await open()]
  for (const end of ends) end.abort()
  assert.deepEqual(statuses, [200, 200, 200, 429])
  assert.equal((await call(ANONYMOUS, 'GET', url)).status, 200)
})
