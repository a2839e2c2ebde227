import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import type { Tagged } from '../../src/engine/index.ts'
import { matches, tagged } from '../../src/server/answers.ts'
import { encodingFor, WrittenAnswers } from '../../src/server/written-answers.ts'
import { useServer } from './use-server.ts'

const { asOperator, asShopper, createShow, send, server } = await useServer('caching')
const { app } = server

describe('reads that carry a tag', () => {
  for (const read of ['availability', 'statuses', 'map']) {
    test(`${read} answers 304 until something changes`, async () => {
      const show = await createShow()
      const url = `/v1/shows/${show}/${read}`
      const first = await asShopper('GET', url)
      const etag = String(first.headers.etag)
      assert.match(etag, /^(W\/)?"[\x21\x23-\x7e]+"$/)
      assert.equal(first.headers['cache-control'], 'no-cache')
      for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const headers = { 'if-none-match': header }
        const same = await send({ method: 'GET', url, headers })
        assert.deepEqual([same.status, same.text], [304, ''], header)
        assert.deepEqual([same.headers.etag, same.headers['cache-control']], [etag, 'no-cache'])
        const length = same.headers['content-length'] ?? first.headers['content-length']
        assert.equal(length, first.headers['content-length'], 'the length of what is not sent')
      }
      await asShopper('POST', `/v1/shows/${show}/bookings`, { seats: ['A1'] })
      await asOperator('POST', `/v1/shows/${show}/seats`, { seats: ['Z1'] })
      const changed = await send({ method: 'GET', url, headers: { 'if-none-match': etag } })
      assert.equal(changed.status, 200)
      assert.notEqual(changed.headers.etag, etag)
    })
  }

  test("a map of a venue's plan may be kept for ever", async () => {
    const venue = (await asOperator('POST', '/v1/venues', { name: 'Globe' })).body.id
    const grid = { source: { rows: 'A-B', seatsPerRow: 3 } }
    const plan = (await asOperator('POST', `/v1/venues/${venue}/plans`, grid)).body.id
    const show = await createShow({ seats: undefined, plan })
    const map = await asShopper('GET', `/v1/shows/${show}/map`)
    assert.equal(map.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(map.body.show, show)
  })

  test('a plan in numbers answers 304 until it has more seats', async () => {
    const show = await createShow()
    const { plan } = (await asShopper('GET', `/v1/shows/${show}`)).body
    const url = `/v1/plans/${plan}`
    const etag = String((await asShopper('GET', url)).headers.etag)
    const headers = { 'if-none-match': etag }
    assert.equal((await send({ method: 'GET', url, headers })).status, 304)
    await asOperator('POST', `/v1/shows/${show}/seats`, { seats: ['Z1'] })
    const changed = await send({ method: 'GET', url, headers })
    assert.equal(changed.status, 200)
    assert.notEqual(changed.headers.etag, etag)
  })

  test('everything else is not to be kept', async () => {
    const show = await createShow()
    const hold = await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A1'] })
    assert.equal(hold.headers['cache-control'], 'no-store')
    const seats = await asShopper('GET', `/v1/shows/${show}/seats`)
    assert.equal(seats.headers['cache-control'], 'no-store')
  })
})

describe('tags', () => {
  const cases: readonly [string | undefined, boolean][] = [
    [undefined, false],
    ['', false],
    ['"1.2"', true],
    ['W/"1.2"', true],
    ['"a", W/"1.2"', true],
    ['*', true],
    ['1.2', false],
    ['"1.20"', false],
    ['w/"1.2"', false],
    [','.repeat(1_000), false],
  ]
  for (const [header, expected] of cases) {
    test(`${header?.slice(0, 20)} ${expected ? 'names' : 'does not name'} "1.2"`, () => {
      assert.equal(matches(header, '"1.2"'), expected)
      assert.equal(matches(header, 'W/"1.2"'), expected)
    })
  }

  test('what the caller has already is not even read', () => {
    const reply = { code: () => reply, header: () => reply }
    const answer: Tagged<string> = {
      etag: '"7"',
      read: () => assert.fail('it was read'),
    }
    assert.equal(tagged({ headers: { 'if-none-match': '"7"' } }, reply, answer), undefined)
  })
})

