/** Promise 15: a connection that was kept for the next event, and that the receiver closes. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { after, describe, it } from 'node:test'
import { Poster } from '../../../src/feed/webhooks/post.ts'

const MESSAGE = { id: 'evt_1', body: '{}' }
const SECRETS = ['whsec_bm90IGEgc2VjcmV0IG5vdCBhIHNlY3JldA==']

/** A receiver that is told, for each request, which of its connection it is, from 1 on. */
async function useReceiver(answer: (no: number, response: ServerResponse) => void) {
  const counts = new WeakMap<Socket, number>()
  const server = createServer((request: IncomingMessage, response) => {
    const no = (counts.get(request.socket) ?? 0) + 1
    counts.set(request.socket, no)
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
  return () => poster.post(target, MESSAGE)
}

describe('a connection that was kept', () => {
  it('is no reason for a retry when the receiver closes it as the next event comes', async () => {
    const post = await useReceiver((no, response) => {
      if (no > 1) response.socket?.destroy()
      else response.writeHead(204).end()
    })
    for (let n = 0; n < 3; n++) {
      const { isDelivered, error } = await post()
      assert.ok(isDelivered, `event ${n}: ${error}`)
    }
  })

  it('is given up once: a receiver that closes new ones, too, has failed', async () => {
    let isDown = false
    let asked = 0
    const post = await useReceiver((_no, response) => {
      asked++
      if (isDown) response.socket?.destroy()
      else response.writeHead(204).end()
    })
    assert.ok((await post()).isDelivered)
    isDown = true
    const { isDelivered, status, error } = await post()
    assert.deepEqual([isDelivered, status], [false, null])
    assert.match(error ?? '', /socket hang up|ECONNRESET/)
    assert.equal(asked, 3)
  })

  it('counts as failed when it breaks after the answer began', async () => {
    const post = await useReceiver((no, response) => {
      if (no === 1) response.writeHead(204).end()
      else
        response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy())
    })
    assert.ok((await post()).isDelivered)
    assert.equal((await post()).isDelivered, false)
  })
})
