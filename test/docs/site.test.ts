/** The documentation as a site: nothing is lost, nothing leads nowhere, programs read it, too. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { buildDocs } from '../../scripts/build-docs.ts'
import { readPages } from '../../scripts/docs/pages.ts'
import { ERRORS } from '../../src/protocol/index.ts'
import { OPERATION_IDS } from '../../src/protocol/operations/index.ts'
import { createServer } from '../../src/server/index.ts'
import { useServer } from '../server/use-server.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const { settings } = await useServer('docs-site')
const webDir = await mkdtemp(join(tmpdir(), 'rowlock-docs-'))
after(() => rm(webDir, { recursive: true, force: true }))
await buildDocs(join(webDir, 'docs'))
const server = await createServer({ ...settings, webDir })
after(() => server.close())

const get = async (url: string) => {
  const { statusCode, payload, headers } = await server.app.inject(url)
  return { status: statusCode, text: payload, headers }
}

/** Every page that links lead to, with how many clicks it is away from the index. */
const pages = new Map<string, { clicks: number; html: string; links: string[] }>()

before(async () => {
  let level = ['/docs']
  for (let clicks = 0; level.length > 0; clicks++) {
    const next = new Set<string>()
    for (const url of level) {
      const { status, text, headers } = await get(url)
      assert.equal(status, 200, url)
      if (!String(headers['content-type']).includes('html')) continue
      const links = [...text.matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, link = '']) => link)
      pages.set(url, { clicks, html: text, links })
      for (const link of links) {
        const [path = ''] = link.split('#')
        if (/^\/(docs|errors)/.test(path) && !pages.has(path)) next.add(path)
      }
    }
    level = [...next].filter((path) => !pages.has(path))
  }
})

describe('the site of the documentation', () => {
  test('has every page two clicks from its index', async () => {
    const files = await readdir(join(ROOT, 'docs'), { recursive: true })
    const wanted = files.filter((name) => name.endsWith('.md') && name !== 'README.md')
    for (const name of wanted) {
      const page = pages.get(`/docs/${name.replace(/\.md$/, '')}`)
      assert.ok(page !== undefined && page.clicks <= 2, name)
    }
    for (const code of Object.keys(ERRORS)) {
      assert.ok((pages.get(`/errors/${code}`)?.clicks ?? 9) <= 2, code)
    }
    assert.ok(pages.size > 120, `${pages.size} pages`)
  })

  test('leads nowhere that is not there, down to the heading', async () => {
    const others = new Map<string, number>()
    for (const [url, { links }] of pages) {
      for (const link of links.filter((each) => /^[/#]/.test(each))) {
        const [path = '', hash = ''] = link.split('#')
        const target = pages.get(path === '' ? url : path)
        if (target === undefined) {
          if (!others.has(path)) others.set(path, (await get(path)).status)
          const isDashboard = path === '/'
          assert.ok(isDashboard || others.get(path) === 200, `${url}: ${link}`)
        } else if (hash !== '' && path !== '/') {
          assert.ok(target.html.includes(` id="${decodeURIComponent(hash)}"`), `${url}: ${link}`)
        }
      }
    }
  })

  test('and its sources name no file that is not there', async () => {
    for (const { file, markdown } of await readPages()) {
      if (file === null) continue
      for (const [, link = ''] of markdown.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)) {
        if (/^(https?:|mailto:|\/)/.test(link)) continue
        assert.ok(existsSync(join(ROOT, dirname(file), link)), `${file}: ${link}`)
      }
    }
  })

  test('needs nothing from elsewhere, and nothing inline', async () => {
    const { headers } = await get('/docs/guides/sdk')
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/)
    assert.doesNotMatch(policy, /unsafe/)
    for (const [url, { html }] of pages) {
      assert.doesNotMatch(
        html,
        /<style|<script(?! type="module" src="\/docs\/)| style="| on\w+="/,
        url,
      )
      const loaded = [...html.matchAll(/<(?:script|img|link)[^>]*?(?:src|href)="([^"]*)"/g)]
      for (const [, address = ''] of loaded) assert.match(address, /^\//, `${url}: ${address}`)
    }
  })

  test('is plain Markdown, too, for programs', async () => {
    const { text, headers } = await get('/docs/guides/webhooks.md')
    assert.match(String(headers['content-type']), /text\/markdown/)
    assert.match(text, /^# Webhooks/)
    const { text: list } = await get('/llms.txt')
    const links = [...list.matchAll(/\]\((\/[^)]+)\)/g)].map(([, link = '']) => link)
    assert.ok(links.length > 50, `${links.length} links`)
    for (const link of links) assert.equal((await get(link)).status, 200, link)
    const { text: all } = await get('/llms-full.txt')
    assert.ok(all.includes(text.trim()))
  })

  test('shows each operation with samples, and with what a server answered', async () => {
    const api = [...pages].filter(([url]) => url.startsWith('/docs/api/'))
    const html = api.map(([, page]) => page.html).join('')
    for (const id of OPERATION_IDS) {
      const [, after = ''] = html.split(`<h2 id="${id}">`)
      const [section = ''] = after.split('</section>')
      assert.match(section, /<figcaption>TypeScript/, id)
      assert.match(section, /<figcaption>Shell/, id)
      if (id !== 'streamShow') assert.match(section, /of-answer/, id)
    }
  })

  test('says of each error what to do, with an example', async () => {
    for (const code of Object.keys(ERRORS)) {
      const html = pages.get(`/errors/${code}`)?.html ?? ''
      assert.match(html, /What to do/, code)
      assert.match(html, /<figcaption>JSON/, code)
    }
  })

  test('has a collection for Postman with every operation, and a feed of changes', async () => {
    const collection = JSON.parse((await get('/postman.json')).text)
    const requests = collection.item.flatMap(({ item }: { item: unknown[] }) => item)
    assert.equal(requests.length, OPERATION_IDS.length)
    const { text, headers } = await get('/changelog.atom')
    assert.match(String(headers['content-type']), /application\/atom\+xml/)
    assert.match(text, /<entry>\s*<id>urn:rowlock:version:0\.1\.0<\/id>/)
    assert.match(text, /<updated>\d{4}-\d\d-\d\dT/)
  })

  test('gives nothing that is not its own', async () => {
    const names = [
      'none',
      '..%2f..%2fpackage.json',
      '../package',
      'guides/..%2f..%2fpackage.json',
      '.md',
    ]
    for (const name of names) {
      const { statusCode, payload } = await server.app.inject(`/docs/${name}`)
      assert.equal(statusCode, 404, name)
      assert.equal(JSON.parse(payload).code, 'route_unknown', name)
    }
  })

  test('says how to make it where it is not built', async () => {
    const unbuilt = await createServer({ ...settings, webDir: join(webDir, 'none') })
    const { statusCode, payload } = await unbuilt.app.inject('/docs')
    assert.equal(statusCode, 200)
    assert.match(payload, /npm run build:web/)
    assert.match((await unbuilt.app.inject('/errors')).payload, /seats_unavailable/)
    const page = await unbuilt.app.inject('/docs/guides/sdk')
    assert.equal(page.statusCode, 200)
    await unbuilt.close()
  })
})

test('a server that is told so has no documentation', async () => {
  const other = await createServer({ ...settings, webDir, docs: false })
  assert.equal((await other.app.inject('/docs')).statusCode, 404)
  assert.equal((await other.app.inject('/llms.txt')).statusCode, 404)
  await other.close()
})
