/** The map as a component of React and of Vue, bundled as a shop bundles it, in a browser. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { compileScript, parse } from 'vue/compiler-sfc'
import type { RowlockSeatMap } from '../../web/seat-map/seat-map.ts'
import type { MapProps } from '../../web/wrappers/map-props.ts'
import { blocksOf } from '../docs/blocks.ts'
import { OPERATOR_KEY } from '../support/servers.ts'
import { MapPage } from './support/map-page.ts'
import { useMaps } from './support/use-maps.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const { house, browser, createShow } = await useMaps('components')
// Below the repository, so that modules find the frameworks.
await mkdir(join(ROOT, 'test-output'), { recursive: true })
const directory = await mkdtemp(join(ROOT, 'test-output', 'components-'))
after(() => rm(directory, { recursive: true, force: true }))

/** Things that the page offers to a test, whichever framework draws it. */
declare global {
  interface Window {
    /** Renders the map with these props, or takes it away. */
    draw(props: (MapProps & { onHold?: unknown; onRelease?: unknown }) | null): void
    /** Gives what the component's ref is. */
    current(): RowlockSeatMap | null
    told: string[]
  }
}

const PAGES = {
  'react-guide': `
    import { createElement, StrictMode } from 'react'
    import { createRoot } from 'react-dom/client'
    import { Seats } from './react-block.tsx'
    const seats = createElement(Seats, { show: location.hash.slice(1) })
    createRoot(document.body).render(createElement(StrictMode, null, seats))`,
  'vue-guide': `
    import { createApp } from 'vue'
    import Seats from './vue-block.ts'
    createApp(Seats, { show: location.hash.slice(1) }).mount(document.body)`,
  'react-hydrated': `
    import { createElement } from 'react'
    import { hydrateRoot } from 'react-dom/client'
    import { renderToString } from 'react-dom/server'
    import { SeatMap } from '@rowlock/seat-map/react'
    const show = location.hash.slice(1)
    const map = createElement(SeatMap, { show, controls: ['best'], prices: { standard: 9 } })
    document.body.innerHTML = renderToString(map)
    hydrateRoot(document.body, map)`,
  'vue-hydrated': `
    import { createSSRApp, h } from 'vue'
    import { renderToString } from 'vue/server-renderer'
    import { SeatMap } from '@rowlock/seat-map/vue'
    const show = location.hash.slice(1)
    const map = () => h(SeatMap, { show, controls: ['best'], prices: { standard: 9 } })
    document.body.innerHTML = await renderToString(createSSRApp({ render: map }))
    createSSRApp({ render: map }).mount(document.body)`,
  react: `
    import { createElement, createRef } from 'react'
    import { flushSync } from 'react-dom'
    import { createRoot } from 'react-dom/client'
    import { SeatMap } from '@rowlock/seat-map/react'
    const root = createRoot(document.body)
    const ref = createRef()
    const render = (props) => createElement(SeatMap, { ...props, className: 'x', ref })
    window.draw = (props) => flushSync(() => root.render(props && render(props)))
    window.current = () => ref.current`,
  vue: `
    import { createApp, h, ref, shallowRef } from 'vue'
    import { SeatMap } from '@rowlock/seat-map/vue'
    const given = shallowRef(null)
    const map = ref(null)
    const render = (props) => h(SeatMap, { ...props, class: 'x', ref: map })
    createApp({ setup: () => () => given.value && render(given.value) }).mount(document.body)
    window.draw = (props) => { given.value = props }
    window.current = () => map.value`,
}

/** The guide's blocks, beside the pages that import them. */
async function writeBlocks(): Promise<void> {
  const blocks = await blocksOf('docs/guides/seat-map.md')
  const text = (language: string) => {
    const block = blocks.find((one) => one.language === language)
    return block?.text.replaceAll('https://tickets.example.org', house.url) ?? ''
  }
  await writeFile(join(directory, 'react-block.tsx'), text('tsx'))
  const { descriptor, errors } = parse(text('vue'))
  assert.deepEqual(errors, [])
  const { content } = compileScript(descriptor, { id: 'seats', inlineTemplate: true })
  await writeFile(join(directory, 'vue-block.ts'), content)
}

