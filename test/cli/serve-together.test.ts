import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ShowList, VenueList } from '../../src/protocol/index.ts'
import { environmentOf, rowlock, startServer } from '../support/command-line.ts'
import { createEmptyDatabase, useTestDatabase } from '../support/database.ts'
import { atEnd } from '../support/embedded.ts'

const database = await useTestDatabase('cli serve')

describe('several servers on one database', () => {
  it('that start at once migrate it once and load the demonstration once', async (t) => {
    const empty = await createEmptyDatabase('cli together')
    const environment = { ...environmentOf(empty), ROWLOCK_DEMO: 'true' }
    atEnd(t, () => empty.drop())
    const servers = await Promise.all([1, 2, 3].map(() => startServer(t, environment)))
    for (const { url } of servers) {
      const venues = (await (await fetch(`${url}/v1/venues`)).json()) as VenueList
      assert.deepEqual(venues.items.map(({ name }) => name).sort(), ['Demo cinema', 'Demo theatre'])
      const shows = (await (await fetch(`${url}/v1/shows`)).json()) as ShowList
      assert.equal(shows.items.length, 7)
      assert.equal(new Set(shows.items.map(({ plan }) => plan)).size, 2)
    }
    assert.equal((await rowlock(['check'], environment)).code, 0)
    const codes = await Promise.all(servers.map((server) => server.end('SIGTERM')))
    assert.deepEqual(codes, [0, 0, 0])
  })

  it('each make up a key of their own, and use the configured one when there is one', async (t) => {
    const made = await startServer(t, environmentOf(database))
    assert.match(made.operatorKey ?? '', /^rlk_\S{32}$/)
    assert.equal(made.demoShow, null)
    const key = 'a-key-of-our-own'
    const set = await startServer(t, { ...environmentOf(database), ROWLOCK_OPERATOR_KEY: key })
    assert.equal(set.operatorKey, null)
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ name: 'Hall' })
    const created = await fetch(`${set.url}/v1/venues`, { method: 'POST', headers, body })
    assert.equal(created.status, 201)
    assert.ok(!set.log().includes(key))
  })

  it('serve as a user who owns nothing, when the owner migrates', async (t) => {
    const environment = {
      ...environmentOf(database),
      DATABASE_URL: database.serverUrl,
      ROWLOCK_MIGRATION_URL: database.ownerUrl,
      ROWLOCK_DEMO: 'true',
    }
    const { url } = await startServer(t, environment)
    assert.equal((await fetch(`${url}/health/ready`)).status, 200)
  })

  it('answer what was asked before they were told to stop', async (t) => {
    const server = await startServer(t, environmentOf(database))
    const answers = Array.from({ length: 20 }, () => fetch(`${server.url}/v1/venues`))
    const first = await answers[0]
    assert.equal(first?.status, 200)
    const code = server.end('SIGTERM')
    const all = await Promise.allSettled(answers)
    assert.equal(await code, 0)
    for (const answer of all) {
      if (answer.status === 'fulfilled') assert.equal(answer.value.status, 200)
    }
  })
})
