/** Too much at once: who is sent away, and who is served all the same. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import { test } from 'node:test'
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { RecentLook } from '../../src/server/load/recent-look.ts'
import { Shedding } from '../../src/server/load/shedding.ts'
import { Turnstile } from '../../src/server/load/turnstile.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, useListening } from '../support/servers.ts'

const server = await useListening(await useTestDatabase('overload'))
const ROLES = ['anonymous', 'user', 'partner', 'box_office', 'operator'] as const

function refused(usualMs: number, inFlight: number): string[] {
  const shedding = new Shedding({ usualMs }, () => inFlight)
  return ROLES.filter((role) => shedding.isTooMuchFor(role))
}

test('callers without an account go first, those who sell and run the house never', () => {
  assert.deepEqual(refused(10, 2_000), [])
  assert.deepEqual(refused(100, 2_000), ['anonymous'])
  assert.deepEqual(refused(60_000, 2_000), ['anonymous', 'user', 'partner'])
})

test('a process that is late without a crowd sends nobody away', () => {
  assert.deepEqual(refused(60_000, 100), [])
})

test('some of a crowd with accounts is served all the same', () => {
  const shedding = new Shedding({ usualMs: 60_000 }, () => 2_000)
  const codes = Array.from({ length: 100 }, () => shedding.refusalFor('user')?.code ?? 'served')
  assert.equal(codes.filter((code) => code === 'busy').length, 75)
  assert.equal(codes.filter((code) => code === 'served').length, 25)
})

/**
 * A turnstile whose visits end nowhere: what is let in is noted, and what is sent away. `serve` is
 * what a request costs.
 */
function newTurnstile(isTooMuch: boolean, serve = () => {}) {
  const letIn: string[] = []
  const sentAway: string[] = []
  const shedding = new Shedding({ usualMs: 0 }, () => 0)
  shedding.isTooMuchFor = () => isTooMuch
  shedding.answer = ({ url = '' }) => sentAway.push(url)
  const turnstile = new Turnstile(shedding, ({ url = '' }) => {
    letIn.push(url)
    serve()
  })
  const enter = (url: string, headers: Record<string, string> = {}) =>
    turnstile.enter({ url, headers, socket: {} } as never, {} as never)
  return { turnstile, enter, letIn, sentAway }
}

/** Collects all garbage, which node lets only those do who ask for it. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
}

/** Counts the turns that it takes until everybody is let in or sent away. */
async function untilEmpty(turnstile: Turnstile): Promise<number> {
  let turns = 0
  while (turnstile.waiting > 0 && turns < 10_000) {
    await turn()
    turns += 1
  }
  return turns
}

test('whoever was let in is forgotten, also where somebody always waits', async () => {
  const { turnstile } = newTurnstile(false)
  const visits: WeakRef<object>[] = []
  for (let turns = 0; turns < 20; turns++) {
    for (let n = 0; n < 300; n++) {
      const request = { url: `/v1/shows/${n}`, headers: {}, socket: {} }
      visits.push(new WeakRef(request))
      turnstile.enter(request as never, {} as never)
    }
    await turn()
    assert.ok(turnstile.waiting > 0)
  }
  collectGarbage()
  const kept = visits.filter((visit) => visit.deref() !== undefined).length
  assert.ok(kept <= turnstile.waiting, `${kept} are kept, and ${turnstile.waiting} wait`)
  await untilEmpty(turnstile)
})

test('a crowd is let in over many turns of the event loop, who watches at once', async () => {
  const { turnstile, enter, letIn } = newTurnstile(false)
  for (let n = 0; n < 5_000; n++) enter(`/v1/shows/${n}`)
  assert.ok(letIn.length < 100, `${letIn.length} at once`)
  enter('/health/live')
  assert.equal(letIn.at(-1), '/health/live')
  const turns = await untilEmpty(turnstile)
  assert.ok(turns >= 10, `${turns} turns`)
  const shows = letIn.filter((url) => url !== '/health/live')
  assert.deepEqual(
    shows,
    Array.from({ length: 5_000 }, (_, n) => `/v1/shows/${n}`),
  )
})

