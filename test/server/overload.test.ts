/** Too much at once: who is sent away, and who is served all the same. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import { test } from 'node:test'
import { Shedding, shedEarly } from '../../src/server/load/shedding.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, useListening } from '../support/servers.ts'

const server = await useListening(await useTestDatabase('overload'))
const ROLES = ['anonymous', 'user', 'partner', 'box_office', 'operator'] as const

function refused(usualMs: number, inFlight: number): string[] {
  const shedding = new Shedding({ usualMs }, () => inFlight)
  return ROLES.filter((role) => shedding.refusalFor(role)?.code === 'busy')
}

test('callers without an account go first, those who sell and run the house never', () => {
  assert.deepEqual(refused(10, 2_000), [])
  assert.deepEqual(refused(100, 2_000), ['anonymous'])
  assert.deepEqual(refused(60_000, 2_000), ['anonymous', 'user', 'partner'])
})

test('a process that is late without a crowd sends nobody away', () => {
  assert.deepEqual(refused(60_000, 100), [])
})

test('who is sent away early is answered like anybody; health and operators pass', async () => {
  const shedding = new Shedding({ usualMs: 1_000 }, () => 1_000)
  const passed: string[] = []
  const http = createServer((request, response) => {
    passed.push(request.url ?? '')
    response.end()
  })
  shedEarly({ server: http } as never, shedding)
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as { port: number }
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const sent = httpRequest({ port, path, headers, host: '127.0.0.1' }).end()
    const [answer] = await once(sent, 'response')
    let text = ''
    for await (const chunk of answer) text += chunk
    return { status: answer.statusCode, headers: answer.headers, text }
  }
  const { status, headers, text } = await get('/v1/shows/x?y=1')
  const problem = JSON.parse(text)
  assert.deepEqual([status, headers['retry-after']], [503, '2'])
  assert.deepEqual([problem.code, problem.instance], ['busy', '/v1/shows/x'])
  assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8')
  assert.equal(problem.requestId, headers['x-request-id'])
  await get('/health/live')
  await get('/v1/shows', { authorization: 'Bearer somebody' })
  assert.deepEqual(passed, ['/health/live', '/v1/shows'])
  http.close()
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
