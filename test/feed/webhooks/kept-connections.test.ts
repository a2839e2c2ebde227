/** Promise 15: a connection that was kept for the next event, and that the receiver closes. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { after, describe, it } from 'node:test'
import { Poster } from '../../../src/feed/webhooks/poster.ts'
import { until } from '../../support/until.ts'

const MESSAGE = { id: 'evt_1', body: '{}' }
const SECRETS = ['whsec_bm90IGEgc2VjcmV0IG5vdCBhIHNlY3JldA==']

/** A receiver that is told, for each request, which of its connection it is, from 1 on. */
async function useReceiver(answer: (no: number, response: ServerResponse) => void) {
  const counts = new Map<Socket, number>()
  let asked = 0
  const server = createServer((request: IncomingMessage, response) => {
    const no = (counts.get(request.socket) ?? 0) + 1
    counts.set(request.socket, no)
    asked++
    request.resume().once('end', () => answer(no, response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const poster = new Poster({ allowsLoopback: true, userAgent: 'test', timeoutMs: 5_000 })
  after(() => {
    poster.close()
    server.close()
    server.closeAllConnections()
  })
  const target = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    secrets: SECRETS,
  }
  return {
    post: () => poster.post(target, MESSAGE),
    asked: () => asked,
    sockets: () => [...counts.keys()],
  }
}

const thanks = (response: ServerResponse) => response.writeHead(204).end()

const WAYS_TO_CLOSE: readonly [string, (response: ServerResponse) => void][] = [
  ['closes', ({ socket }) => socket?.destroy()],
  ['resets', ({ socket }) => socket?.resetAndDestroy()],
]

for (const [closes, close] of WAYS_TO_CLOSE) {
  describe(`a connection that the receiver ${closes}`, () => {
    it('as the next event comes is no reason for a retry', async () => {
      const { post, asked } = await useReceiver((no, response) => {
        if (no > 1) close(response)
        else thanks(response)
      })
      for (let n = 0; n < 3; n++) {
        const { isDelivered, error } = await post()
        assert.ok(isDelivered, `event ${n}: ${error}`)
      }
      assert.equal(asked(), 5)
    })

    it('is given up once: a receiver that does so to new ones, too, has failed', async () => {
      let isDown = false
      const { post, asked } = await useReceiver((_no, response) => {
        if (isDown) close(response)
        else thanks(response)
      })
      assert.ok((await post()).isDelivered)
      isDown = true
      const { isDelivered, status, error } = await post()
      assert.deepEqual([isDelivered, status], [false, null])
      assert.match(error ?? '', /other side closed|ECONNRESET/)
      assert.equal(asked(), 3)
    })

    it('before it ever answered has failed: nothing is sent twice', async () => {
      const { post, asked } = await useReceiver((_no, response) => close(response))
      assert.equal((await post()).isDelivered, false)
      assert.equal(asked(), 1)
    })

    it('while several are kept is no reason for a retry either', async () => {
      let isDown = false
      const { post, asked, sockets } = await useReceiver((no, response) => {
        if (isDown && no > 1) close(response)
        else setTimeout(thanks, 50, response)
      })
      await Promise.all(Array.from({ length: 8 }, post))
      assert.equal(sockets().length, 8)
      isDown = true
      assert.ok((await post()).isDelivered)
      assert.equal(asked(), 8 + 8 + 1)
    })
  })
}

describe('a connection that was kept', () => {
  it('counts as failed when it breaks after the answer began', async () => {
    for (const begun of ['HTTP/1.1 2', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf']) {
      const { post, asked } = await useReceiver((no, response) => {
        if (no === 1) thanks(response)
        else response.socket?.end(begun)
      })
      assert.ok((await post()).isDelivered)
      assert.equal((await post()).isDelivered, false, begun)
      assert.equal(asked(), 2)
    }
  })

  it('is the same for one event after the other', async () => {
    const { post, sockets } = await useReceiver((_no, response) => thanks(response))
    for (let n = 0; n < 10; n++) assert.ok((await post()).isDelivered)
    assert.equal(sockets().length, 1)
  })

  it('is replaced when it was closed in the meantime, and nothing is sent twice', async () => {
    let isDown = false
    const { post, asked, sockets } = await useReceiver((_no, response) => {
      if (isDown) response.socket?.destroy()
      else thanks(response)
    })
    for (let n = 1; n <= 3; n++) {
      assert.ok((await post()).isDelivered)
      sockets().at(-1)?.end()
      await until('it to be closed', async () => sockets().every((one) => one.closed) || null)
      assert.deepEqual([sockets().length, asked()], [n, n])
    }
    isDown = true
    assert.equal((await post()).isDelivered, false)
    assert.equal(asked(), 4)
  })

  it('is none when the receiver says so', async () => {
    const { post, asked, sockets } = await useReceiver((_no, response) => {
      response.writeHead(204, { connection: 'close' }).end()
    })
    for (let n = 0; n < 3; n++) assert.ok((await post()).isDelivered)
    assert.deepEqual([sockets().length, asked()], [3, 3])
  })
})
