import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { pino } from 'pino'
import { ERRORS } from '../../src/protocol/index.ts'
import { createServer } from '../../src/server/index.ts'
import { SECURITY_HEADERS } from '../../src/server/security-headers.ts'
import { openSocket, parseRaw, sendRaw } from './raw-request.ts'
import { useServer } from './use-server.ts'

const { server, settings } = await useServer('sockets')
const url = await server.listen({ host: '127.0.0.1', port: 0 })

describe('what is no request', () => {
  const cases: readonly [string, string, keyof typeof ERRORS][] = [
    ['garbage', 'hello\r\n\r\n', 'malformed_http'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n', 'malformed_http'],
    ['a header without an end', 'GET / HTTP/1.1\r\nhost x\r\n\r\n', 'malformed_http'],
    [
      'two lengths',
      'POST /v1/shows HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}',
      'malformed_http',
    ],
    [
      'a length and chunks',
      'POST /v1/shows HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n' +
        'transfer-encoding: chunked\r\n\r\n{}',
      'malformed_http',
    ],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`,
      'headers_too_large',
    ],
    [
      'an address that is too long',
      `GET /v1/shows/${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      'headers_too_large',
    ],
  ]
  for (const [name, bytes, code] of cases) {
    test(`${name} is answered with ${code}, and the connection ends`, async () => {
      const { status, head, body } = parseRaw(await sendRaw(url, bytes))
      assert.deepEqual([status, body.code, body.status], [ERRORS[code].status, code, status])
      assert.match(head, /content-type: application\/problem\+json/)
      assert.match(head, /connection: close/)
      assert.ok(head.includes(`x-request-id: ${body.requestId}`))
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
        assert.ok(head.includes(`${name}: ${value}`), name)
      }
    })
  }

  test('is a line of the log, which has nothing of what was sent', async () => {
    const lines: string[] = []
    const write = (line: string) => void lines.push(line)
    const other = await createServer({ ...settings, logger: pino({}, { write }) })
    const at = await other.listen({ host: '127.0.0.1', port: 0 })
    const { body } = parseRaw(await sendRaw(at, 'canary\r\n\r\n'))
    await other.close()
    const text = lines.find((line) => line.includes('malformed_http')) ?? ''
    const { requestId, status, code } = JSON.parse(text)
    assert.deepEqual([requestId, status, code], [body.requestId, 400, 'malformed_http'])
    assert.ok(!lines.join('').includes('canary'))
  })

  test('a client that goes away before its answer is forgotten', async () => {
    const socket = await openSocket(url)
    socket.end(
      'POST /v1/shows/x/holds HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n' +
        'content-length: 100\r\n\r\n{"seats"',
    )
    await once(socket.resume(), 'close')
    // Only the request that asks.
    const { payload } = await server.app.inject('/metrics')
    assert.match(payload, /^rowlock_http_requests_in_flight 1$/m)
  })
})

describe('request ids', () => {
  test('that are sane are kept, others replaced', async () => {
    const kept = 'edge-1:7f3a/42'
    for (const sent of [kept, 'a b', '<script>', 'x'.repeat(129), '']) {
      const response = await fetch(`${url}/v1/shows/nowhere`, {
        headers: { 'x-request-id': sent },
      })
      const id = response.headers.get('x-request-id')
      if (sent === kept) assert.equal(id, kept)
      else assert.match(String(id), /^[0-9a-f-]{36}$/)
      const problem = (await response.json()) as { requestId: string }
      assert.equal(problem.requestId, id)
    }
  })
})

const LIST = 'GET /v1/shows HTTP/1.1\r\n'
const HOLD = 'content-type: application/json\r\n'

describe('a request that two readers could understand in two ways', () => {
  const cases: Readonly<Record<string, string>> = {
    'for two hosts': `${LIST}Host: ours\r\nhost: theirs\r\n\r\n`,
    'with two transfer codings':
      `POST /v1/shows/x/holds HTTP/1.1\r\nhost: x\r\n${HOLD}` +
      'transfer-encoding: identity\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    'with another transfer coding':
      `POST /v1/shows/x/holds HTTP/1.1\r\nhost: x\r\n${HOLD}` +
      'transfer-encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    'with chunks in HTTP/1.0':
      `POST /v1/shows/x/holds HTTP/1.0\r\nhost: x\r\n${HOLD}` +
      'transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    'of a version that is none': 'GET /v1/shows HTTP/2.0\r\nhost: x\r\n\r\n',
  }
  for (const [name, bytes] of Object.entries(cases)) {
    test(`${name} is refused`, async () => {
      const closing = bytes.replace('\r\n', '\r\nconnection: close\r\n')
      const { status, body } = parseRaw(await sendRaw(url, closing))
      assert.deepEqual([status, body.code], [400, 'malformed_http'])
    })
  }

  test('in one way is answered', async () => {
    const { status } = parseRaw(await sendRaw(url, `${LIST}host: x\r\nconnection: close\r\n\r\n`))
    assert.equal(status, 200)
  })
})

test('a server that knows its names answers for them only', async () => {
  const named = await createServer({ ...settings, hosts: ['tickets.example', 'localhost:3000'] })
  const statusFor = async (host: string, path = '/v1/shows') =>
    (await named.app.inject({ url: path, headers: { host } })).statusCode
  for (const host of ['tickets.example', 'TICKETS.example:443', 'localhost:3000']) {
    assert.equal(await statusFor(host), 200, host)
  }
  for (const host of ['evil.example', 'localhost', 'localhost:3001', 'tickets.example.evil']) {
    assert.equal(await statusFor(host), 400, host)
    assert.equal(await statusFor(host, '/health/live'), 200, host)
  }
  await named.close()
})
