/** Several server processes behind one port: `rowlock serve --workers`. */
import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { pauseAfter } from '../../src/cli/serve/workers/crew.ts'
import { Gathering } from '../../src/cli/serve/workers/gathering.ts'
import { environmentOf, type RunningServer, rowlock, startServer } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'

const OPERATOR_KEY = 'operator-key-of-workers'
const database = await useTestDatabase('cli workers')
const environment = { ...environmentOf(database), ROWLOCK_OPERATOR_KEY: OPERATOR_KEY }
const TWO = ['serve', '--workers', '2']
const SEATS = Array.from({ length: 20 }, (_, index) => `A${index + 1}`)

interface Answer<Body> {
  readonly status: number
  readonly body: Body
}

/** One connection, so one worker: whoever accepted it answers all that is asked on it. */
class Line {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  async ask<Body>(path: string, body?: object): Promise<Answer<Body>> {
    const sent = request(this.#url + path, {
      agent: this.#agent,
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' },
    })
    const answered = new Promise<Answer<Body>>((resolve, reject) => {
      sent.on('error', reject)
      sent.on('response', async (response) => {
        const answer = await text(response)
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer) as Body })
      })
    })
    sent.end(body && JSON.stringify(body))
    return answered
  }

  async worker(): Promise<number> {
    return (await this.ask<{ worker: { number: number } }>('/health')).body.worker.number
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** A line to each of the two workers. */
async function linesTo(t: TestContext, { url }: RunningServer): Promise<[Line, Line]> {
  const lines = new Map<number, Line>()
  t.after(() => {
    for (const line of lines.values()) line.close()
  })
  return await until('a line to each worker', async () => {
    const line = new Line(url)
    const number = await line.worker()
    if (lines.has(number)) line.close()
    else lines.set(number, line)
    const [one, two] = [lines.get(1), lines.get(2)]
    return one !== undefined && two !== undefined ? [one, two] : null
  })
}

async function createShow(line: Line, key: string): Promise<string> {
  const body = { key, title: key, startsAt: '2030-01-01T20:00:00Z', seats: SEATS }
  assert.equal((await line.ask('/v1/shows', body)).status, 201)
  return `/v1/shows/${key}`
}

/** Seats that were held, by worker, as Prometheus is told. */
async function heldOf({ url }: RunningServer): Promise<number[]> {
  const figures = await (await fetch(`${url}/metrics`)).text()
  const pattern =
    /^rowlock_http_requests_total\{operation="holdSeats",status="201",worker="\d"\} (\d+)$/gm
  return [...figures.matchAll(pattern)].map(([, count]) => Number(count))
}

/** Reads the pids from the log: each worker says once that it listens. */
function workerPids(server: RunningServer): number[] {
  const lines = server.log().trim().split('\n')
  return lines
    .map((line) => JSON.parse(line) as { pid: number; msg: string })
    .filter(({ msg }) => msg.startsWith('Server listening'))
    .map(({ pid }) => pid)
}

async function untilGone(pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    await until('the worker to be gone', async () => {
      try {
        process.kill(pid, 0)
        return null
      } catch {
        return true
      }
    })
  }
}

describe('two workers', () => {
  it('sell a seat once, count apart, and stop in order', async (t) => {
    const server = await startServer(t, environment, TWO)
    const [one, two] = await linesTo(t, server)
    const show = await createShow(one, 'once')
    for (const seat of SEATS) {
      const answers = [one, two].map((line) => line.ask(`${show}/holds`, { seats: [seat] }))
      const statuses = (await Promise.all(answers)).map(({ status }) => status)
      assert.deepEqual(statuses.toSorted(), [201, 409])
    }
    const held = await until('the figures of a moment ago to be over', async () => {
      const counts = await heldOf(server)
      return counts.reduce((sum, count) => sum + count, 0) === SEATS.length ? counts : null
    })
    assert.ok(held.length <= 2)
    const open = Array.from({ length: 20 }, () => one.ask<{ items: [] }>(`${show}/seats`))
    await open[0]
    const code = server.end('SIGTERM')
    for (const answer of await Promise.allSettled(open)) {
      if (answer.status === 'fulfilled') assert.equal(answer.value.status, 200)
    }
    assert.equal(await code, 0)
    assert.equal((await rowlock(['check'], environment)).code, 0)
  })

  it('go on when one is killed and replaced, and end with their primary', async (t) => {
    const server = await startServer(t, environment, TWO)
    const [one, two] = await linesTo(t, server)
    const show = await createShow(one, 'killed')
    const [killed = 0] = workerPids(server)
    process.kill(killed, 'SIGKILL')
    assert.equal((await two.ask(`${show}/holds`, { seats: ['A1'] })).status, 201)
    const place = 'a worker serves in the place of one that ended'
    await until('the place to be taken', async () => (server.log().includes(place) ? true : null))
    const [again] = await linesTo(t, server)
    assert.equal((await again.ask(`${show}/holds`, { seats: ['A1'] })).status, 409)
    assert.equal((await again.ask(`${show}/holds`, { seats: ['A2'] })).status, 201)
    assert.equal(new Set(workerPids(server)).size, 3)
    await server.end('SIGKILL')
    await untilGone(workerPids(server))
  })

  it('drain before they stop, and stop at once at a second signal', async (t) => {
    const patient = { ...environment, ROWLOCK_DRAIN_SECONDS: '3600' }
    const server = await startServer(t, patient, TWO)
    const lines = await linesTo(t, server)
    server.process.kill('SIGTERM')
    for (const line of lines) {
      await until('the worker to drain', async () => {
        const { status, body } = await line.ask<{ status: string }>('/health/ready')
        return status === 503 && body.status === 'draining' ? true : null
      })
      assert.equal((await line.ask('/v1/shows')).status, 200)
    }
    await until('the second signal to be taken for another', async () => {
      if (server.process.exitCode !== null || server.process.signalCode !== null) return true
      server.process.kill('SIGTERM')
      await delay(600)
      return null
    })
    await untilGone(workerPids(server))
  })
})

describe('workers', () => {
  it('that cannot begin end the command as they end', async () => {
    const unfit = { ...environment, PORT: '0', ROWLOCK_REQUIRE_SYNC: 'true' }
    const { code, stderr } = await rowlock(TWO, unfit)
    assert.equal(code, 4, stderr)
    assert.equal(stderr.match(/Error:/g)?.length, 1, stderr)
  })

  it('are 1 to 64, or as many as half of the cores', async () => {
    for (const count of ['0', 'two']) {
      assert.equal((await rowlock(['serve', `--workers=${count}`], environment)).code, 2, count)
    }
  })

  it('are replaced later and later, but never given up', () => {
    const pauses = [1, 2, 3, 7, 8, 1_000].map(pauseAfter)
    assert.deepEqual(pauses, [100, 200, 400, 6_400, 10_000, 10_000])
  })

  it('that do not tell their figures keep nobody waiting for long', async () => {
    const gathering = new Gathering()
    const told = await gathering.gather(2, (id) => gathering.tell(id, []))
    assert.deepEqual(told, [[]])
    const both = await gathering.gather(2, (id) => {
      gathering.tell(id, [])
      gathering.tell(id, [])
      gathering.tell(id, [])
    })
    assert.deepEqual(both, [[], []])
  })
})
