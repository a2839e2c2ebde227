import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { after, test } from 'node:test'
import fastify from 'fastify'
import { cutStalledReaders } from '../../src/server/stalled-readers.ts'
import { assertInTime } from '../support/in-time.ts'
import { openSocket } from './raw-request.ts'

const IDLE_MS = 600
const app = fastify({ connectionTimeout: IDLE_MS })
cutStalledReaders(app, { idleMs: IDLE_MS, lookEveryMs: 30 })
const bytes = Buffer.alloc(40_000_000, 'x')
app.get('/file', (_request, reply) => reply.send(bytes))
after(() => app.close())
const url = await app.listen({ host: '127.0.0.1', port: 0 })

/** Measures how many milliseconds a connection lives whose reader does this. */
async function lifeOf(read: (socket: Socket) => void): Promise<number> {
  const socket = await openSocket(url)
  socket.on('error', () => {}).pause()
  const startedAt = performance.now()
  socket.write('GET /file HTTP/1.1\r\nhost: x\r\n\r\n')
  read(socket)
  const [server] = await once(app.server, 'request').then(([request]) => [request.socket])
  await new Promise((resolve) => server.once('close', resolve))
  socket.destroy()
  return performance.now() - startedAt
}

test('who does not read is cut when the time is up, not when it is up twice', async () => {
  await assertInTime(IDLE_MS * 1.9, async () => {
    const ms = await lifeOf(() => {})
    assert.ok(ms >= IDLE_MS * 0.9, `${ms} ms`)
    return ms
  })
})

test('who reads slowly is not', async () => {
  const readSlowly = (socket: Socket) => {
    // A few megabytes now and then: less than that may leave the window shut.
    const timer = setInterval(() => socket.resume(), IDLE_MS / 3)
    let count = 0
    socket.on('data', ({ length }) => {
      count += length
      if (count < 3_000_000) return
      count = 0
      socket.pause()
    })
    setTimeout(() => {
      clearInterval(timer)
      socket.destroy()
    }, IDLE_MS * 3)
  }
  // By how much it is cut too early.
  await assertInTime(IDLE_MS * 0.1, async () => IDLE_MS * 3 - (await lifeOf(readSlowly)))
})
