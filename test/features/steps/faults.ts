import assert from 'node:assert/strict'
import { Given, Then, When } from '@cucumber/cucumber'
import { LIMITS } from '../../../src/protocol/index.ts'
import { cutConnections } from '../support/cut-connections.ts'
import { type OwnDatabase, startOwnDatabase } from '../support/own-database.ts'
import type { Person } from '../support/person.ts'
import type { RowlockWorld } from '../support/world.ts'

/** Making a cluster takes a second or two, on a slow machine more. */
const OWN_MS_MAX = 60_000
const slow = { timeout: OWN_MS_MAX }

function ownOf(world: RowlockWorld): OwnDatabase {
  assert.ok(world.own, 'The scenario has no PostgreSQL of its own.')
  return world.own
}

Given('a server on a PostgreSQL of its own', slow, async function (this: RowlockWorld) {
  this.own = await startOwnDatabase()
  this.firstServerUrl = this.own.server.url
  this.secondServerUrl = this.own.server.url
  for (const person of this.people.values()) person.serverUrl = this.firstServerUrl
})

Given('its PostgreSQL is stopped', slow, async function (this: RowlockWorld) {
  await ownOf(this).stopPostgres()
})

When('its PostgreSQL is killed', function (this: RowlockWorld) {
  ownOf(this).killPostgres()
})

When(
  'the server is stopped, migrated and started again',
  slow,
  async function (this: RowlockWorld) {
    const { url } = await ownOf(this).restartServer()
    this.firstServerUrl = url
    for (const person of this.people.values()) person.serverUrl = url
  },
)

When('every connection to the database is cut', async function (this: RowlockWorld) {
  assert.ok((await cutConnections()) > 0)
})

Then(
  '{person} is told yes, within the deadline of a request',
  function (this: RowlockWorld, person: Person) {
    assert.equal(person.lastAnswer.status, 201, JSON.stringify(person.lastAnswer.body))
    assert.ok(person.waitedMs < LIMITS.deadlineMs, `It took ${person.waitedMs} ms.`)
  },
)

Then('there is/are still {int} show(s)', async function (this: RowlockWorld, count: number) {
  const answer = await this.onlooker().send('GET', '/v1/shows')
  assert.equal((answer.body.items as unknown[]).length, count)
})
