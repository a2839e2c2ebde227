import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { after, describe, it } from 'node:test'
import { setDefaultCACertificates } from 'node:tls'
import { AnswerLost, HttpClient, HttpConnection, peerOf } from '../../rig/index.ts'
import { makeCertificate } from '../support/certificate.ts'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Says these parts one by one, each when the one before has arrived, and then ends or not. */
async function say(parts: readonly string[], ends: boolean): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createTcpServer(async (socket) => {
    sockets.add(socket.setNoDelay(true).on('error', () => {}))
    await once(socket, 'data')
    for (const part of parts) {
      await new Promise((resolve) => socket.write(part, resolve))
      await new Promise(setImmediate)
    }
    if (ends) socket.end()
  }).listen(0, '127.0.0.1')
  after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function read(parts: readonly string[], ends = false) {
  const connection = new HttpConnection(peerOf(await say(parts, ends)))
  try {
    return await connection.send('GET / HTTP/1.1\r\n\r\n')
  } finally {
    connection.close()
  }
}

const lost = (loss: string) => (error: unknown) =>
  error instanceof AnswerLost && error.loss === loss

describe('a connection', () => {
  for (const [what, parts, body, ends = false] of [
    ['a length', ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nh', 'el', 'lo'], 'hello'],
    ['its head in parts', ['HTTP/1.1 20', '0 OK\r\nContent-Length: 2\r', '\n\r\nhi'], 'hi'],
    [
      'chunks',
      ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r', '\n3\r\nllo\r\n0\r\n\r\n'],
      'hello',
    ],
    ['neither, before the end', ['HTTP/1.1 200 OK\r\n\r\nhel', 'lo'], 'hello', true],
    [
      'a provisional one before it',
      ['HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
      'hi',
    ],
    ['no body, whatever it says', ['HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n'], ''],
    [
      'a stream, up to its first event',
      [
        'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n',
        '\r\n9\r\ndata: 1\n\n\r\n',
      ],
      'data: 1\n\n',
    ],
  ] as const satisfies readonly (readonly [string, readonly string[], string, boolean?])[]) {
    it(`reads an answer with ${what}`, async () => {
      assert.equal((await read(parts, ends)).text, body)
    })
  }

  it('tells half an answer from none', async () => {
    const half = ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel']
    await assert.rejects(read(half, true), { name: 'ConnectionLost', hasBegun: true })
    await assert.rejects(read([], true), { name: 'ConnectionLost', hasBegun: false })
  })

  it('joins the values of a repeated header', async () => {
    const head = 'HTTP/1.1 200 OK\r\nVary: origin\r\nVARY: accept\r\nContent-Length: 0\r\n\r\n'
    assert.equal((await read([head])).headers.vary, 'origin, accept')
  })
})

describe('a client', () => {
  it('asks on no more connections than it may, and on the same ones again', async () => {
    const ports = new Set<number | undefined>()
    let [open, most] = [0, 0]
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort)
      most = Math.max(most, ++open)
      setImmediate(() => {
        open -= 1
        response.end('{}')
      })
    })
    const client = new HttpClient(url, 3)
    const asked = Array.from({ length: 30 }, () => client.send({ method: 'GET', path: '/' }))
    const answers = await Promise.all(asked)
    client.close()
    assert.ok(answers.every(({ answer }) => answer.text === '{}'))
    assert.equal(ports.size, 3)
    assert.ok(most <= 3, `${most} at once`)
  })

  it('sends JSON, headers and paths as they are', async () => {
    const url = await serve(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const { method, url: path, headers } = request
      response.end(`${method} ${path} ${headers.host} ${headers['x-one']} ${Buffer.concat(parts)}`)
    })
    const client = new HttpClient(`${url}/base/`, 1)
    const about = { path: '/é?a=b', headers: { 'x-one': '1' } }
    const { answer } = await client.send({ method: 'POST', ...about, body: { ä: 1 } })
    client.close()
    assert.equal(answer.text, `POST /base/%C3%A9?a=b ${new URL(url).host} 1 {"ä":1}`)
  })

  it('opens another connection where the server has ended the last one', async () => {
    const url = await serve((_request, response) => {
      response.setHeader('connection', 'close').end('bye')
    })
    const client = new HttpClient(url, 1)
    for (let turn = 0; turn < 3; turn++) {
      assert.equal((await client.send({ method: 'GET', path: '/' })).answer.text, 'bye')
    }
    client.close()
  })

  it('hangs up on purpose once the request has left, and says so', async () => {
    const arrived = Promise.withResolvers<void>()
    const url = await serve(() => arrived.resolve())
    const client = new HttpClient(url, 1)
    const sent = client.send({ method: 'POST', path: '/', body: {}, hangUpMs: 20 })
    await Promise.all([assert.rejects(sent, lost('hung up')), arrived.promise])
    client.close()
  })

  it('never sends a second time what a server has cut', async () => {
    let count = 0
    const url = await serve((request, response) => {
      count += 1
      if (request.url === '/cut') request.socket.destroy()
      else response.end()
    })
    const client = new HttpClient(url, 1)
    await client.send({ method: 'GET', path: '/' })
    await assert.rejects(client.send({ method: 'POST', path: '/cut' }), lost('broken'))
    await client.send({ method: 'GET', path: '/' })
    client.close()
    assert.equal(count, 3)
  })

  it('is told where nobody listens', async () => {
    const client = new HttpClient('http://127.0.0.1:1', 1)
    await assert.rejects(client.send({ method: 'GET', path: '/' }), lost('broken'))
  })

  it('speaks TLS, and looks at the certificate', async (t) => {
    const certificate = makeCertificate()
    if (certificate === null) return t.skip('openssl is not installed')
    const server = createSecureServer(certificate, (_request, response) => response.end('safe'))
    server.listen(0, 'localhost')
    await once(server, 'listening')
    const client = new HttpClient(`https://localhost:${(server.address() as AddressInfo).port}`, 1)
    await assert.rejects(client.send({ method: 'GET', path: '/' }), lost('broken'))
    setDefaultCACertificates([certificate.cert])
    assert.equal((await client.send({ method: 'GET', path: '/' })).answer.text, 'safe')
    client.close()
    server.close()
  })
})
