import assert from 'node:assert/strict'
import { Then, When } from '@cucumber/cucumber'
import { advanceClock } from '../../support/test-clock.ts'
import { eventually } from '../support/eventually.ts'
import { stage } from '../support/stage.ts'
import type { RowlockWorld } from '../support/world.ts'

/** The database's clock moves; nobody waits. */
When('{duration} pass(es)', async function (this: RowlockWorld, seconds: number) {
  await advanceClock(stage().owner, seconds)
})

When('the clock jumps back by {duration}', async function (this: RowlockWorld, seconds: number) {
  await advanceClock(stage().owner, -seconds)
})

/** Real time, for holds of one second. */
Then(
  '{seats} is/are {status} within {duration}',
  async function (this: RowlockWorld, labels: string[], status: string, seconds: number) {
    await eventually(seconds * 1000, async () => {
      const seats = (await this.seats()).filter(({ seat }) => labels.includes(seat))
      assert.ok(seats.length > 0 && seats.every((seat) => seat.status === status))
    })
  },
)
