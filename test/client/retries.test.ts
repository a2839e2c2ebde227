import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { clientWith } from '../../src/client/create-client.ts'
import { createClient, RowlockError } from '../../src/client/index.ts'
import { ERRORS } from '../../src/protocol/index.ts'
import { runs } from '../support/runs.ts'
import { FakeClock, settle } from './fake-clock.ts'
import { fakeNetwork, json, problem, type Respond } from './fake-network.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

function open(respond: Respond, settings: { retries?: number; key?: string } = {}) {
  const clock = new FakeClock()
  const network = fakeNetwork(respond)
  const client = clientWith({ server: 'http://x/', fetch: network.fetch, ...settings }, clock)
  return { clock, client, sent: network.sent }
}

/** Finishes a call, with the clock going on for as long as it takes. */
async function finish<Value>(clock: FakeClock, call: Promise<Value>): Promise<Value | unknown> {
  let result: { value: unknown } | null = null
  call.then(
    (value) => {
      result = { value }
    },
    (error: unknown) => {
      result = { value: error }
    },
  )
  for (let turn = 0; turn < 200 && result === null; turn++) {
    await settle()
    if (result === null) await clock.advance(Number.isFinite(clock.nextMs) ? clock.nextMs : 0)
  }
  assert.ok(result !== null, 'The call never ended.')
  return (result as { value: unknown }).value
}

async function refusalOf(clock: FakeClock, call: Promise<unknown>): Promise<RowlockError> {
  const error = await finish(clock, call)
  assert.ok(error instanceof RowlockError, String(error))
  return error
}