/** Keeps the process busy, or stops it, as a machine does that has others to serve. */
function busyFor(ms: number): void {
  const spent = () => process.threadCpuUsage().user + process.threadCpuUsage().system
  for (const end = spent() + ms * 1000; spent() < end; );
}
function stopFor(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

test('a turn lets in less of what costs the processor much, but not for pauses', async () => {
  const turnsOf = async (serve: () => void) => {
    const { turnstile, enter } = newTurnstile(false, serve)
    for (let n = 0; n < 600; n++) enter(`/v1/shows/${n}`)
    return untilEmpty(turnstile)
  }
  const [costly, paused] = [await turnsOf(() => busyFor(1)), await turnsOf(() => stopFor(1))]
  assert.ok(paused <= 10, `${paused} turns for 600 requests that are stopped for 1 ms each`)
  assert.ok(costly >= 20, `${costly} turns for 600 requests that cost 1 ms each`)
})

test('who says who they are waits behind no crowd that does not', async () => {
  const { turnstile, enter, letIn } = newTurnstile(false)
  for (let n = 0; n < 5_000; n++) enter(`/v1/shows/${n}`)
  enter('/v1/shows/x', { authorization: 'Bearer somebody' })
  enter('/v1/shows/y', { cookie: 'rowlock_access=somebody' })
  enter('/docs')
  await untilEmpty(turnstile)
  for (const url of ['/v1/shows/x', '/v1/shows/y', '/docs']) {
    assert.ok(letIn.indexOf(url) < 500, `${url}: ${letIn.indexOf(url)}`)
  }
})

test('a crowd that is late is sent away, but not all of it, and nobody else', async () => {
  const { turnstile, enter, letIn, sentAway } = newTurnstile(true)
  for (let n = 0; n < 2_000; n++) enter(`/v1/shows/${n}`)
  for (let n = 0; n < 300; n++) enter('/v1/shows', { authorization: 'Bearer somebody' })
  await untilEmpty(turnstile)
  assert.equal(letIn.length + sentAway.length, 2_300)
  assert.ok(sentAway.length > 1_000, String(sentAway.length))
  assert.equal(letIn.filter((url) => url === '/v1/shows').length, 300)
})

test('who is sent away before the framework is answered like anybody', async () => {
  const shedding = new Shedding({ usualMs: 0 }, () => 0)
  const http = createServer((request, response) => shedding.answer(request, response))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as { port: number }
  const answer = await fetch(`http://127.0.0.1:${port}/v1/shows/x?y=1`)
  const problem = (await answer.json()) as Record<string, unknown>
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '2'])
  assert.deepEqual([problem.code, problem.instance], ['busy', '/v1/shows/x'])
  assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
  assert.equal(problem.requestId, answer.headers.get('x-request-id'))
  http.close()
})

test('health is told what was seen a moment ago where the database keeps it waiting', async () => {
  const answers: ((seen: number) => void)[] = []
  const look = () => new Promise<number>((resolve) => answers.push(resolve))
  const recent = new RecentLook(look, { waitMs: 1, ageMsMax: 60_000 })
  const first = recent.now()
  answers[0]?.(1)
  assert.equal(await first, 1)
  // The second look has not ended, and nobody looks a third time meanwhile.
  const both = Promise.all([recent.now(), recent.now()])
  assert.deepEqual(await Promise.race([both, delay(10_000, 'nothing', { ref: false })]), [1, 1])
  assert.equal(answers.length, 2)
  answers[1]?.(2)
  await turn()
  recent.close()
})

test('in a crowd, health does not wait for a look that takes its turn', async () => {
  let isBehind = false
  const answers: ((seen: number) => void)[] = []
  const look = () => new Promise<number>((resolve) => answers.push(resolve))
  const settings = { waitMs: 60_000, ageMsMax: 60_000 }
  const recent = new RecentLook(look, settings, () => isBehind)
  const first = recent.now()
  answers[0]?.(1)
  assert.equal(await first, 1)
  await turn()
  const second = recent.now()
  assert.equal(await Promise.race([second, delay(50, 'waits')]), 'waits')
  isBehind = true
  assert.equal(await Promise.race([recent.now(), delay(10_000, 'waits', { ref: false })]), 1)
  answers[1]?.(2)
  assert.equal(await second, 2)
  recent.close()
})

test('what was seen too long ago is not told: health waits for the look', async () => {
  const answers: ((seen: number) => void)[] = []
  const look = () => new Promise<number>((resolve) => answers.push(resolve))
  const recent = new RecentLook(look, { waitMs: 1, ageMsMax: 0 })
  const first = recent.now()
  answers[0]?.(1)
  assert.equal(await first, 1)
  const second = recent.now()
  // As long as nobody waits who may be told what was seen before.
  assert.equal(await Promise.race([second, delay(50, 'waits')]), 'waits')
  answers[1]?.(2)
  assert.equal(await second, 2)
  recent.close()
})

test('a crowd of thousands is answered, and health meanwhile', async () => {
  const show = await createShowOn(server, { rows: 'A-T', seatsPerRow: 50 })
  const { hostname, port } = new URL(server.url)
  const ask = async (path: string, body?: string): Promise<number> => {
    const headers = { 'content-type': 'application/json' }
    const method = body === undefined ? 'GET' : 'POST'
    const sent = httpRequest({ hostname, port, path, method, headers, agent: false })
    sent.end(body)
    const [answer] = await once(sent, 'response')
    answer.resume()
    return answer.statusCode
  }
  const crowd = Array.from({ length: 1_000 }, () =>
    ask(`/v1/shows/${show}/holds`, JSON.stringify({ best: { quantity: 1 } })),
  )
  assert.equal(await ask('/health/live'), 200)
  const statuses = new Set(await Promise.all(crowd))
  for (const status of statuses) assert.ok([201, 503].includes(status), String(status))
})
