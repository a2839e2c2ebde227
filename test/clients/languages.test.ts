/** The clients in Python and PHP against a real server, where their runtimes are at hand. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { after, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { blocksOf } from '../docs/blocks.ts'
import { BadLine } from '../support/bad-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, OPERATOR_KEY, useListening } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { LANGUAGES, pathOf, programOf, whyNot } from './runtimes.ts'

const run = promisify(execFile)
const ROOT = new URL('../../', import.meta.url)

const server = await useListening(await useTestDatabase('languages'))
let count = 0
// A client of these languages has a connection for each attempt, so every first one is lost.
const line = await BadLine.open([server.url], () => 0)
line.fateOf = () => (count++ % 2 === 0 ? { kind: 'eat', afterBytes: 1 } : null)
after(() => line.close())

// Takes connections, and hangs up.
const silent = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
await once(silent, 'listening')
const nobody = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
after(() => silent.close())

async function kindsOf(show: string): Promise<string[]> {
  const kinds: string[] = []
  for await (const { kind } of server.operator.listJournal(show)) kinds.push(kind)
  return kinds
}

for (const language of LANGUAGES) {
  const { name, program, probe, guide, start } = language
  const skip = await whyNot(language)

  describe(`the client for ${name}`, { skip }, () => {
    it('sells once over a line that eats every other answer, and tells refusals', async () => {
      const show = await createShowOn(server)
      const env = {
        ...process.env,
        ROWLOCK_SERVER: line.url,
        ROWLOCK_KEY: OPERATOR_KEY,
        ROWLOCK_SHOW: show,
        ROWLOCK_NOBODY: nobody,
      }
      const told = JSON.parse((await run(program, [programOf(language, 'story')], { env })).stdout)
      const { counts } = await server.shopper.getAvailability(show)
      assert.deepEqual(told, {
        held: ['A1', 'A2'],
        holder: 'Zoë',
        booked: true,
        taken: ['seats_unavailable', 409, 'A2'],
        takenHasKeys: true,
        unknown: ['show_unknown', null],
        lost: ['no_answer', 0, 'a-key-of-mine'],
        seats: counts.total,
        page: [7],
        bookings: [1, null],
        events: ['show.created', 'hold.created', 'booking.created'],
      })
      assert.deepEqual(await kindsOf(show), ['create', 'hold', 'confirm'])
      assert.ok(count > 2, 'the line did eat answers')
    })

    it('follows a show over a line that cuts and stalls, and its events', async () => {
      const show = await createShowOn(server, { rows: 'A', seatsPerRow: 8 })
      const weak = await BadLine.open([server.url], () => 0)
      after(() => weak.close())
      const fates = [null, 'cut', 'stall'] as const
      let connections = 0
      weak.fateOf = () => {
        const kind = fates[connections++ % fates.length] ?? null
        return kind && { kind, afterBytes: 900 + 37 * connections }
      }
      const env = {
        ...process.env,
        ROWLOCK_SERVER: weak.url,
        ROWLOCK_KEY: OPERATOR_KEY,
        ROWLOCK_SHOW: show,
      }
      const watcher = spawn(program, [programOf(language, 'watch')], { env })
      after(() => watcher.kill())
      const told: unknown[] = []
      createInterface(watcher.stdout).on('line', (line) => told.push(JSON.parse(line)))
      watcher.stderr.pipe(process.stderr)
      const ended = once(watcher, 'close')
      await until('the first view', async () => (told.length > 1 ? true : null))
      for (let number = 1; number <= 8; number++) {
        const hold = await server.shopper.holdSeats(show, { seats: [`A${number}`] })
        // Nobody is told of each change while away, but everybody of what came of them.
        const before = told.length
        await until('it to be told', async () => (told.length > before ? true : null))
        await server.operator.confirmHold(show, hold.id)
      }
      assert.deepEqual(await ended, [0, null])
      const [unknown, first, ...others] = told as [
        string,
        ...[number, string[], number[], number[]][],
      ]
      const last = others.pop() as unknown as [string[], string[]]
      assert.equal(unknown, 'show_unknown')
      assert.deepEqual(first?.slice(1), [Array(8).fill('available'), [0, 1, 2, 3, 4, 5, 6, 7], []])
      assert.deepEqual(others.at(-1)?.slice(1), [Array(8).fill('booked'), [7], []])
      const sold = Array(8).fill(['hold.created', 'booking.created']).flat()
      assert.deepEqual(last, [['show.created', ...sold], []])
      assert.ok(weak.faultCount > 0, 'the line did break')
    })

    it('does what its guide says', async () => {
      const show = await createShowOn(server)
      const blocks = (await blocksOf(guide)).filter((block) => block.language !== 'sh')
      const text = blocks
        .map((block) => block.text)
        .join('\n')
        .replaceAll('https://tickets.example.org', server.url)
        .replaceAll('rlp_…', OPERATOR_KEY)
        .replaceAll('hamlet', show)
      const { stdout } = await run(program, [probe[0] ?? '', `${start}\n${text}`])
      assert.match(stdout, /A1.*taken/)
      assert.deepEqual(await kindsOf(show), ['create', 'hold', 'confirm', 'cancel'])
    })
  })
}

describe('the clients in other languages', () => {
  it('have the version of this package', async () => {
    const { version } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8'))
    const python = await readFile(new URL('clients/python/pyproject.toml', ROOT), 'utf8')
    assert.ok(python.includes(`\nversion = "${version}"\n`))
  })

  it('are what openapi.json says (npm run clients)', async () => {
    await run(process.execPath, [pathOf('scripts/clients.ts'), '--check'])
  })
})
