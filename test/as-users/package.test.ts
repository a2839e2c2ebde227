/** The package, packed, installed in an empty project, and each of its exports used. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createEmptyDatabase } from '../support/database.ts'
import { exampleFor, outside, usePackageProject } from './support/package-project.ts'

const database = await createEmptyDatabase('package')
after(() => database.drop())
const project = await usePackageProject('rowlock', ['typescript@5.9.3', '@types/node@24'])
const tsc7 = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))

/** A module of the project, run to its end; what it prints. */
async function module(name: string, text: string, environment = {}): Promise<string> {
  await project.write(name, text)
  return project.run('node', [name], environment)
}

describe('what is packed', () => {
  const [packed] = project.packed
  const paths = packed?.files.map(({ path }) => path) ?? []

  test('is what users need: no leftovers of a build, no pictures', () => {
    const needless = paths.filter((path) =>
      /\.(map|tsbuildinfo|png|jpg)$|^(src|test|web|scripts|bench)\//.test(path),
    )
    assert.deepEqual(needless, [])
    for (const path of ['README.md', 'LICENSE', 'CHANGELOG.md', 'openapi.json', 'package.json']) {
      assert.ok(paths.includes(path), path)
    }
  })

  test('runs nothing of ours when it is installed', async () => {
    const path = join(project.directory, 'node_modules/rowlock/package.json')
    const { scripts } = JSON.parse(await readFile(path, 'utf8'))
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) {
      assert.equal(scripts[name], undefined, name)
    }
  })

  test('is small: a server with its pages, and documentation, a third of it', () => {
    assert.ok(packed && packed.size < 2_500_000, `${packed?.size} bytes`)
  })
})

describe('as a library', () => {
  const OPEN = `
    import { openRowlock } from 'rowlock'
    import { createClient } from 'rowlock/client'
    const rowlock = await openRowlock({
      databaseUrl: process.env.TEST_URL, allowUnsafeDurability: true,
    })
    const caller = {
      scope: 'test', actor: 'test', owner: null, boxOffice: true, seller: true, heldSeatsMax: null,
    }
    const show = {
      key: 'hamlet', title: 'Hamlet', startsAt: '2030-12-01T19:00Z', seats: ['A1', 'A2'],
    }
    const request = { caller, idempotencyKey: null }`

  test('it opens a database, sells, serves and closes', async () => {
    const printed = await module(
      'library.mjs',
      `${OPEN}
      const server = await rowlock.server.listen({ host: '127.0.0.1', port: 0 })
      const operator = createClient({ server, key: rowlock.operatorKey })
      await operator.createShow(show)
      const hold = await createClient({ server }).holdSeats('hamlet', { seats: ['A1'] })
      const booking = await operator.confirmHold('hamlet', hold.id)
      const { value } = await rowlock.engine.holdSeats(request, 'hamlet', { seats: ['A2'] })
      console.log(booking.items[0].seat, value.status, (await fetch(server)).status)
      await rowlock.close()`,
      { TEST_URL: database.ownerUrl },
    )
    assert.equal(printed.trim(), 'A1 live 200')
  })

  test('every export is there, also for require', async () => {
    const { exports } = JSON.parse(
      await readFile(join(project.directory, 'node_modules/rowlock/package.json'), 'utf8'),
    )
    const names = Object.keys(exports).map((path) => path.replace(/^\./, 'rowlock'))
    for (const name of names) {
      const json = name.endsWith('.json') ? ", { with: { type: 'json' } }" : ''
      const check = `(value) => { if (Object.keys(value).length === 0) throw new Error('empty') }`
      await module('import.mjs', `(${check})(await import('${name}'${json}))`)
      await module('require.cjs', `(${check})(require('${name}'))`)
    }
    assert.ok(names.length >= 7)
  })

  test('the seat map can be imported where there is no document', async () => {
    const printed = await module(
      'map.mjs',
      `import { TEXTS } from 'rowlock/seat-map'
      console.log(typeof TEXTS.hold)`,
    )
    assert.equal(printed.trim(), 'function')
  })

  test('what is wrong with the database is a sentence', async () => {
    const text = `import { openRowlock } from 'rowlock'
      await openRowlock({ databaseUrl: 'postgres://me@:x/shop' }).catch(({ name, message }) =>
        console.log(name, message))`
    assert.match(await module('wrong.mjs', text), /^ConnectError its URL cannot be read/)
  })
})

