/** Requests that are the same: what the kernel is told of a client's idempotency key. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fingerprint, identifyWrite } from '../../src/calls/index.ts'
import { by } from '../support/engines.ts'
import { runs } from '../support/runs.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const BODY = { seats: ['A1', 'A2'], holdSeconds: 60 }

function identity(name: string, key: string | null, path = ['show'], body: unknown = BODY) {
  return identifyWrite(by(name, key), 'holdSeats', path, body)
}

test('the same request under the same key is the same on every server', () => {
  const one = identity('Alice', 'key')
  assert.deepEqual(one, identity('Alice', 'key'))
  assert.match(one.requestId, UUID)
  assert.match(one.fingerprint, UUID)
  assert.ok(one.isKeyed)
})

test('a key belongs to its caller', () => {
  const ids = [identity('Alice', 'key'), identity('Bob', 'key'), identity('Alice', 'yek')]
  assert.equal(new Set(ids.map(({ requestId }) => requestId)).size, 3)
})

test('a name and a key cannot be shifted into another name and key', () => {
  const pairs = [
    ['Alice', '","key'],
    ['Alice","', 'key'],
    ['Alice"', ',"key'],
    ['', 'Alicekey'],
    ['Alicekey', ''],
  ] as const
  const ids = pairs.map(([name, key]) => identity(name, key).requestId)
  assert.equal(new Set(ids).size, pairs.length)
})

test('another path, body or operation under the same key has another fingerprint', () => {
  const others = [
    identity('Alice', 'key'),
    identity('Alice', 'key', ['another show']),
    identity('Alice', 'key', ['show', 'hold']),
    identity('Alice', 'key', ['show'], { ...BODY, holdSeconds: 61 }),
    identity('Alice', 'key', ['show'], { ...BODY, seats: ['A2', 'A1'] }),
    identity('Alice', 'key', ['show'], {}),
    identifyWrite(by('Alice', 'key'), 'bookSeats', ['show'], BODY),
  ]
  assert.equal(new Set(others.map(({ requestId }) => requestId)).size, 1)
  assert.equal(new Set(others.map((one) => one.fingerprint)).size, others.length)
})

test('without a key every request is another one', () => {
  const [one, two] = [identity('Alice', null), identity('Alice', null)]
  assert.notEqual(one.requestId, two.requestId)
  assert.notEqual(one.fingerprint, two.fingerprint)
  assert.equal(one.isKeyed, false)
})

test('the order of fields does not matter, everything else does', () => {
  const reversed = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(reversed)
    const fields = Object.entries(value).toReversed()
    return Object.fromEntries(fields.map(([name, field]) => [name, reversed(field)]))
  }
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, two) => {
      assert.equal(fingerprint(one), fingerprint(reversed(one)))
      const isSame = sorted(one) === sorted(two)
      assert.equal(fingerprint(one) === fingerprint(two), isSame)
    }),
    runs('fingerprints', 100),
  )
})

/** JSON with fields in order; written otherwise than the code under test does it. */
function sorted(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`
  const fields = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${sorted((value as Record<string, unknown>)[name])}`)
  return `{${fields.join()}}`
}
