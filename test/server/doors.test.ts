/** Test of how connections come in: quickly when many come at once, and to one server only. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { createServer } from '../../src/server/index.ts'
import { until } from '../support/until.ts'
import { openSocket, sendRaw } from './raw-request.ts'
import { useServer } from './use-server.ts'

const { server, settings } = await useServer('doors')
const url = await server.listen({ host: '127.0.0.1', port: 0 })
const CROWD = 128

const shares = process.platform === 'linux' ? false : 'only Linux shares connections out'

test('a crowd that connects at once is let in within few turns', { skip: shares }, async () => {
  // From another process, so that they all wait for the first turn in which we look.
  const program = `
    let left = ${CROWD}
    const said = () => --left === 0 && console.log('connected')
    const { port } = new URL('${url}')
    for (let n = 0; n < ${CROWD}; n++) require('net').connect(port, '127.0.0.1', said)`
  let inCount = 0
  server.app.server.on('connection', () => {
    inCount += 1
  })
  const crowd = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  // Nobody is let in while this thread sleeps.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
  const before = inCount
  let turns = 0
  while (inCount < CROWD && turns < 10 * CROWD) {
    if (inCount > before) turns += 1
    await new Promise(setImmediate)
  }
  crowd.kill()
  await once(crowd, 'close')
  assert.equal(inCount, CROWD)
  // One socket alone would take as many turns as there are connections.
  assert.ok(turns < CROWD / 3, `${turns} turns for ${CROWD - before} connections`)
})

test('a port belongs to one server, although its sockets share it', async () => {
  const other = await createServer(settings)
  const port = Number(new URL(url).port)
  await assert.rejects(other.listen({ host: '127.0.0.1', port }), { code: 'EADDRINUSE' })
  await other.close()
})

test('closing lets nobody in any more, and waits for what was asked by any door', async () => {
  const closing = await createServer(settings)
  const at = await closing.listen({ host: '127.0.0.1', port: 0 })
  const body = '{"seats": ["A1"]}'
  const head =
    'POST /v1/shows/unknown/holds HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n' +
    `content-length: ${body.length}\r\n\r\n`
  let askedCount = 0
  closing.app.server.on('request', () => {
    askedCount += 1
  })
  // By so many connections that some come by the other doors.
  const asking = await Promise.all(Array.from({ length: 32 }, () => openSocket(at)))
  for (const socket of asking) socket.write(`${head}${body.slice(0, 5)}`)
  await until('all have asked', async () => (askedCount === asking.length ? true : null))
  const closed = closing.close()
  await assert.rejects(sendRaw(at, 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n'))
  const answers = asking.map(async (socket) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    socket.write(body.slice(5))
    await once(socket, 'close')
    return text.slice(0, 12)
  })
  assert.deepEqual([...new Set(await Promise.all(answers))], ['HTTP/1.1 404'])
  await closed
})
