/** A server whose processor time is asked for: `npm run costs` forks it. */
import { readdirSync, readFileSync } from 'node:fs'
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
    heldSeatsMax: null,
    streamsPerClient: MANY,
  },
})

/** Microseconds of the process with all its threads and children, and of the serving thread. */
function spent(): { all: number; serving: number } {
  const all = process.cpuUsage()
  const serving = process.threadCpuUsage()
  return {
    all: all.user + all.system + childrenSpent(),
    serving: serving.user + serving.system,
  }
}

/** Nanoseconds of every thread of a child that was seen; its time stays spent when it has ended. */
const seen = new Map<string, number>()

/**
 * Reads what child processes have spent, because plans are worked on in one. Linux counts the time
 * of each of its threads.
 */
function childrenSpent(): number {
  for (const child of childrenOf('self')) {
    for (const task of readIn(child, namesIn, [])) {
      const path = `${child}/${task}/schedstat`
      const now = Number(readIn(path, textOf, '0').split(' ')[0])
      seen.set(path, Math.max(now, seen.get(path) ?? 0))
    }
  }
  return [...seen.values()].reduce((sum, time) => sum + time, 0) / 1_000
}

function childrenOf(process: string): string[] {
  const tasks = readIn(`/proc/${process}/task`, namesIn, [])
  return tasks
    .flatMap((task) => readIn(`/proc/${process}/task/${task}/children`, textOf, '').split(' '))
    .flatMap((child) => (child.trim() === '' ? [] : `/proc/${child.trim()}/task`))
}

const namesIn = (path: string): string[] => readdirSync(path)
const textOf = (path: string) => readFileSync(path, 'utf8')

/** Threads end while one looks at them. */
function readIn<Value>(path: string, read: (path: string) => Value, missing: Value): Value {
  try {
    return read(path)
  } catch {
    return missing
  }
}

process.on('message', async (message) => {
  if (message === 'spent') return process.send?.(spent())
  await server.close()
  await database.drop()
  process.disconnect()
})
process.send?.({ url: server.url })
