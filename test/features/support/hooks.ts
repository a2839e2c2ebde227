import assert from 'node:assert/strict'
import { After, Before } from '@cucumber/cucumber'
import { setClock } from '../../support/test-clock.ts'
import { stage } from './stage.ts'
import type { RowlockWorld } from './world.ts'

Before(async () => {
  await setClock(stage().owner, null)
})

/** Whatever a scenario did, every promise that can be read off its show holds. */
After(async function (this: RowlockWorld, { result }) {
  for (const end of this.endings.reverse()) await end()
  for (const server of this.ownServers) await server.close()
  if (this.showKey === '' || result?.status !== 'PASSED') return
  const { rows } = await stage().owner.query(
    `select broken.promise, broken.rule, broken.detail
     from rowlock.shows as show
     cross join lateral rowlock.violations(show.show_id) as broken
     where show.key = $1`,
    [this.showKey],
  )
  assert.deepEqual(rows, [], 'The scenario left the show with broken promises.')
})