async function bundle(name: keyof typeof PAGES): Promise<string> {
  const entry = join(directory, `${name}.ts`)
  await writeFile(entry, PAGES[name])
  const outDir = join(directory, name)
  await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"development"' },
    resolve: { alias: { '@rowlock/seat-map': join(ROOT, 'web/wrappers') } },
    build: { outDir, minify: false, lib: { entry, formats: ['es'], fileName: () => 'page.js' } },
  })
  return readFile(join(outDir, 'page.js'), 'utf8')
}

async function open(name: keyof typeof PAGES, show: string): Promise<MapPage> {
  const script = await bundle(name)
  const map = new MapPage(await browser.newPage(), house.url)
  await map.page.route('**/shop', (route) => {
    const body =
      '<!doctype html><html lang="en"><body><script src="/shop.js" type="module"></script>'
    return route.fulfill({ body, contentType: 'text/html' })
  })
  await map.page.route('**/shop.js', (route) =>
    route.fulfill({ body: script, contentType: 'text/javascript' }),
  )
  await map.page.goto(`${house.url}/shop#${show}`)
  return map
}

await writeBlocks()

for (const framework of ['react', 'vue'] as const) {
  describe(`the map in ${framework}`, () => {
    test('the block of the guide sells, and leads to the checkout', async () => {
      const map = await open(`${framework}-guide`, await createShow())
      await map.isReady()
      await map.press('C5')
      await map.button('Hold 1 seat').click()
      const { hold } = (await map.hears('hold')) as { hold: { id: string } }
      const pay = map.page.getByRole('link', { name: 'Pay' })
      await map.page.locator(`a[href="/checkout?hold=${hold.id}"]`).waitFor()
      assert.ok(await pay.isVisible())
      await map.close()
    })

    test('what a server has rendered comes alive', async () => {
      const map = await open(`${framework}-hydrated`, await createShow())
      await map.isReady()
      await map.page.waitForFunction(
        () => document.querySelector('rowlock-seat-map')?.prices.standard,
      )
      assert.equal(await map.map.getAttribute('controls'), 'best')
      assert.equal(await map.page.locator('rowlock-seat-map').count(), 1)
      // Frameworks complain where what they find is not what they would have rendered.
      await map.close()
    })

    test('a render with new objects and functions keeps the hold', async () => {
      const show = await createShow()
      const map = await open(framework, show)
      await map.page.waitForFunction(() => typeof window.draw === 'function')
      const draw = (round: string) =>
        map.page.evaluate(drawRound, { show, round, apiKey: OPERATOR_KEY })
      await draw('first')
      await map.isReady()
      assert.deepEqual(await map.page.evaluate(lookAt), {
        name: 'rowlock-seat-map',
        attributes: [
          'class=x',
          'controls=legend hold',
          'currency=GBP',
          'hold-seconds=300',
          `key=${OPERATOR_KEY}`,
          'max=2',
          `show=${show}`,
        ],
        prices: { standard: 12.5 },
      })
      await map.page.evaluate(() => window.current()?.select(['A1']))
      await map.button('first 1').click()
      await map.hears('hold')
      await draw('second')
      assert.deepEqual(await map.held(), ['A1'])
      await map.page.evaluate(() => window.current()?.release())
      await map.page.evaluate(() => window.current()?.select(['A2']))
      await map.button('second 1').waitFor()
      assert.deepEqual(await map.page.evaluate(() => window.told), ['first hold', 'second release'])
      await map.page.evaluate(() => window.draw(null))
      await map.map.waitFor({ state: 'detached' })
      await map.close()
    })
  })
}

interface Round {
  readonly show: string
  readonly round: string
  readonly apiKey: string
}

/** In the page: one render, of which no object or function is that of the one before. */
function drawRound({ show, round, apiKey }: Round): void {
  window.told ??= []
  window.draw({
    show,
    max: 2,
    holdSeconds: 300,
    controls: ['legend', 'hold'],
    currency: 'GBP',
    remember: false,
    apiKey,
    prices: { standard: 12.5 },
    texts: { hold: (count) => `${round} ${count}` },
    onHold: () => window.told.push(`${round} hold`),
    onRelease: () => window.told.push(`${round} release`),
  })
}

function lookAt() {
  const element = window.current() as RowlockSeatMap
  const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort()
  return { name: element.localName, attributes, prices: element.prices }
}
