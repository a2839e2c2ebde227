import assert from 'node:assert/strict'
import { After, Before } from '@cucumber/cucumber'
import type pg from 'pg'
import { setClock } from '../../support/test-clock.ts'
import { stage } from './stage.ts'
import type { RowlockWorld } from './world.ts'

Before(async () => {
  await setClock(stage().owner, null)
})

/** Whatever a scenario did, every promise that can be read off its show holds. */
After(async function (this: RowlockWorld, { result }) {
  const owner = this.own?.owner ?? stage().owner
  try {
    if (this.showKey === '' || result?.status !== 'PASSED') return
    assert.deepEqual(await brokenPromises(owner, this.showKey), [])
  } finally {
    await this.own?.close()
  }
})

async function brokenPromises(owner: pg.Pool, showKey: string): Promise<unknown[]> {
  const { rows } = await owner.query(
    `select broken.promise, broken.rule, broken.detail
     from rowlock.shows as show
     cross join lateral rowlock.violations(show.show_id) as broken
     where show.key = $1`,
    [showKey],
  )
  return rows
}
