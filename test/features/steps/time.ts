import assert from 'node:assert/strict'
import { Then, When } from '@cucumber/cucumber'
import type { Seat } from '../../../src/protocol/index.ts'
import { advanceClock } from '../../support/test-clock.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/person.ts'
import { stage } from '../support/stage.ts'
import type { RowlockWorld } from '../support/world.ts'

/** The database's clock moves; nobody waits. */
When('{duration} pass(es)', async function (this: RowlockWorld, seconds: number) {
  await advanceClock(stage().owner, seconds)
  this.passedSeconds += seconds
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

Then(
  '{seats} is/are {status} within {duration}, says the second server',
  async function (this: RowlockWorld, labels: string[], status: string, seconds: number) {
    const bob = this.person('Bob')
    await eventually(seconds * 1000, async () => {
      const { body } = await bob.send('GET', this.inShow('seats'))
      const seats = (body.items as Seat[]).filter(({ seat }) => labels.includes(seat))
      assert.ok(seats.length > 0 && seats.every((seat) => seat.status === status))
    })
  },
)

When(
  '{person} asks for more time every {duration}, until she is refused',
  async function (this: RowlockWorld, person: Person, seconds: number) {
    const path = this.inShow(`holds/${person.hold?.id}/extend`)
    for (let presses = 0; presses < 100; presses++) {
      await advanceClock(stage().owner, seconds)
      this.passedSeconds += seconds
      const answer = await person.send('POST', path)
      if (answer.status !== 200) return
    }
    assert.fail('It goes on for ever.')
  },
)

Then(
  '{seats} is/are {status} after {duration} in all',
  async function (this: RowlockWorld, labels: string[], status: string, seconds: number) {
    assert.ok(this.passedSeconds < seconds)
    await advanceClock(stage().owner, seconds - this.passedSeconds)
    for (const seat of await this.seats()) {
      if (labels.includes(seat.seat)) assert.equal(seat.status, status)
    }
  },
)
