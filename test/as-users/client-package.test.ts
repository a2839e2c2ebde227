/** `@rowlock/client` and `@rowlock/seat-map` by themselves, as a shop installs them. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, useListening } from '../support/servers.ts'
import { usePackageProject } from './support/package-project.ts'

const server = await useListening(await useTestDatabase('client package'))
const project = await usePackageProject('browser', [])
const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
const OLD = '/usr/bin/node'

describe('the packages for shops', () => {
  test('bring nothing along but themselves', async () => {
    const names = await readdir(join(project.directory, 'node_modules'))
    assert.deepEqual(
      names.filter((name) => !name.startsWith('.')),
      ['@rowlock'],
    )
    const size = project.packed.reduce((sum, { size }) => sum + size, 0)
    assert.ok(size < 200_000, `${size} bytes`)
  })

  test('have the version of Rowlock', async () => {
    const root = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
    for (const name of ['client', 'seat-map']) {
      const path = join(project.directory, 'node_modules/@rowlock', name, 'package.json')
      const { version, dependencies = {} } = JSON.parse(await readFile(path, 'utf8'))
      assert.equal(version, root.version)
      for (const wanted of Object.values(dependencies)) assert.equal(wanted, root.version)
    }
  })

  test('sell a seat', async () => {
    const show = await createShowOn(server)
    await project.write('sell.mjs', SELL)
    const environment = { TEST_URL: server.url, TEST_SHOW: show }
    assert.equal((await project.run('node', ['sell.mjs'], environment)).trim(), 'A1 expected')
    const version = await project.run(OLD, ['--version']).catch(() => '')
    if (!/^v(18|20|22)\./.test(version)) return
    const older = { ...environment, TEST_SHOW: await createShowOn(server) }
    assert.equal((await project.run(OLD, ['sell.mjs'], older)).trim(), 'A1 expected')
  })

  test('can be imported on a server without a document', async () => {
    await project.write('map.mjs', "import '@rowlock/seat-map'\nconsole.log(typeof document)")
    assert.equal((await project.run('node', ['map.mjs'])).trim(), 'undefined')
  })

  for (const [resolution, module] of [
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ]) {
    test(`compile with ${resolution}, strictly, and without types of anything else`, async () => {
      await project.write('use.ts', USE)
      const compilerOptions = {
        module,
        moduleResolution: resolution,
        target: 'es2022',
        lib: ['es2022', 'dom', 'dom.iterable'],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
      }
      await project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['use.ts'] }))
      await project.run('node', [tsc, '-p', 'tsconfig.json'])
    })
  }

  test('have a sentence on the fields that OpenAPI has one for', async () => {
    const path = 'node_modules/@rowlock/client/dist/protocol/schemas/index.d.ts'
    const text = await readFile(join(project.directory, path), 'utf8')
    assert.match(text, /export type Hold = .*\/\*\* Whether they are all side by side/)
  })
})

const SELL = `
  import { createClient, RowlockError } from '@rowlock/client'
  const { TEST_URL: server, TEST_SHOW: show } = process.env
  const client = createClient({ server })
  const hold = await client.holdSeats(show, { seats: ['A1'] })
  const booking = await client.confirmHold(show, hold.id, { reference: 'payment-4711' })
  const refused = await client.holdSeats(show, { seats: ['A1'] }).catch((error) => error)
  const isExpected = refused instanceof RowlockError && refused.code === 'seats_unavailable'
  console.log(booking.items[0].seat, isExpected ? 'expected' : refused)`

const USE = `
  import { type Booking, createClient, type Hold, RowlockError } from '@rowlock/client'
  import type { RowlockSeatMap } from '@rowlock/seat-map'
  const client = createClient({ server: 'https://tickets.example' })
  export const hold: Promise<Hold> = client.holdSeats('hamlet', { best: { quantity: 2 } })
  export const until = (hold: Hold): string | null => hold.booking ?? hold.reference
  export const rows = ({ items }: Booking): (string | null)[] => items.map(({ row }) => row)
  // @ts-expect-error A quantity is a number.
  void client.holdSeats('hamlet', { best: { quantity: 'two' } })
  // @ts-expect-error There is no such status.
  export const isOver = (hold: Hold) => hold.status === 'over'
  export async function all(): Promise<string[]> {
    const keys: string[] = []
    for await (const show of client.listShows({ limit: 10 })) keys.push(show.key)
    return keys
  }
  export const taken = (error: RowlockError) => error.details.seats?.map(({ reason }) => reason)
  export const map = (element: RowlockSeatMap) => element.client.getShow('hamlet')`
