/** Identifiers in their two forms, and how new ones begin. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromPublicId, newTimedUuid, newUuid, toPublicId } from '../../src/protocol/index.ts'

const MINUTE_MS = 60_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

test('an id is the same after the way to a public id and back', () => {
  for (const uuid of [newUuid(), newTimedUuid()]) {
    assert.match(uuid, UUID)
    assert.equal(fromPublicId('hold', toPublicId('hold', uuid)), uuid)
  }
})

test('what is no public id of its kind is none', () => {
  const uuid = newUuid()
  assert.equal(fromPublicId('booking', toPublicId('hold', uuid)), null)
  const hex = uuid.replaceAll('-', '')
  for (const id of [uuid, `hold_${hex}0`, `hold_${hex.slice(1)}`, `hold_${hex.slice(1)}G`]) {
    assert.equal(fromPublicId('hold', id), null)
  }
})

test('ids of later minutes come after those of earlier ones', () => {
  const minutes = [0, 1, 255, 256, 65_535]
  const ids = minutes.map((minute) => newTimedUuid(minute * MINUTE_MS + 59_999))
  assert.deepEqual(ids, ids.toSorted())
  assert.deepEqual(
    ids.map((id) => id.slice(0, 4)),
    ['0000', '0001', '00ff', '0100', 'ffff'],
  )
})

test('after 65,536 minutes they begin anew', () => {
  assert.equal(newTimedUuid(65_536 * MINUTE_MS).slice(0, 4), '0000')
  assert.equal(newTimedUuid((3 * 65_536 + 2) * MINUTE_MS).slice(0, 4), '0002')
})

test('every bit behind the minute is random', () => {
  // That 200 ids agree in one of 112 random bits happens once in 10^58 runs.
  const ids = Array.from({ length: 200 }, () => BigInt(`0x${newTimedUuid(0).replaceAll('-', '')}`))
  const set = ids.reduce((some, id) => some | id)
  const clear = ids.reduce((some, id) => some | ~id, 0n)
  assert.equal(set & clear & (2n ** 128n - 1n), 2n ** 112n - 1n)
})