describe('a call that is not answered', () => {
  test('is repeated under one key, until it is', async () => {
    const { clock, client, sent } = open((_request, number) => {
      if (number === 0) throw new TypeError('fetch failed')
      if (number === 1) return problem('busy', 503)
      if (number === 2) return problem('outcome_unknown', 503)
      return json({ id: 'hold_1' }, 201)
    })
    const hold = await finish(clock, client.holdSeats('hamlet', { seats: ['A1'] }))
    assert.deepEqual(hold, { id: 'hold_1' })
    assert.equal(sent.length, 4)
    assert.equal(new Set(sent.map(({ key, body, url }) => `${key} ${body} ${url}`)).size, 1)
    assert.match(String(sent[0]?.key), UUID)
    assert.equal(sent[0]?.url, 'http://x/v1/shows/hamlet/holds')
  })

  test('has another key the next time, or the one that was given', async () => {
    const { clock, client, sent } = open(() => json({}))
    await finish(clock, client.holdSeats('hamlet', { seats: ['A1'] }))
    await finish(clock, client.holdSeats('hamlet', { seats: ['A1'] }))
    const options = { idempotencyKey: 'order-2041-attempt-1' }
    await finish(clock, client.bookSeats('hamlet', { seats: ['A1'] }, options))
    assert.notEqual(sent[0]?.key, sent[1]?.key)
    assert.equal(sent[2]?.key, 'order-2041-attempt-1')
  })

  test('has no key when it only reads', async () => {
    const { clock, client, sent } = open(() => json({}), { key: 'secret' })
    await finish(clock, client.getAvailability('a/b'))
    assert.equal(sent[0]?.key, null)
    assert.equal(sent[0]?.headers.get('authorization'), 'Bearer secret')
    assert.equal(sent[0]?.url, 'http://x/v1/shows/a%2Fb/availability')
  })

  test('is given up after so many retries, and says under which key', async () => {
    const { clock, client, sent } = open(
      () => {
        throw new TypeError('fetch failed')
      },
      { retries: 2 },
    )
    const error = await refusalOf(clock, client.bookSeats('hamlet', { seats: ['A1'] }))
    assert.deepEqual([error.code, error.status, sent.length], ['no_answer', 0, 3])
    assert.equal(error.idempotencyKey, sent[0]?.key)
    assert.match(error.message, /fetch failed/)
  })

  test('is cut off when it takes too long, and repeated', async () => {
    const { clock, client, sent } = open((_request, number) =>
      number === 0 ? new Promise<Response>(() => {}) : json({ id: 'hold_1' }),
    )
    const call = client.holdSeats('hamlet', { seats: ['A1'] }, { timeoutMs: 700 })
    assert.deepEqual(await finish(clock, call), { id: 'hold_1' })
    assert.equal(sent.length, 2)
    assert.equal(clock.time, 700)
  })

  test('is not cut off while it is heard, however long it takes', async () => {
    const { clock, client, sent } = open((_request, number) => {
      const parts = number === 0 ? ['{"id":', '"ha', 'mlet"', '}'] : ['{}']
      const pull = async (stream: ReadableStreamDefaultController<Uint8Array>) => {
        const part = parts.shift()
        if (part === undefined) return stream.close()
        await clock.sleep(600, new AbortController().signal)
        stream.enqueue(new TextEncoder().encode(part))
      }
      return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }))
    })
    const heard: string[] = []
    const onPart = (part: string) => heard.push(part)
    const call = client.getShow('hamlet', { timeoutMs: 700, onPart })
    assert.deepEqual(await finish(clock, call), { id: 'hamlet' })
    assert.deepEqual([sent.length, clock.time], [1, 2_400])
    assert.deepEqual(heard, ['{"id":', '"ha', 'mlet"', '}'])
  })

  test('is cut off when its body falls silent', async () => {
    const server = createServer((_request, response) => response.write('{"id":'))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const settings = { server: `http://127.0.0.1:${port}`, timeoutMs: 100, retries: 0 }
    await assert.rejects(createClient(settings).getShow('hamlet'), {
      code: 'no_answer',
      message: /Nothing heard for 100 ms/,
    })
    server.closeAllConnections()
    server.close()
  })

  test('waits as long as the server asks, and a little longer at random', async () => {
    const { clock, client } = open((_request, number) =>
      number === 0 ? problem('busy', 503, { headers: { 'retry-after': '3' } }) : json({}),
    )
    clock.chance = 0.5
    await finish(clock, client.getShow('hamlet'))
    assert.equal(clock.time, 3_125)
  })

  test('does not wait for minutes: who asks for that is believed at once', async () => {
    const { clock, client, sent } = open(() =>
      problem('rate_limited', 429, { headers: { 'retry-after': '600' } }),
    )
    const error = await refusalOf(clock, client.getShow('hamlet'))
    assert.deepEqual([error.code, error.details.retryAfterSeconds], ['rate_limited', 600])
    assert.deepEqual([sent.length, clock.time], [1, 0])
  })

  test('pauses twice as long each time, at random up to a bound', async () => {
    const { clock, client, sent } = open(() => problem('busy', 503), { retries: 7 })
    clock.chance = 0.999999
    const times: number[] = []
    const call = refusalOf(clock, client.getShow('hamlet'))
    for (let turn = 0; turn < 60 && sent.length < 8; turn++) {
      await settle()
      if (times.length < sent.length) times.push(Math.round(clock.time))
    }
    await call
    assert.equal(Math.round(clock.time), 250 + 500 + 1_000 + 2_000 + 4_000 + 5_000 + 5_000)
  })
})

describe('a refusal', () => {
  for (const [code, { status, retryable }] of Object.entries(ERRORS)) {
    test(`${code} is ${retryable ? '' : 'never '}repeated`, async () => {
      const { clock, client, sent } = open(() => problem(code, status))
      const error = await refusalOf(clock, client.bookSeats('hamlet', { seats: ['A1'] }))
      assert.deepEqual([error.code, error.status], [code, status])
      assert.equal(sent.length, retryable ? 5 : 1)
    })
  }

  test('says which seats were in the way, and how to find it in the log', async () => {
    const seats = [{ seat: 'A1', reason: 'held', until: '2030-01-01T00:00:00Z' }]
    const body = { seats, requestId: 'r-1', detail: 'Unavailable: A1.' }
    const { clock, client } = open(() => problem('seats_unavailable', 409, { body }))
    const error = await refusalOf(clock, client.holdSeats('hamlet', { seats: ['A1'] }))
    assert.ok(error.code === 'seats_unavailable')
    assert.deepEqual(error.details.seats, seats)
    assert.deepEqual([error.requestId, error.message], ['r-1', 'Unavailable: A1.'])
  })

  test('of something in between has no code of ours', async () => {
    const page = () => new Response('<h1>Bad gateway</h1>', { status: 502 })
    const { clock, client, sent } = open(page)
    const error = await refusalOf(clock, client.getShow('hamlet'))
    assert.deepEqual([error.code, error.status, sent.length], ['no_answer', 502, 5])
    const wrong = open(() => new Response('Not found', { status: 404 }))
    assert.equal((await refusalOf(wrong.clock, wrong.client.getShow('x'))).status, 404)
    assert.equal(wrong.sent.length, 1)
  })
})