describe('the types', () => {
  const USE = `
    import { type Engine, openRowlock } from 'rowlock'
    import { type Booking, createClient, type Hold } from 'rowlock/client'
    import { parsePlan } from 'rowlock/plans'
    import { ERRORS } from 'rowlock/protocol'
    import type { RowlockSeatMap } from 'rowlock/seat-map'
    import { createServer } from 'rowlock/server'
    const client = createClient({ server: 'https://tickets.example' })
    export const hold: Promise<Hold> = client.holdSeats('hamlet', { best: { quantity: 2 } })
    export const seats = (booking: Booking): string[] => booking.items.map(({ seat }) => seat)
    // @ts-expect-error A quantity is a number.
    void client.holdSeats('hamlet', { best: { quantity: 'two' } })
    export const rowlock = openRowlock({ databaseUrl: 'postgres://db/shop' })
    export const engine: Promise<Engine> = rowlock.then(({ engine }) => engine)
    export const map = (element: RowlockSeatMap) => element.ready
    export { createServer, ERRORS, parsePlan }`

  for (const [version, tsc] of [
    ['5.9', 'node_modules/typescript/bin/tsc'],
    ['7.0', tsc7],
  ] as const) {
    for (const [resolution, module] of [
      ['nodenext', 'nodenext'],
      ['bundler', 'esnext'],
    ]) {
      test(`compile with TypeScript ${version}, ${resolution}, strictly`, async () => {
        await project.write('use.ts', USE)
        const compilerOptions = {
          module,
          moduleResolution: resolution,
          target: 'es2024',
          lib: ['es2024', 'dom', 'dom.iterable', 'esnext'],
          types: ['node'],
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          noEmit: true,
        }
        await project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['use.ts'] }))
        await project.run('node', [tsc, '-p', 'tsconfig.json'])
      })
    }
  }
})

test('npx rowlock serve serves its pages, and the examples run on it', async () => {
  const environment = { PORT: '0', ROWLOCK_DATA_DIR: join(project.directory, 'Daten für Łódź') }
  const npx = spawn('npx', ['rowlock', 'serve', '--json'], {
    cwd: project.directory,
    env: outside(environment),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(npx, 'exit')
  try {
    const [line] = await Promise.race([once(createInterface(npx.stdout), 'line'), ended])
    const { url, demoShow } = JSON.parse(String(line))
    for (const path of ['/', '/seat-map.js', '/docs', '/openapi.json']) {
      assert.equal((await fetch(`${url}${path}`)).status, 200, path)
    }
    for (const name of ['buy-two-seats.ts', 'late-payment.ts', 'watch-a-show.ts']) {
      await project.write(name, await exampleFor(name))
    }
    const printed = await module('examples.mjs', EXAMPLES, { TEST_URL: url, TEST_SHOW: demoShow })
    assert.match(printed, /^2 sold refund watched$/m)
  } finally {
    npx.kill('SIGTERM')
    await ended
  }
  await rm(environment.ROWLOCK_DATA_DIR, { recursive: true, force: true, maxRetries: 50 })
})

const EXAMPLES = `
  import { createClient } from 'rowlock/client'
  import { buyTwoSeats } from './buy-two-seats.ts'
  import { settlePayment } from './late-payment.ts'
  import { watchAShow } from './watch-a-show.ts'
  const { TEST_URL: server, TEST_SHOW: show } = process.env
  const booking = await buyTwoSeats(server, show, async () => true)
  const client = createClient({ server })
  const { id } = await client.holdSeats(show, { best: { quantity: 1 } })
  const [first, second] = [
    await settlePayment(client, show, id, 'payment-of-a-shopper-1'),
    await settlePayment(client, show, id, 'payment-of-a-shopper-2'),
  ]
  const watched = await new Promise((resolve) => watchAShow(server, show, resolve))
  console.log(booking.seats.length, Object.keys(first)[0], Object.keys(second)[0],
    watched === '' ? '' : 'watched')
  process.exit()`

describe('an older Node', async () => {
  const old = '/usr/bin/node'
  const version = await project.run(old, ['--version']).catch(() => 'none')
  const isOld = /^v(18|20|22)\./.test(version)
  const skip = isOld ? false : `${old} is ${version.trim()}`

  test('is told which one it takes, by the program and by the library', { skip }, async () => {
    const needs = /Rowlock needs Node\.js 24\.7 or later; this is \d+\.\d+/
    const main = 'node_modules/rowlock/dist/src/cli/main.js'
    await assert.rejects(project.run(old, [main, 'serve']), (error: Error) => {
      assert.match(error.message, needs)
      // Here are no npm scripts that would bring it along.
      assert.match(error.message, /Install it from https:\/\/nodejs\.org/)
      assert.doesNotMatch(error.message, /\n\s+at /)
      return true
    })
    await project.write('old.mjs', "import 'rowlock'")
    await assert.rejects(project.run(old, ['old.mjs']), needs)
  })

  test('runs the client', { skip }, async () => {
    await project.write(
      'client.mjs',
      "import { createClient } from 'rowlock/client'\ncreateClient({ server: '' }).getShow",
    )
    await project.run(old, ['client.mjs'])
  })
})
