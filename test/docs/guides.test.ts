/** Commands, files and programs of the guides that sell nothing themselves: run on a show. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { CreateShowBody } from '../../src/protocol/index.ts'
import { cleanEnvironment, rowlock } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { atEnd } from '../support/embedded.ts'
import { by, useServer } from '../support/engines.ts'
import { until } from '../support/until.ts'
import { type Block, blocksOf, commandsOf } from './blocks.ts'
import { useReader } from './paste.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MAIN = join(ROOT, 'src/cli/main.ts')
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

const database = await useTestDatabase('guides that list')
const engine = await useServer(database.settings)
const { directory, environment, paste } = await useReader(database)

/** Sells a seat of a show of that name to order-2041; seat A12 comes first. */
async function sell(key: string): Promise<void> {
  const seats = { rows: 'A', seatsPerRow: 20 }
  const show = { key, title: key, startsAt: '2030-12-01T19:00:00Z', seats, confirmBy: 'holder' }
  await engine.createShow(by('operator'), CreateShowBody.parse(show))
  const { counts } = (await engine.getAvailability(key)).read()
  const what = counts.booked === 0 ? { seats: ['A12'] } : { best: { quantity: 1 } }
  await engine.bookSeats(by('operator'), key, { ...what, reference: 'order-2041' })
}

async function blockIn(page: string, language: string): Promise<string> {
  const found = (await blocksOf(page)).find((one) => one.language === language)
  assert.ok(found, `${page} has no block of ${language}`)
  return found.text
}

describe('the guides', { skip: process.platform === 'win32' }, () => {
  test('about finding and exporting list what was sold', async (context) => {
    await sell('hamlet')
    const found = await paste(context, await commandsOf('docs/guides/find.md'))
    assert.match(found, /"reference":"order-2041"/)
    assert.match(found, /"kind":"book"/)
    assert.doesNotMatch(found, /"code":/)
    await paste(context, await commandsOf('docs/guides/reports.md'))
    for (const [file, line] of [
      ['bookings.csv', /^book_.*,order-2041,/m],
      ['seats.csv', /^\uFEFF.*\r\nA12,/],
      ['journal.csv', /,book,/],
    ] as const) {
      assert.match(await readFile(join(directory, file), 'utf8'), line, file)
    }
  })

  test('about plans: its files are read as it says', async (context) => {
    const page = 'docs/guides/plans.md'
    await writeFile(join(directory, 'seats.csv'), await blockIn(page, 'csv'))
    const foreign = 'Saalteil;Nr;Preis\nParkett;A1;20\nParkett;A2;20\n'
    await writeFile(join(directory, 'saal.csv'), foreign)
    const said = await paste(context, await commandsOf(page))
    assert.match(said, /2 seats/)
    const [answer = '', body = ''] = (await blocksOf(page)).flatMap(({ language, text }) => {
      return language === 'json' ? [text] : []
    })
    const { columns } = JSON.parse(body)
    const named = Object.entries(columns).flatMap(([field, name]) => [
      '--column',
      `${field}=${name}`,
    ])
    const words = ['plan', 'import', join(directory, 'saal.csv'), '--dry-run', '--json', ...named]
    const { code, json } = await rowlock([...words, '--ignore-unknown-columns'], environment)
    assert.equal(code, 0)
    const [shown, told] = [JSON.parse(answer), json<{ summary: object; warnings: object[] }>()]
    assert.deepEqual(Object.keys(told.summary), Object.keys(shown.summary))
    const fields = Object.keys(shown.warnings[0])
    for (const warning of told.warnings) assert.deepEqual(Object.keys(warning), fields)
  })

  test('about webhooks: one is made, tested, replayed, and events are asked for', async (context) => {
    await sell('hamlet-2026-12-01')
    await sell('avengers-2026-7pm')
    const [create = '', repair = '', , events = ''] = await commandsOf('docs/guides/webhooks.md')
    const made = await paste(context, [create])
    assert.match(made, /"secret":"whsec_/)
    const [webhook = ''] = /webhook_\w{32}/.exec(made) ?? []
    const said = await paste(context, [repair, events], { WEBHOOK: webhook })
    assert.doesNotMatch(said, /"code":/)
    assert.match(said, /"type":"booking\.created"/)
    const event = JSON.parse(await blockIn('docs/guides/webhooks.md', 'json'))
    assert.match(
      said,
      new RegExp(
        Object.keys(event)
          .map((name) => `"${name}":`)
          .join('.*'),
      ),
    )
  })

  test('about webhooks: its receivers verify what the command line forwards', async (context) => {
    const page = 'docs/guides/webhooks.md'
    const receivers = (await blocksOf(page)).filter(({ text }) => text.includes('new Webhook('))
    assert.equal(receivers.length, 2)
    const [, , forward = ''] = await commandsOf(page)
    await sell('hamlet')
    for (const receiver of receivers) {
      const port = String(await freePort())
      const heard = await startReceiver(context, receiver, port)
      const [listen = '', trigger = ''] = forward.replaceAll('4000', port).trim().split('\n')
      const words = (line: string) => [...line.split(' ').slice(1), '--secret', SECRET]
      await until('the receiver to hear of what was made up', async () => {
        await rowlock(words(trigger), environment)
        return heard().includes('booking.cancelled') ? true : null
      })
      const listener = spawn(process.execPath, [MAIN, ...words(listen)], {
        env: cleanEnvironment(environment),
        stdio: 'ignore',
      })
      atEnd(context, async () => void listener.kill('SIGTERM'))
      await until('the receiver to hear of what was held', async () => {
        // What happens before the command line listens it does not forward.
        const shopper = by('Alice')
        const { value: hold } = await engine.holdSeats(shopper, 'hamlet', { best: { quantity: 1 } })
        await engine.releaseHold(shopper, 'hamlet', hold.id, {})
        return heard().includes('hold.released') ? true : null
      })
    }
  })
})

/** Runs a block as a program on this port; what it has printed. */
async function startReceiver(context: TestContext, block: Block, port: string) {
  await mkdir(join(ROOT, 'test-output'), { recursive: true })
  const home = await mkdtemp(join(ROOT, 'test-output', 'receiver-'))
  atEnd(context, () => rm(home, { recursive: true, force: true }))
  const file = join(home, `receiver.${block.language === 'ts' ? 'ts' : 'mjs'}`)
  await writeFile(file, block.text.replaceAll('4000', port))
  const child = spawn(process.execPath, [file], {
    env: cleanEnvironment({ WEBHOOK_SECRET: SECRET }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  atEnd(context, async () => {
    child.kill('SIGTERM')
    await ended
  })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  return () => said
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}
