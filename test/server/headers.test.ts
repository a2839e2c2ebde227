import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createServer } from '../../src/server/index.ts'
import { openSocket } from './raw-request.ts'
import { fill, readRoutes } from './routes-of-document.ts'
import { OPERATOR, useServer } from './use-server.ts'

const { server, settings, send, createShow } = await useServer('headers')
const show = await createShow()
const nowhere = {
  show,
  venue: 'x',
  plan: 'x',
  hold: 'x',
  booking: 'x',
  block: 'x',
  user: 'x',
  key: 'x',
  session: 'x',
  passkey: 'x',
  webhook: 'x',
}

const ON_ALL = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': undefined,
}

function assertSafe(headers: Record<string, unknown>, about: string): void {
  for (const [name, value] of Object.entries(ON_ALL)) assert.equal(headers[name], value, about)
  const policy = String(headers['content-security-policy'])
  assert.match(policy, /^default-src 'none'/, about)
  assert.match(policy, /frame-ancestors 'none'/, about)
  // What `default-src` says nothing about.
  assert.match(policy, /base-uri 'none'/, about)
  assert.match(policy, /form-action 'none'/, about)
  assert.doesNotMatch(policy, /unsafe-eval|\*|https?:/, about)
  assert.equal(headers['x-powered-by'], undefined, about)
  assert.equal(headers.server, undefined, about)
  // Or a reader would guess how text is encoded.
  const type = String(headers['content-type'] ?? '')
  if (/^text\/|\+xml|json/.test(type)) assert.match(type, /; charset=utf-8/, `${about}: ${type}`)
}

describe('the headers that protect browsers', () => {
  for (const { id, method, path, hasBody, example } of readRoutes()) {
    if (id === 'streamShow') continue
    test(`are on answers and refusals of ${id}`, async () => {
      const url = fill(path, nowhere)
      const payload = hasBody ? { payload: example } : {}
      for (const headers of [{}, OPERATOR, { authorization: 'Bearer wrong' }]) {
        const answer = await send({ method, url, headers, ...payload })
        assertSafe(answer.headers, `${id}: ${answer.status}`)
        assert.equal(answer.headers['cross-origin-resource-policy'], 'same-origin')
      }
    })
  }

  test('are on pages, files, health, and what is not there', async () => {
    const paths = ['/', '/docs', '/docs/static/swagger-ui.css', '/errors/busy', '/favicon.svg']
    for (const url of [...paths, '/seat-map.js', '/health', '/metrics', '/openapi.json', '/x']) {
      const { headers } = await send({ method: 'GET', url })
      assertSafe(headers, url)
    }
    assertSafe((await send({ method: 'GET', url: '/%zz' })).headers, 'an address that is none')
    assertSafe((await send({ method: 'DELETE', url: '/v1/shows' })).headers, 'another method')
  })

  test('are on streams', async () => {
    const url = await server.listen({ host: '127.0.0.1', port: 0 })
    const socket = await openSocket(url)
    // Another one: by now somebody has deleted that of above.
    const live = await createShow()
    socket.write(`GET /v1/shows/${live}/stream HTTP/1.1\r\nhost: x\r\n\r\n`)
    for await (const chunk of socket) {
      assert.match(String(chunk), /x-content-type-options: nosniff/)
      assert.match(String(chunk), /content-type: text\/event-stream; charset=utf-8/)
      break
    }
  })

  test('let pages run scripts of this server, and nothing inline', async () => {
    const policyOf = async (url: string) =>
      String((await send({ method: 'GET', url })).headers['content-security-policy'])
    for (const url of ['/', '/docs', '/errors/busy']) {
      assert.doesNotMatch(await policyOf(url), /unsafe-inline/, url)
    }
    for (const url of ['/', '/docs', '/errors/busy']) {
      const { headers } = await send({ method: 'GET', url })
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin', url)
      assert.match(String(headers['permissions-policy']), /camera=\(\)/, url)
    }
  })

  test('let pages elsewhere take in the seat map, and nothing else', async () => {
    const policyOf = async (url: string) =>
      (await send({ method: 'GET', url })).headers['cross-origin-resource-policy']
    assert.equal(await policyOf('/v1/shows'), 'same-origin')
    assert.equal(await policyOf('/'), 'same-origin')
    assert.equal(await policyOf('/seat-map.js'), 'cross-origin')
  })

  test('ask for TLS where a trusted proxy says that it came by TLS', async () => {
    const https = { 'x-forwarded-proto': 'https' }
    const hsts = async (trustProxy: boolean | string, remoteAddress = '127.0.0.1') => {
      const other = await createServer({ ...settings, trustProxy })
      const request = { url: '/v1/shows', headers: https, remoteAddress }
      const { headers } = await other.app.inject(request)
      await other.close()
      return headers['strict-transport-security']
    }
    assert.equal(await hsts(true), 'max-age=31536000')
    assert.equal(await hsts('127.0.0.1'), 'max-age=31536000')
    assert.equal(await hsts('127.0.0.1', '127.0.0.2'), undefined)
    assert.equal(await hsts(false), undefined)
  })
})

describe('pages of other origins', () => {
  test('get answers that caches keep apart by origin as by encoding', async () => {
    const show = await createShow()
    const other = await createServer({ ...settings, corsOrigins: ['https://shop.example'] })
    for (const [read, name] of [
      ['map', 'accept-encoding'],
      ['seats', 'accept-encoding'],
      ['seats?format=csv', 'accept'],
    ]) {
      const url = `/v1/shows/${show}/${read}`
      const { headers } = await other.app.inject({ url, headers: OPERATOR })
      const names = String(headers.vary).toLowerCase().split(/, */)
      assert.deepEqual(names.toSorted(), [name, 'origin'], read)
    }
    await other.close()
  })

  test('that are let in by name may never send cookies', async () => {
    const origin = 'https://shop.example'
    for (const corsOrigins of [[origin], ['*']]) {
      const other = await createServer({ ...settings, corsOrigins })
      const asked = { 'access-control-request-method': 'POST' }
      const preflight = {
        method: 'OPTIONS' as const,
        url: '/v1/shows',
        headers: { origin, ...asked },
      }
      for (const request of [preflight, { url: '/v1/shows', headers: { origin } }]) {
        const { headers } = await other.app.inject(request)
        assert.notEqual(headers['access-control-allow-origin'], undefined)
        assert.equal(headers['access-control-allow-credentials'], undefined)
        assert.doesNotMatch(String(headers['access-control-allow-headers']), /csrf/)
      }
      await other.close()
    }
  })
})
