import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { describe, test } from 'node:test'
import { ERRORS } from '../../src/protocol/index.ts'
import { createServer } from '../../src/server/index.ts'
import { assertRefused, useServer } from './use-server.ts'

const { send, asShopper, createShow, settings } = await useServer('pages')

describe('pages', () => {
  test('the front page lists shows, and cannot be written into by their titles', async () => {
    const key = await createShow({ title: `<script>alert("x")</script>'&` })
    await asShopper('POST', `/v1/shows/${key}/holds`, { seats: ['A1'] })
    const { status, text, headers } = await send({ method: 'GET', url: '/' })
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'text/html; charset=utf-8')
    assert.ok(text.includes('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;'))
    assert.ok(!text.includes('<script'))
    assert.ok(text.includes('11 of 12 available'))
    assert.ok(text.includes(`href="/v1/shows/${key}/availability"`))
    assert.ok(text.includes('width=device-width'))
    for (const link of ['/docs', '/openapi.json', '/health', '/metrics', '/v1/shows']) {
      assert.ok(text.includes(`href="${link}"`), link)
      assert.equal((await send({ method: 'GET', url: link })).status, 200, link)
    }
  })

  test('their policy allows their style, and nothing from elsewhere', async () => {
    const { text, headers } = await send({ method: 'GET', url: '/' })
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? ''
    const policy = String(headers['content-security-policy'])
    assert.ok(policy.includes(`'sha256-${hash('sha256', style, 'base64')}'`))
    assert.ok(policy.startsWith("default-src 'none'"))
    assert.doesNotMatch(text, /https?:\/\/(?!www\.w3\.org)/)
  })

  test('the front page comes up when the database does not', async () => {
    const engine = { ...settings.engine, listShows: () => Promise.reject(new Error('down')) }
    const server = await createServer({ ...settings, engine })
    const { statusCode, payload } = await server.app.inject('/')
    assert.equal(statusCode, 200)
    assert.ok(payload.includes('The database does not answer just now.'))
    await server.close()
  })

  test('every error code has a page', async () => {
    for (const code of Object.keys(ERRORS)) {
      const { status, text } = await send({ method: 'GET', url: `/errors/${code}` })
      assert.equal(status, 200)
      assert.ok(text.includes(`<code>${code}</code>`))
    }
    for (const url of ['/errors/nothing', '/errors/toString', '/errors/%3Cscript%3E']) {
      assertRefused(await send({ method: 'GET', url }), 'route_unknown')
    }
  })

  test('the reference is there, with its headers', async () => {
    const { status, text, headers } = await send({ method: 'GET', url: '/docs/' })
    assert.equal(status, 200)
    assert.ok(text.includes('Rowlock API reference'))
    assert.match(String(headers['content-security-policy']), /default-src 'self'/)
    assert.doesNotMatch(String(headers['content-security-policy']), /upgrade-insecure/)
    for (const file of ['static/swagger-ui-bundle.js', 'static/theme/rowlock.css', 'json']) {
      assert.equal((await send({ method: 'GET', url: `/docs/${file}` })).status, 200, file)
    }
    assertRefused(await send({ method: 'GET', url: '/docs/static/none.js' }), 'route_unknown')
    assertRefused(await send({ method: 'GET', url: '/docs/static/..%2f..%2fpackage.json' }))
  })

  test('the reference can be left out', async () => {
    const server = await createServer({ ...settings, docs: false })
    assert.equal((await server.app.inject('/docs')).statusCode, 404)
    assert.ok(!(await server.app.inject('/')).payload.includes('href="/docs"'))
    await server.close()
  })

  test('the OpenAPI document carries a tag', async () => {
    const url = '/openapi.json'
    const { headers, body } = await send({ method: 'GET', url })
    assert.deepEqual((body.info as { version: string }).version, '1.2.3')
    const tag = { 'if-none-match': String(headers.etag) }
    assert.equal((await send({ method: 'GET', url, headers: tag })).status, 304)
  })
})
