/** Requests that are watched until they are answered, and not a moment longer. */
import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { getHeapSpaceStatistics } from 'node:v8'
import fastify from 'fastify'
import { HttpConnection, toRequest } from '../../rig/index.ts'
import { watchInFlight } from '../../src/server/in-flight.ts'

const CONNECTIONS = 100
const REQUEST = toRequest('GET', '/', { host: 'x' }, null)

/** Bytes that have outlived collections of young garbage, and wait for a full one. */
function oldBytes(): number {
  const spaces = getHeapSpaceStatistics()
  return spaces.find(({ space_name: name }) => name === 'old_space')?.space_used_size ?? 0
}

test('an answered request goes with the young garbage', async (t) => {
  const app = fastify()
  t.after(() => app.close())
  const inFlight = watchInFlight(app)
  let most = 0
  app.get('/', async () => {
    most = Math.max(most, inFlight.count)
    await delay(5)
    return 'served'
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => HttpConnection.open({ host: '127.0.0.1', port })),
  )
  t.after(() => {
    for (const connection of connections) connection.close()
  })

  /** Bytes that a request leaves behind. */
  async function visits(each: number): Promise<number> {
    const before = oldBytes()
    await Promise.all(
      connections.map(async (connection) => {
        for (let n = 0; n < each; n++) await connection.send(REQUEST)
      }),
    )
    return (oldBytes() - before) / (each * CONNECTIONS)
  }

  await visits(20)
  // A full collection may come at any time, and would hide one of them.
  const left = [await visits(40), await visits(40), await visits(40)]
  assert.ok(most > CONNECTIONS / 2, `${most} at once`)
  assert.equal(inFlight.count, 0)
  // About 100 now, and 1,700 when all of them were in one set.
  assert.ok(Math.max(...left) < 500, `${left.map(Math.round).join(', ')} bytes a request`)
})
