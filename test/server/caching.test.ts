import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Tagged } from '../../src/engine/index.ts'
import type { SeatMap } from '../../src/protocol/index.ts'
import { matches, tagged } from '../../src/server/answers.ts'
import { SerializedMaps } from '../../src/server/serialized-maps.ts'
import { useServer } from './use-server.ts'

const { asOperator, asShopper, createShow, send } = await useServer('caching')

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

describe('written maps', () => {
  let readCount = 0
  const mapOf = (etag: string, length: number): Tagged<SeatMap> => ({
    etag,
    read: () => {
      readCount += 1
      return { name: 'x'.repeat(length) } as SeatMap
    },
  })

  test('are written once for all who ask, and the oldest make room', () => {
    const maps = new SerializedMaps()
    const text = maps.textOf('one', mapOf('"1"', 10)).read()
    assert.equal(text, '{"name":"xxxxxxxxxx"}')
    assert.equal(maps.textOf('one', mapOf('"1"', 10)).read(), text)
    assert.equal(readCount, 1)
    maps.textOf('two', mapOf('"1"', 20_000_000)).read()
    maps.textOf('one', mapOf('"1"', 10)).read()
    maps.textOf('three', mapOf('"1"', 20_000_000)).read()
    assert.equal(readCount, 3)
    maps.textOf('one', mapOf('"1"', 10)).read()
    assert.equal(readCount, 3)
    maps.textOf('two', mapOf('"1"', 10)).read()
    assert.equal(readCount, 4)
  })
})
