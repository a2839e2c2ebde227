/** A primary that is killed, a standby that takes over, and an old primary that comes back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rehearseFailover } from '../../scripts/failover/rehearse.ts'

test('a failover loses nothing, and the old primary is not believed', async (t) => {
  const rehearsal = await rehearseFailover()
  if (rehearsal === null) {
    t.skip('there is no PostgreSQL with pg_basebackup here (PG_BIN names one)')
    return
  }
  const { lost, errors, promotedMs, answeredMs, believed, refused, violations } = rehearsal
  assert.deepEqual([lost, errors, violations], [[], [], 0])
  assert.ok(rehearsal.answered >= 600)
  // A second is the promise; a busy machine has more of them.
  assert.ok(answeredMs - promotedMs < 5_000, `${answeredMs} ms, promoted after ${promotedMs} ms`)
  assert.equal(believed, 0)
  assert.ok(refused > 0)
})
