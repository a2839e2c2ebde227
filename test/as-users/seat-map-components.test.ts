/** `@rowlock/seat-map` with React and Vue, as a shop that has one of them installs it. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { usePackageProject } from './support/package-project.ts'

/** The versions that the package is developed with. */
async function ours(...names: string[]): Promise<string[]> {
  const path = new URL('../../packages/seat-map/package.json', import.meta.url)
  const { devDependencies } = JSON.parse(await readFile(path, 'utf8'))
  return names.map((name) => `${name}@${devDependencies[name]}`)
}

const frameworks = await ours('react', 'react-dom', '@types/react', '@types/react-dom', 'vue')
const project = await usePackageProject('browser', frameworks)
const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))

/** Attributes that a server renders; the key is left out, and so is what no attribute can say. */
const RENDERED = [
  'class="wide"',
  'controls="legend hold"',
  'hold-seconds="300"',
  'max="2"',
  'remember=""',
  'show="hamlet"',
]

/** The element alone, with its attributes in no order. */
function assertRendered(html: string): void {
  const [, tag = ''] = /^<rowlock-seat-map([^>]*)>Pay<\/rowlock-seat-map>$/.exec(html) ?? []
  // Vue writes an empty attribute without its value. The case of a name makes no difference.
  const attributes = [...tag.matchAll(/ ([\w-]+)(?:="([^"]*)")?/g)]
  assert.deepEqual(
    attributes.map(([, name, value = '']) => `${name?.toLowerCase()}="${value}"`).sort(),
    RENDERED,
  )
}

const PROPS = `{
  show: 'hamlet', max: 2, holdSeconds: 300, controls: ['legend', 'hold'], remember: true,
  apiKey: 'secret', prices: { standard: 12.5 }, texts: { hold: () => 'Hold' }, onHold() {},
}`

async function renderWithReact(): Promise<string[]> {
  await project.write(
    'react.mjs',
    `import { createElement, version } from 'react'
    import { renderToString } from 'react-dom/server'
    import { SeatMap } from '@rowlock/seat-map/react'
    const props = { ...${PROPS}, className: 'wide' }
    console.log(renderToString(createElement(SeatMap, props, 'Pay')))
    console.log(version)`,
  )
  // A warning would be a line before.
  return (await project.run('sh', ['-c', 'node react.mjs 2>&1'])).trim().split('\n')
}

async function renderWithVue(): Promise<string[]> {
  await project.write(
    'vue.mjs',
    `import { createSSRApp, h, version } from 'vue'
    import { renderToString } from 'vue/server-renderer'
    import { SeatMap } from '@rowlock/seat-map/vue'
    const props = { ...${PROPS}, class: 'wide' }
    const render = () => h(SeatMap, props, () => 'Pay')
    const html = await renderToString(createSSRApp({ render }))
    console.log(html.replaceAll(/<!--[^>]*-->/g, ''))
    console.log(version)`,
  )
  return (await project.run('sh', ['-c', 'node vue.mjs 2>&1'])).trim().split('\n')
}

async function compile(name: string, text: string, moduleResolution: string): Promise<void> {
  await project.write(name, text)
  const compilerOptions = {
    module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
    moduleResolution,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
    jsx: 'react-jsx',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  }
  await project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: [name] }))
  await project.run('node', [tsc, '-p', 'tsconfig.json'])
}

