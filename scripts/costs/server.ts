/** A server whose processor time is asked for: `npm run costs` forks it. */
import { createTestDatabase } from '../../test/support/database.ts'
import { listen } from '../../test/support/servers.ts'

const MANY = 1_000_000_000
const database = await createTestDatabase('costs')
const server = await listen(database, {
  limits: {
    requests: { anonymous: MANY, user: MANY, partner: MANY, boxOffice: MANY },
    pages: MANY,
    readsPerClient: MANY,
    failedCredentials: MANY,
    heldSeatsMax: MANY,
    streamsPerClient: MANY,
  },
})

/** Microseconds of the process with all its threads, and of the thread that serves. */
function spent(): { all: number; serving: number } {
  const all = process.cpuUsage()
  const serving = process.threadCpuUsage()
  return { all: all.user + all.system, serving: serving.user + serving.system }
}

process.on('message', async (message) => {
  if (message === 'spent') return process.send?.(spent())
  await server.close()
  await database.drop()
  process.disconnect()
})
process.send?.({ url: server.url })
