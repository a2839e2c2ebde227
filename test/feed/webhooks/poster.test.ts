/** The request that carries an event, and what a receiver may do with it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net'
import { after, describe, it } from 'node:test'
import { setDefaultCACertificates } from 'node:tls'
import { Worker } from 'node:worker_threads'
import { Webhook } from 'standardwebhooks'
import { buildConnector } from 'undici'
import { Connections } from '../../../src/feed/webhooks/connections.ts'
import { Poster } from '../../../src/feed/webhooks/poster.ts'
import { makeCertificate } from '../../support/certificate.ts'
import { until } from '../../support/until.ts'

const SECRET = 'whsec_bm90IGEgc2VjcmV0IG5vdCBhIHNlY3JldA=='
const MESSAGE = { id: 'evt_1', body: '{"holder":"Zoë 座席"}' }
const SETTINGS = { allowsLoopback: true, userAgent: 'test' }

/** Listens on the loopback until the tests are over; tells which sockets are open. */
async function listen(server: Server) {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket.on('error', () => {}).once('close', () => sockets.delete(socket)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { port: (server.address() as AddressInfo).port, sockets }
}

/** A poster, and a receiver that answers in its own way. */
async function useReceiver(answer: (response: ServerResponse) => void, timeoutMs = 30_000) {
  let asked = 0
  const server = createServer((request, response) => {
    asked++
    request.resume().once('end', () => answer(response))
  })
  const { port, sockets } = await listen(server)
  const poster = new Poster({ ...SETTINGS, timeoutMs })
  after(() => poster.close())
  const target = { url: `http://127.0.0.1:${port}/hook`, secrets: [SECRET] }
  return { poster, post: () => poster.post(target, MESSAGE), sockets, asked: () => asked }
}

/** Posts to a receiver that says these words, whatever it is told. */
async function postTo(words: string) {
  const server = createTcpServer((socket) => socket.once('data', () => socket.end(words)))
  const { port } = await listen(server)
  const poster = new Poster(SETTINGS)
  const target = { url: `http://127.0.0.1:${port}/`, secrets: [SECRET] }
  const { tookMs, ...posted } = await poster.post(target, MESSAGE)
  poster.close()
  return posted
}

describe('a request', () => {
  it('has these lines, signs the bytes of its body, and never tells credentials', async () => {
    const request = Promise.withResolvers<string>()
    const server = createTcpServer((socket) => {
      socket.once('data', (bytes) => {
        request.resolve(bytes.toString())
        socket.end('HTTP/1.1 204 No Content\r\n\r\n')
      })
    })
    const { port } = await listen(server)
    const poster = new Poster(SETTINGS)
    after(() => poster.close())
    const url = `http://user:word@127.0.0.1:${port}/hook/%C3%A4?a=b%20c#part`
    assert.ok((await poster.post({ url, secrets: [SECRET] }, MESSAGE)).isDelivered)
    const [head = '', body = ''] = (await request.promise).split('\r\n\r\n')
    const [line, ...headers] = head.split('\r\n')
    assert.equal(line, 'POST /hook/%C3%A4?a=b%20c HTTP/1.1')
    const named = Object.fromEntries(headers.map((header) => header.split(': ')))
    assert.deepEqual(Object.keys(named).toSorted(), [
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
      'webhook-id',
      'webhook-signature',
      'webhook-timestamp',
    ])
    assert.equal(named.host, `127.0.0.1:${port}`)
    assert.equal(named['content-length'], String(Buffer.byteLength(MESSAGE.body)))
    assert.deepEqual(new Webhook(SECRET).verify(body, named), JSON.parse(MESSAGE.body))
  })

  it('is in HTTP/1.1 over TLS, too, to a receiver whose certificate is known', async (t) => {
    const certificate = makeCertificate()
    if (certificate === null) return t.skip('openssl is not installed')
    const versions: string[] = []
    const options = { ...certificate, allowHTTP1: true }
    const server = createSecureServer(options, (request, response) => {
      versions.push(request.httpVersion)
      request.resume().once('end', () => response.writeHead(204).end())
    })
    const { port, sockets } = await listen(server)
    const poster = new Poster(SETTINGS)
    after(() => poster.close())
    const post = () =>
      poster.post({ url: `https://localhost:${port}/`, secrets: [SECRET] }, MESSAGE)
    assert.match((await post()).error ?? '', /self-signed certificate/)
    setDefaultCACertificates([certificate.cert])
    for (let n = 0; n < 3; n++) {
      const { isDelivered, error } = await post()
      assert.ok(isDelivered, error ?? '')
    }
    assert.deepEqual(versions, ['1.1', '1.1', '1.1'])
    assert.equal(sockets.size, 1)
  })

  it('waits while sixteen to the same receiver are on their way', async () => {
    let most = 0
    const { post, sockets, asked } = await useReceiver((response) => {
      most = Math.max(most, sockets.size)
      setTimeout(() => response.writeHead(204).end(), 20)
    })
    const posted = await Promise.all(Array.from({ length: 30 }, post))
    assert.ok(posted.every(({ isDelivered }) => isDelivered))
    assert.deepEqual([most, asked()], [16, 30])
  })
})

describe('an answer', () => {
  it('is read to its end, whoever says where that is', async () => {
    const whole = {
      isDelivered: true,
      status: 200,
      answer: 'thanks',
      error: null,
      retryAfterMs: 0,
      isGone: false,
    }
    for (const words of [
      'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nthanks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nthanks\r\n0\r\n\r\n',
      'HTTP/1.1 200 OK\r\n\r\nthanks',
      'HTTP/1.0 200 OK\r\n\r\nthanks',
      'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nthanks',
    ]) {
      assert.deepEqual(await postTo(words), whole, words)
    }
  })

  it('that is none has failed', async () => {
    for (const words of [
      '',
      'SSH-2.0-OpenSSH_10.0\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\nthanks',
      `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    ]) {
      const { isDelivered, error } = await postTo(words)
      assert.equal(isDelivered, false, words.slice(0, 60))
      assert.ok(error, words.slice(0, 60))
    }
  })

  it('says when to come again, once or twice', async () => {
    const busy = 'HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n'
    assert.equal((await postTo(`${busy}Retry-After: 7\r\n\r\n`)).retryAfterMs, 7_000)
    const twice = `${busy}Retry-After: 7\r\nRetry-After: 9\r\n\r\n`
    assert.equal((await postTo(twice)).retryAfterMs, 7_000)
    assert.equal((await postTo(`${busy}Retry-After: soon\r\n\r\n`)).retryAfterMs, 0)
  })

  it('of more than 64 kB is hung up on, and the next event goes on a new connection', async () => {
    let isTalking = true
    const { post, asked } = await useReceiver((response) => {
      response.writeHead(200)
      if (!isTalking) response.end('thanks')
      else setInterval(() => response.write('x'.repeat(10_000)), 1).unref()
    })
    const { status, error, isDelivered } = await post()
    assert.deepEqual([isDelivered, status, error], [false, 200, 'The answer is too long.'])
    isTalking = false
    assert.equal((await post()).answer, 'thanks')
    assert.equal(asked(), 2)
  })
})

describe('time', () => {
  const late = 'No complete answer in time.'

  it('is up for receivers that say nothing, or never come to an end', async () => {
    for (const answer of [
      () => {},
      (response: ServerResponse) => response.writeHead(200).write('and so on'),
    ]) {
      const { post, sockets } = await useReceiver(answer, 300)
      const { isDelivered, status, error } = await post()
      assert.deepEqual([isDelivered, status, error], [false, null, late])
      await until('it to hang up', async () => sockets.size === 0 || null)
    }
  })

  it('passes for those that wait for a connection, too, and then they are not sent', async () => {
    let asked = 0
    const { port } = await listen(createServer(() => asked++))
    const connections = new Connections(`http://127.0.0.1:${port}`, buildConnector({}))
    const ask = (ms: number) => {
      const letter = { path: '/', headers: {}, body: Buffer.from('{}') }
      return connections.ask(letter, performance.now() + ms).catch(({ message }) => message)
    }
    const told = await Promise.all(
      [500, 100].flatMap((ms) => Array.from({ length: 16 }, () => ask(ms))),
    )
    assert.deepEqual(new Set(told), new Set([late]))
    assert.equal(asked, 16)
  })

  it('is not up for an answer that came while this thread did something else', async () => {
    const receiver = new Worker(
      `const { parentPort } = require('node:worker_threads')
      let connections = 0
      const server = require('node:http').createServer((request, response) => {
        request.resume().once('end', () => setTimeout(() => response.end(String(connections)), 50))
      })
      server.on('connection', () => connections++)
      server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`,
      { eval: true },
    )
    after(() => receiver.terminate())
    const [port] = await once(receiver, 'message')
    const poster = new Poster({ ...SETTINGS, timeoutMs: 1_500 })
    after(() => poster.close())
    const target = { url: `http://127.0.0.1:${port}/`, secrets: [SECRET] }
    assert.ok((await poster.post(target, MESSAGE)).isDelivered)
    const posting = poster.post(target, MESSAGE)
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500)
    const { isDelivered, error } = await posting
    assert.ok(isDelivered, error ?? '')
    // Nor is the connection hung up on, which the next event is sent on.
    assert.equal((await poster.post(target, MESSAGE)).answer, '1')
  })
})

describe('the end of a poster', () => {
  it('hangs up at once, and nothing is sent any more', async () => {
    const { poster, post, sockets, asked } = await useReceiver(() => {})
    const posting = Array.from({ length: 20 }, post)
    await until('sixteen to hang', async () => asked() === 16 || null)
    poster.close()
    for (const { isDelivered, tookMs } of await Promise.all(posting)) {
      assert.equal(isDelivered, false)
      assert.ok(tookMs < 10_000, `${tookMs} ms`)
    }
    await until('all to be hung up', async () => sockets.size === 0 || null)
    assert.match((await post()).error ?? '', /closing/)
    assert.equal(asked(), 16)
  })
})
