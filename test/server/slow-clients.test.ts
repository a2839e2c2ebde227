import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import { createServer } from '../../src/server/index.ts'
import { until } from '../support/until.ts'
import { openSocket, parseRaw } from './raw-request.ts'
import { useServer } from './use-server.ts'

const { settings, createShow, asOperator } = await useServer('slow-clients')
const TIMEOUTS = { headersMs: 300, requestMs: 600, idleMs: 1_000, lookEveryMs: 50 }
const server = await createServer({
  ...settings,
  timeouts: TIMEOUTS,
  feed: { beatEveryMs: 50, fullMsMax: 300 },
})
after(() => server.close(0))
const url = await server.listen({ host: '127.0.0.1', port: 0 })

/** A byte now and then, as slowly as keeps a connection alive that nobody looks after. */
function dribble(socket: Socket, bytes: string): void {
  let sent = 0
  const timer = setInterval(() => {
    if (socket.destroyed || sent >= bytes.length) return clearInterval(timer)
    socket.write(bytes[sent++] ?? '')
  }, 20)
  socket.once('close', () => clearInterval(timer))
  socket.on('error', () => {})
}

describe('a client that is slow on purpose', () => {
  test('does not get to the end of its headers', async () => {
    const startedAt = performance.now()
    const socket = await openSocket(url)
    dribble(socket, `GET /v1/shows HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(2_000)}\r\n\r\n`)
    const { status, body } = parseRaw(await text(socket))
    assert.deepEqual([status, body.code], [408, 'request_timeout'])
    const tookMs = performance.now() - startedAt
    assert.ok(tookMs >= TIMEOUTS.headersMs, `${tookMs} ms`)
  })

  test('does not get to the end of its body', async () => {
    const startedAt = performance.now()
    const socket = await openSocket(url)
    socket.write(
      'POST /v1/shows/x/holds HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n' +
        'content-length: 5000\r\n\r\n',
    )
    dribble(socket, `{"seats": ["${'A'.repeat(4_900)}`)
    const { status, body } = parseRaw(await text(socket))
    assert.deepEqual([status, body.code], [408, 'request_timeout'])
    const tookMs = performance.now() - startedAt
    assert.ok(tookMs >= TIMEOUTS.requestMs, `${tookMs} ms`)
  })

  test('that connects and says nothing is cut off', async () => {
    const socket = await openSocket(url)
    assert.match(await text(socket), /^(HTTP\/1.1 408 |$)/)
  })

  test('keeps nobody else from being answered', async () => {
    // With time enough for them to be there still when somebody else has been answered.
    const patient = await createServer({ ...settings, timeouts: { headersMs: 60_000 } })
    after(() => patient.close(0))
    const there = await patient.listen({ host: '127.0.0.1', port: 0 })
    const sockets = await Promise.all(Array.from({ length: 200 }, () => openSocket(there)))
    let left = 0
    for (const socket of sockets) {
      socket.once('close', () => left++)
      dribble(socket, 'GET /v1/shows HTTP/1.1\r\nhost: x\r\nx-long: xxx')
    }
    assert.equal((await fetch(`${there}/v1/shows`)).status, 200)
    assert.equal(left, 0)
    for (const socket of sockets) socket.destroy()
  })

  test('that does not read its stream is dropped, and its place is free again', async () => {
    const show = await createShow({ seats: { rows: '1-100', seatsPerRow: 1_000 } })
    const blocks = await blocksOf(show, 20)
    const socket = await openSocket(url)
    socket.on('error', () => {}).pause()
    socket.write(`GET /v1/shows/${show}/stream HTTP/1.1\r\nhost: x\r\n\r\n`)
    await until('a stream', async () => (await figure('rowlock_feed_listeners')) === 1 || null)
    // A quarter of a megabyte each time, until no buffer between the two takes more.
    await until('its end', async () => {
      // One by one: thousands of seats in one batch may take longer than a busy machine has time.
      for (const toggle of blocks) await toggle()
      return (await figure('rowlock_feed_dropped_total')) === 1 || null
    })
    assert.equal(await figure('rowlock_feed_listeners'), 0)
    socket.destroy()
  })
})

async function figure(name: string): Promise<number> {
  const { payload } = await server.app.inject('/metrics')
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(payload)?.[1])
}

/** Blocks a thousand seats each, or releases them where it has. */
async function blocksOf(show: string, count: number): Promise<(() => Promise<void>)[]> {
  const blocks: (() => Promise<void>)[] = []
  let cursor = ''
  while (blocks.length < count) {
    const page = await asOperator('GET', `/v1/shows/${show}/seats?limit=1000${cursor}`)
    cursor = `&cursor=${page.body.next}`
    const seats = (page.body.items as { seat: string }[]).map(({ seat }) => seat)
    const path = `/v1/shows/${show}/blocks`
    let block: unknown = null
    blocks.push(async () => {
      const answer =
        block === null
          ? await asOperator('POST', path, { seats, reason: 'noise' })
          : await asOperator('POST', `${path}/${block}/release`, {})
      assert.ok(answer.status < 300, `${answer.status} ${answer.text}`)
      block = block === null ? answer.body.id : null
    })
  }
  return blocks
}

describe('bodies that are too large', () => {
  test('are refused before they are read', async () => {
    for (const path of ['/v1/shows', '/v1/users', '/v1/sessions', '/v1/shows/x/holds']) {
      const socket = await openSocket(url)
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n` +
          'authorization: Bearer operator-key-of-the-tests\r\ncontent-length: 90000000\r\n\r\n',
      )
      let answer = ''
      for await (const chunk of socket) {
        answer += chunk
        if (answer.endsWith('}')) break
      }
      assert.equal(parseRaw(answer).body.code, 'body_too_large', path)
    }
  })
})
