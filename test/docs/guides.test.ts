/** Commands, files and programs of the guides that sell nothing themselves: run on a show. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { CreateShowBody } from '../../src/protocol/index.ts'
import { cleanEnvironment } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'
import { atEnd } from '../support/embedded.ts'
import { by, useServer } from '../support/engines.ts'
import { until } from '../support/until.ts'
import { blocksOf, commandsOf } from './blocks.ts'
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
    const [answer = '', body = ''] = (await blocksOf(page)).flatMap((block) => {
      return block.language === 'json' ? [block.text] : []
    })
    const { columns } = JSON.parse(body)
    const named = Object.entries(columns).flatMap(([field, name]) => [
      '--column',
      `${field}=${name}`,
    ])
    const words = ['plan', 'import', join(directory, 'saal.csv'), '--dry-run', '--json', ...named]
    const { code, json } = await rowlockHere([...words, '--ignore-unknown-columns'], environment)
    assert.equal(code, 0)
    const [shown, told] = [JSON.parse(answer), json<{ summary: object; warnings: object[] }>()]
    assert.deepEqual(Object.keys(told.summary), Object.keys(shown.summary))
    const fields = Object.keys(shown.warnings[0])
    for (const warning of told.warnings) assert.deepEqual(Object.keys(warning), fields)
  })

  test('about changing: a hold, a booking that goes to somebody else, notes', async (context) => {
    await sell('hamlet')
    const { value: hold } = await engine.holdSeats(by('Alice'), 'hamlet', { seats: ['A1'] })
    const seats = ['A2', 'A5']
    const { value: booking } = await engine.bookSeats(by('Alice'), 'hamlet', { seats })
    const more = { HOLD: hold.id, BOOKING: booking.id }
    const said = await paste(context, await commandsOf('docs/guides/change.md'), more)
    assert.match(said, /"seats":\["A3"\]/)
    assert.match(said, /"seats":\["A2"\].*"holder":"customer-18","reference":"order-2043"/)
    assert.match(said, /"metadata":\{"basket":"99","campaign":"newsletter"\}/)
    assert.doesNotMatch(said, /"code":/)
  })

  test('about looking after: a venue gets its clock, and a show is repeated', async (context) => {
    await sell('hamlet-2026-12-01')
    const { value: venue } = await engine.createVenue(by('operator'), { name: 'Old Vic' })
    const commands = await commandsOf('docs/guides/upkeep.md')
    const said = await paste(
      context,
      commands.map((text) => text.replaceAll('venue_…', venue.id)),
    )
    assert.match(said, /"name":"The Old Vic","timeZone":"Europe\/London"/)
    assert.match(said, /"key":"hamlet-2026-12-02"[\s\S]*"key":"hamlet-2026-12-03"/)
    assert.doesNotMatch(said, /"code":/)
  })

  test('about webhooks: one is made, tested, replayed; events are asked for', async (context) => {
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

  test('about webhooks: the command line forwards events, signed', async (context) => {
    const [, , forward = ''] = await commandsOf('docs/guides/webhooks.md')
    await sell('hamlet')
    const { port, heard } = await startReceiver(context)
    const [listen = '', trigger = ''] = forward.replaceAll('4000', port).trim().split('\n')
    const words = (line: string) => [...line.split(' ').slice(1), '--secret', SECRET]
    assert.equal((await rowlockHere(words(trigger), environment)).code, 0)
    assert.deepEqual(heard, ['booking.cancelled'])
    const listener = spawn(process.execPath, [MAIN, ...words(listen)], {
      env: cleanEnvironment(environment),
      stdio: 'ignore',
    })
    atEnd(context, async () => void listener.kill('SIGTERM'))
    await until('the receiver to hear of what was held', async () => {
      // What happens before the command line listens it does not forward.
      const { value: hold } = await engine.holdSeats(by('Alice'), 'hamlet', {
        best: { quantity: 1 },
      })
      await engine.releaseHold(by('Alice'), 'hamlet', hold.id, {})
      return heard.includes('hold.released') ? true : null
    })
  })
})

/** Verifies what is posted to it, and remembers of what type that was. */
async function startReceiver(context: TestContext) {
  const heard: string[] = []
  const webhook = new Webhook(SECRET)
  const server = createServer(async (request, response) => {
    const event = webhook.verify(await text(request), request.headers as Record<string, string>)
    heard.push((event as { type: string }).type)
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(context, async () => void server.close())
  return { port: String((server.address() as AddressInfo).port), heard }
}
