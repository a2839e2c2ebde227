import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { ERRORS } from '../../src/protocol/index.ts'
import { VERSION } from '../../src/runtime/index.ts'
import { createServer } from '../../src/server/index.ts'
import { escapeHtml } from '../../src/server/pages/layout.ts'
import { assertRefused, useServer } from './use-server.ts'

const { send, settings } = await useServer('pages')

/** Makes what a build leaves, in a directory of its own. */
async function useWebDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rowlock-web-'))
  after(() => rm(dir, { recursive: true, force: true }))
  await mkdir(join(dir, 'dashboard', 'assets'), { recursive: true })
  await writeFile(join(dir, 'dashboard', 'index.html'), '<!doctype html><title>Dashboard</title>')
  await writeFile(join(dir, 'dashboard', 'assets', 'main-0abc.js'), 'export {}\n')
  await writeFile(join(dir, 'seat-map.js'), 'export {}\n')
  return dir
}

describe('pages', () => {
  test('the front page is the dashboard, which may load files of this server alone', async () => {
    const server = await createServer({ ...settings, webDir: await useWebDir() })
    const page = await server.app.inject('/')
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8')
    assert.equal(page.headers['cache-control'], 'no-cache')
    const policy = String(page.headers['content-security-policy'])
    assert.ok(policy.startsWith("default-src 'none'"))
    assert.doesNotMatch(policy, /unsafe|https?:/)
    const again = { 'if-none-match': String(page.headers.etag) }
    assert.equal((await server.app.inject({ url: '/', headers: again })).statusCode, 304)
    await server.close()
  })

  test('its files are kept for ever, the seat map is for pages elsewhere too', async () => {
    const server = await createServer({ ...settings, webDir: await useWebDir() })
    const headers = { 'accept-encoding': 'gzip, br' }
    const asset = await server.app.inject({ url: '/assets/main-0abc.js', headers })
    assert.match(String(asset.headers['cache-control']), /immutable/)
    assert.equal(asset.headers['content-type'], 'text/javascript; charset=utf-8')
    assert.equal(asset.headers['content-encoding'], 'gzip')
    assert.equal(gunzipSync(asset.rawPayload).toString(), 'export {}\n')
    const map = await server.app.inject('/seat-map.js')
    assert.equal(map.headers['access-control-allow-origin'], '*')
    assert.equal(map.payload, 'export {}\n')
    await server.close()
  })

  test('nothing else of the directory, or outside of it, is served', async () => {
    const server = await createServer({ ...settings, webDir: await useWebDir() })
    for (const name of ['none.js', '..%2findex.html', '%2e%2e%2findex.html', 'main', '.js']) {
      const { statusCode, payload } = await server.app.inject(`/assets/${name}`)
      assert.equal(statusCode, 404, name)
      assert.equal(JSON.parse(payload).code, 'route_unknown', name)
    }
    await server.close()
  })

  test('without a build the front page says how to make one, until there is one', async () => {
    const webDir = join(await useWebDir(), 'later')
    const server = await createServer({ ...settings, webDir })
    const before = await server.app.inject('/')
    assert.equal(before.statusCode, 200)
    assert.ok(before.payload.includes('npm run build:web'))
    for (const link of ['/docs', '/openapi.json', '/health', '/metrics', '/v1/shows']) {
      assert.ok(before.payload.includes(`href="${link}"`), link)
      assert.equal((await send({ method: 'GET', url: link })).status, 200, link)
    }
    await mkdir(join(webDir, 'dashboard'), { recursive: true })
    await writeFile(join(webDir, 'dashboard', 'index.html'), '<title>Dashboard</title>')
    assert.ok((await server.app.inject('/')).payload.includes('<title>Dashboard</title>'))
    await server.close()
  })

  test('the policy of the other pages allows their style, and nothing from elsewhere', async () => {
    const other = await createServer({ ...settings, webDir: join(await useWebDir(), 'none') })
    const { payload: text, headers } = await other.app.inject('/errors/busy')
    await other.close()
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? ''
    const policy = String(headers['content-security-policy'])
    assert.ok(policy.includes(`'sha256-${hash('sha256', style, 'base64')}'`))
    assert.ok(policy.startsWith("default-src 'none'"))
    assert.doesNotMatch(text, /https?:\/\/(?!www\.w3\.org)/)
  })

  test('what a page says is text, in attributes too', () => {
    const text = `<b onclick="a('b')">&amp;</b>`
    const escaped = '&lt;b onclick=&quot;a(&#39;b&#39;)&quot;&gt;&amp;amp;&lt;/b&gt;'
    assert.equal(escapeHtml(text), escaped)
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

  test('the documentation can be left out', async () => {
    const webDir = join(await useWebDir(), 'none')
    const server = await createServer({ ...settings, webDir, docs: false })
    assert.equal((await server.app.inject('/docs')).statusCode, 404)
    assert.ok(!(await server.app.inject('/')).payload.includes('href="/docs"'))
    await server.close()
  })

  test('the OpenAPI document carries a tag', async () => {
    const url = '/openapi.json'
    const { headers, body } = await send({ method: 'GET', url })
    assert.equal((body.info as { version: string }).version, VERSION)
    const tag = { 'if-none-match': String(headers.etag) }
    assert.equal((await send({ method: 'GET', url, headers: tag })).status, 304)
  })
})