describe('written answers', () => {
  test('are written once for all who ask, and the oldest make room', async () => {
    const answers = new WrittenAnswers()
    let readCount = 0
    const read = async (name: string, length: number) => {
      const { bytes } = await answers.get(name, 'identity', () => {
        readCount += 1
        return JSON.stringify({ name: 'x'.repeat(length) })
      })
      return bytes
    }
    const [bytes, same] = await Promise.all([read('one', 10), read('one', 10)])
    assert.equal(String(bytes), '{"name":"xxxxxxxxxx"}')
    assert.equal(same, bytes)
    assert.equal(readCount, 1)
    await read('two', 20_000_000)
    await read('one', 10)
    await read('three', 20_000_000)
    assert.equal(readCount, 3)
    await read('one', 10)
    assert.equal(readCount, 3)
    await read('two', 10)
    assert.equal(readCount, 4)
  })

  test('are bounded in number, however short they are', async () => {
    const answers = new WrittenAnswers()
    let readCount = 0
    const read = (name: string) => answers.get(name, 'br', () => String(++readCount))
    for (let number = 0; number < 40_000; number++) await read(`page ${number}`)
    await read('page 39999')
    assert.equal(readCount, 40_000)
    await read('page 0')
    assert.equal(readCount, 40_001)
  })

  test('are packed as the caller takes them, unless they are short', async () => {
    const answers = new WrittenAnswers()
    const long = () => 'x'.repeat(50_000)
    const plain = Buffer.from(long())
    const identity = await answers.get('long', 'identity', long)
    const gzip = await answers.get('long', 'gzip', long)
    const br = await answers.get('long', 'br', long)
    assert.deepEqual(identity, { encoding: 'identity', bytes: plain })
    assert.deepEqual([gzip.encoding, br.encoding], ['gzip', 'br'])
    assert.deepEqual(gunzipSync(gzip.bytes), plain)
    assert.deepEqual(brotliDecompressSync(br.bytes), plain)
    const short = await answers.get('short', 'br', () => 'x')
    assert.deepEqual(short, { encoding: 'identity', bytes: Buffer.from('x') })
  })

  for (const [accepted, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['GZIP, identity', 'identity'],
    [undefined, 'identity'],
  ] as const) {
    test(`go as ${encoding} to who takes ${accepted}`, () => {
      assert.equal(encodingFor(accepted), encoding)
    })
  }
})

describe('answers of a kilobyte or more', () => {
  const ENCODED = { 'accept-encoding': 'gzip, br' }

  test('are packed for whoever takes that, and are the same for who does not', async () => {
    const show = await createShow({ seats: { rows: 'A-Z', seatsPerRow: 40 } })
    for (const read of ['map', 'seats', 'statuses']) {
      const url = `/v1/shows/${show}/${read}`
      const plain = await send({ method: 'GET', url })
      const { headers, rawPayload } = await app.inject({ method: 'GET', url, headers: ENCODED })
      assert.equal(plain.headers['content-encoding'], undefined)
      assert.equal(headers['content-encoding'], 'br', read)
      assert.match(String(headers.vary), /accept-encoding/i)
      assert.equal(headers.etag, plain.headers.etag)
      assert.ok(rawPayload.length * 3 < plain.text.length, read)
      const text = brotliDecompressSync(rawPayload).toString()
      assert.deepEqual(withoutTime(text), withoutTime(plain.text))
    }
  })

  test('and are current, whatever was packed before', async () => {
    const show = await createShow({ seats: { rows: 'A-Z', seatsPerRow: 40 } })
    const booked = async (query: string) => {
      const url = `/v1/shows/${show}/seats?${query}`
      const { headers, rawPayload } = await app.inject({ method: 'GET', url, headers: ENCODED })
      const isPacked = headers['content-encoding'] === 'br'
      const { items } = JSON.parse(String(isPacked ? brotliDecompressSync(rawPayload) : rawPayload))
      return (items as { seat: string; status: string }[])
        .filter(({ status }) => status === 'booked')
        .map(({ seat }) => seat)
    }
    const queries = ['limit=1000', 'status=booked', 'limit=5', 'seats=A1,A2,B7']
    for (const seat of ['A1', 'A2']) {
      const before = await Promise.all(queries.map(booked))
      const again = await Promise.all(queries.map(booked))
      assert.deepEqual(again, before)
      await asShopper('POST', `/v1/shows/${show}/bookings`, { seats: [seat] })
      for (const query of queries) assert.ok((await booked(query)).includes(seat), query)
    }
  })

  test('but not those of commands, whose callers wait for them', async () => {
    const show = await createShow({ seats: { rows: 'A', seatsPerRow: 10 } })
    const payload = { seats: Array.from({ length: 10 }, (_, index) => `A${index + 1}`) }
    const url = `/v1/shows/${show}/holds`
    const answer = await app.inject({ method: 'POST', url, headers: ENCODED, payload })
    assert.equal(answer.statusCode, 201)
    assert.ok(answer.rawPayload.length > 1_024)
    assert.equal(answer.headers['content-encoding'], undefined)
  })

  test('but not small ones', async () => {
    const url = `/v1/shows/${await createShow()}/availability`
    const { headers } = await app.inject({ method: 'GET', url, headers: ENCODED })
    assert.equal(headers['content-encoding'], undefined)
  })

  test('and what callers send is not unpacked', async () => {
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' }
    const payload = gzipSync('{"seats":["A1"]}')
    const url = `/v1/shows/${await createShow()}/holds`
    const { statusCode } = await app.inject({ method: 'POST', url, headers, payload })
    assert.equal(statusCode, 400)
  })
})

/** Two reads are of two moments. */
function withoutTime(text: string): unknown {
  return { ...JSON.parse(text), asOf: null }
}
