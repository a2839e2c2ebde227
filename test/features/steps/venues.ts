import assert from 'node:assert/strict'
import { Given, Then, When } from '@cucumber/cucumber'
import { newUuid, toPublicId } from '../../../src/protocol/index.ts'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

Given('a venue', async function (this: RowlockWorld) {
  const body = { name: this.uniqueKey('venue') }
  this.venueId = String(expectDone(await this.boxOffice.send('POST', '/v1/venues', body)).id)
})

Given('the venue is one that does not exist', function (this: RowlockWorld) {
  this.venueId = toPublicId('venue', newUuid())
})

When(
  '{person} creates the venue {string} in {string}',
  async function (this: RowlockWorld, person: Person, name: string, timeZone: string) {
    await person.send('POST', '/v1/venues', { name, timeZone })
  },
)

When(
  '{person} creates the venue {string} under the key {string}',
  async function (this: RowlockWorld, person: Person, name: string, key: string) {
    await person.send('POST', '/v1/venues', { name }, { key: this.keyOf(key) })
  },
)

Then(
  'the venue is found under its id and in the list of venues',
  async function (this: RowlockWorld) {
    const venue = this.boxOffice.lastAnswer.body
    const onlooker = this.onlooker()
    const found = expectDone(await onlooker.send('GET', `/v1/venues/${venue.id}`))
    assert.deepEqual(found, venue)
    const listed: unknown[] = []
    let next: unknown = null
    do {
      const cursor = next === null ? '' : `&cursor=${next}`
      const page = expectDone(await onlooker.send('GET', `/v1/venues?limit=1000${cursor}`))
      listed.push(...(page.items as { id: string }[]).map(({ id }) => id))
      next = page.next
    } while (next !== null)
    assert.ok(listed.includes(venue.id))
  },
)
