import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useTestDatabase } from '../support/database.ts'
import { useListening } from '../support/servers.ts'

const { operator, shopper } = await useListening(await useTestDatabase('system'))

test('an operator sees how the server is, and what it has refused', async () => {
  const before = await operator.getSystem()
  assert.equal(before.version, '1.2.3')
  assert.deepEqual([before.database.reachable, before.database.migrated], [true, true])
  assert.equal(before.database.role, 'primary')
  assert.ok((before.database.timeline ?? 0) >= 1)
  assert.equal(before.database.pool.max, 4)
  assert.deepEqual(before.database.failures, [])
  assert.deepEqual(before.engine.waits, { count: 0, seconds: 0 })
  assert.ok(before.memoryBytes > 10_000_000)
  assert.ok(Date.parse(before.startedAt) <= Date.now())
  await assert.rejects(shopper.getShow('no-such-show'))
  await assert.rejects(shopper.getShow('no-such-show'))
  const after = await operator.getSystem()
  assert.ok(after.requests >= before.requests + 3)
  assert.deepEqual(after.refusals, [{ code: 'show_unknown', count: 2 }])
})

test('nobody else does', async () => {
  await assert.rejects(shopper.getSystem(), { code: 'unauthenticated' })
})