describe('the components of the seat map', () => {
  test('are rendered on a server by React', async () => {
    const [html = '', version = ''] = await renderWithReact()
    assertRendered(html)
    assert.match(version, /^19\./)
  })

  test('are rendered on a server by Vue', async () => {
    const [html = '', version = ''] = await renderWithVue()
    assertRendered(html)
    assert.match(version, /^3\.5\./)
  })

  test('bring the element and its types alone for plain JSX', async () => {
    await project.write(
      'jsx.mjs',
      "console.log(Object.keys(await import('@rowlock/seat-map/jsx')))",
    )
    assert.equal((await project.run('node', ['jsx.mjs'])).trim(), '[]')
  })

  for (const resolution of ['nodenext', 'bundler']) {
    test(`compile with ${resolution}, strictly`, async () => {
      await compile('use-react.tsx', USE_REACT, resolution)
      await compile('use-vue.ts', USE_VUE, resolution)
    })
  }

  test('are for one who has the other: a missing framework is never asked for', async () => {
    const text = async (name: string) =>
      readFile(join(project.directory, `node_modules/@rowlock/seat-map/dist/${name}.js`), 'utf8')
    assert.match(await text('react'), /^"use client"/)
    assert.doesNotMatch(await text('react'), /from "vue"/)
    assert.doesNotMatch(await text('vue'), /from "react"/)
    assert.doesNotMatch(await text('map-props'), /from "(?:react|vue)"/)
  })

  test('are rendered by the oldest React and Vue that they take, without a warning', async () => {
    const older = ['react@18.0.0', 'react-dom@18.0.0', '@types/react@18', 'vue@3.3.0']
    await project.run('npm', ['uninstall', '--no-fund', '--no-audit', '@types/react-dom'])
    await project.run('npm', ['install', '--no-fund', '--no-audit', ...older])
    for (const [render, wanted] of [
      [renderWithReact, '18.0.0'],
      [renderWithVue, '3.3.0'],
    ] as const) {
      const [html = '', version = ''] = await render()
      assertRendered(html)
      assert.ok(version.startsWith(wanted), version)
    }
    await compile('use-react.tsx', USE_REACT, 'bundler')
  })
})

const USE_REACT = `
  import '@rowlock/seat-map/jsx'
  import type { RowlockSeatMap } from '@rowlock/seat-map'
  import { SeatMap, type SeatMapProps } from '@rowlock/seat-map/react'
  import { useRef } from 'react'
  export function Seats(props: Pick<SeatMapProps, 'show'>) {
    const map = useRef<RowlockSeatMap>(null)
    return (
      <main onClick={() => map.current?.select(['A1'])}>
        <SeatMap
          ref={map} {...props} className="wide" max={2} mode="view" texts={{ retry: 'Again' }}
          onHold={({ hold }) => hold.seats.join()} onRefusal={({ code }) => code}
          onStatus={({ connection }) => connection === 'live'}
        ><a slot="held">Pay</a></SeatMap>
        <rowlock-seat-map
          show="hamlet" hold-seconds={300} ref={map}
          onrowlock-hold={({ detail }) => detail.hold.id}
        />
      </main>
    )
  }
  // @ts-expect-error A map is of a show.
  export const none = <SeatMap />
  // @ts-expect-error A number.
  export const many = <SeatMap show="hamlet" max="two" />
  // @ts-expect-error There is no such event.
  export const sold = <SeatMap show="hamlet" onSold={() => {}} />
  // @ts-expect-error What is told of a hold is a hold.
  export const wrong = <SeatMap show="hamlet" onHold={({ booking }) => booking} />
  // @ts-expect-error There is no such mode.
  export const mode = <rowlock-seat-map show="hamlet" mode="edit" />`

const USE_VUE = `
  import type { RowlockSeatMap } from '@rowlock/seat-map'
  import { SeatMap, type SeatMapProps } from '@rowlock/seat-map/vue'
  import { type EmitsToProps, shallowRef } from 'vue'
  type Listeners = EmitsToProps<import('@rowlock/seat-map/vue').SeatMapEmits>
  export const map = shallowRef<RowlockSeatMap | null>(null)
  export const props: SeatMapProps = { show: 'hamlet', max: 2, controls: ['legend'] }
  export const listeners: Listeners = {
    onHold: ({ hold }) => { void map.value?.release(hold.seats) },
  }
  export { SeatMap }
  // @ts-expect-error A map is of a show.
  export const none: SeatMapProps = {}
  // @ts-expect-error A number.
  export const many: SeatMapProps = { show: 'hamlet', max: 'two' }
  // @ts-expect-error What is told of a hold is a hold.
  export const wrong: Listeners = { onHold: ({ booking }) => booking }`