describe('a signal', () => {
  test('ends a call while it is asked, and while it waits', async () => {
    for (const respond of [
      () => new Promise<Response>(() => {}),
      () => problem('busy', 503, { headers: { 'retry-after': '20' } }),
    ]) {
      const { clock, client, sent } = open(respond)
      const abort = new AbortController()
      const call = client.getShow('hamlet', { signal: abort.signal })
      const reason = new Error('The page was left.')
      const rejected = assert.rejects(call, reason)
      await settle()
      abort.abort(reason)
      await rejected
      await clock.advance(60_000)
      assert.equal(sent.length, 1)
    }
  })

  test('that was aborted before means that nothing is asked', async () => {
    const { client, sent } = open(() => json({}))
    await assert.rejects(client.getShow('hamlet', { signal: AbortSignal.abort() }))
    assert.equal(sent.length, 0)
  })
})

describe('a list', () => {
  const respond: Respond = ({ url }) => {
    const page = Number(new URL(url).searchParams.get('cursor') ?? 0)
    return json({ items: [page * 2, page * 2 + 1], next: page < 2 ? String(page + 1) : null })
  }

  test('is one page when awaited, everything when iterated', async () => {
    const { client, sent } = open(respond)
    assert.deepEqual(await client.listSeats('hamlet', { status: 'held', limit: 2 }), {
      items: [0, 1],
      next: '1',
    })
    assert.equal(sent[0]?.url, 'http://x/v1/shows/hamlet/seats?status=held&limit=2')
    const all: unknown[] = []
    for await (const item of client.listSeats('hamlet', { status: 'held' })) all.push(item)
    assert.deepEqual(all, [0, 1, 2, 3, 4, 5])
    assert.match(String(sent.at(-1)?.url), /status=held&cursor=2$/)
  })
})

describe('in whatever order things happen', () => {
  test('every call has one key of its own, and the answer to what it asked', async () => {
    const property = fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.array(fc.constantFrom('lost', 'busy', 'done'), { maxLength: 3 }), {
        minLength: 1,
        maxLength: 4,
      }),
      async (scheduler, fates) => {
        const attempts = new Map<string, number>()
        const done = new Map<string, number>()
        const network = fakeNetwork(({ body, key }) => {
          const { seats } = JSON.parse(body) as { seats: string[] }
          const call = Number(seats[0])
          const attempt = attempts.get(key as string) ?? 0
          attempts.set(key as string, attempt + 1)
          const fate = fates[call]?.[attempt] ?? 'done'
          // The effect happens whether or not the answer arrives.
          if (fate !== 'busy') done.set(key as string, call)
          const answer = async () => {
            if (fate === 'lost') throw new TypeError('fetch failed')
            return fate === 'busy' ? problem('busy', 503) : json({ call, key }, 201)
          }
          return scheduler.schedule(Promise.resolve(), `${call}.${attempt}`).then(answer)
        })
        const clock = { now: () => 0, random: () => 0.5, sleep: sleepBy(scheduler) }
        const client = clientWith({ server: '', fetch: network.fetch }, clock)
        const calls = fates.map((_, call) => client.holdSeats('x', { seats: [String(call)] }))
        const answers = scheduler.waitFor(Promise.all(calls))
        const told = (await answers) as unknown as { call: number; key: string }[]
        assert.deepEqual(
          told.map(({ call }) => call),
          [...fates.keys()],
        )
        assert.equal(attempts.size, fates.length)
        for (const { call, key } of told) assert.equal(done.get(key), call)
      },
    )
    await fc.assert(property, runs('orders of retries', 2_000))
  })
})

/** Pauses end in any order; the limit of an attempt's time is never met. */
function sleepBy(scheduler: fc.Scheduler): (ms: number, signal: AbortSignal) => Promise<void> {
  return (ms) => {
    if (ms >= 12_000) return new Promise(() => {})
    return scheduler.schedule(Promise.resolve(), `pause of ${ms} ms`)
  }
}
