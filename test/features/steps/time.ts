import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { Then, When } from '@cucumber/cucumber'
import type { Statuses } from '../../../src/protocol/index.ts'
import { advanceClock } from '../../support/test-clock.ts'
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

/** In real time, for holds of one second: held until the hold ends, and free from then on. */
async function endInTime(
  world: RowlockWorld,
  asks: Person,
  labels: readonly string[],
  { hold }: Person,
): Promise<void> {
  const order = (await world.seats()).map(({ seat }) => seat)
  let isOver = false
  for (let looks = 0; looks < 1_000 && !isOver; looks++) {
    const { body } = await asks.send('GET', world.inShow('statuses'))
    const { asOf, statuses } = body as unknown as Statuses
    isOver = asOf >= String(hold?.expiresAt)
    const letters = labels.map((label) => statuses[order.indexOf(label)])
    assert.deepEqual(new Set(letters), new Set(isOver ? 'a' : 'h'), asOf)
    await delay(10)
  }
  assert.ok(isOver, 'It does not end.')
}

Then(
  '{seats} is/are held until {owner} hold ends, and free from then on',
  async function (this: RowlockWorld, labels: string[], owner: Person) {
    await endInTime(this, this.onlooker(), labels, owner)
  },
)

Then(
  '{seats} is/are held until {owner} hold ends, and free from then on, says the second server',
  async function (this: RowlockWorld, labels: string[], owner: Person) {
    await endInTime(this, this.person('Bob'), labels, owner)
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
