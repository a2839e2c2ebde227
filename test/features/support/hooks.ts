import assert from 'node:assert/strict'
import { After, Before } from '@cucumber/cucumber'
import type pg from 'pg'
import { setClock } from '../../support/test-clock.ts'
import { stage } from './stage.ts'
import type { RowlockWorld } from './world.ts'

Before(async () => {
  await setClock(stage().owner, null)
})

/** Checks every promise that can be read off a scenario's show, whatever the scenario did. */
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
  const { rows: shows } = await owner.query<{ show_id: string }>(
    'select show_id from rowlock.shows where key = $1',
    [showKey],
  )
  const [show] = shows
  if (show === undefined) return []
  const { rows } = await owner.query(
    'select found.promise, found.rule, found.detail from rowlock.violations($1) as found',
    [show.show_id],
  )
  return rows
}
