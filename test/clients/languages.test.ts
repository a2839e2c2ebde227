/** The clients in Python and PHP against a real server, where their runtimes are at hand. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { blocksOf } from '../docs/blocks.ts'
import { BadLine } from '../support/bad-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, OPERATOR_KEY, useListening } from '../support/servers.ts'

const run = promisify(execFile)
const ROOT = new URL('../../', import.meta.url)

interface Language {
  readonly name: string
  readonly program: string
  /** Commands that run a text, and one that prints a line only where the runtime is new enough. */
  readonly probe: readonly string[]
  readonly story: string
  readonly guide: string
  /** Makes one program of the blocks of the guide. */
  readonly start: string
}

const LANGUAGES: readonly Language[] = [
  {
    name: 'Python',
    program: 'python3',
    probe: ['-c', 'import sys; sys.version_info >= (3, 11) and print("fit")'],
    story: 'clients/python/tests/story.py',
    guide: 'docs/guides/python.md',
    start: `import sys; sys.path.insert(0, '${path('clients/python')}')`,
  },
  {
    name: 'PHP',
    program: 'php',
    probe: ['-r', 'echo PHP_VERSION_ID >= 80200 ? "fit\n" : "";'],
    story: 'clients/php/tests/story.php',
    guide: 'docs/guides/php.md',
    start: `spl_autoload_register(fn ($name) => require '${path('clients/php/src/')}'
      . basename(str_replace('\\\\', '/', $name)) . '.php');`,
  },
]

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

function path(name: string): string {
  return fileURLToPath(new URL(name, ROOT))
}

async function isMissing({ program, probe }: Language): Promise<boolean> {
  const { stdout } = await run(program, [...probe]).catch(() => ({ stdout: '' }))
  return stdout.trim() !== 'fit'
}

async function kindsOf(show: string): Promise<string[]> {
  const kinds: string[] = []
  for await (const { kind } of server.operator.listJournal(show)) kinds.push(kind)
  return kinds
}

for (const language of LANGUAGES) {
  const { name, program, probe, story, guide, start } = language
  const skip = (await isMissing(language)) && `${program} is not here, or too old`

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
      const told = JSON.parse((await run(program, [path(story)], { env })).stdout)
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
    await run(process.execPath, [path('scripts/clients.ts'), '--check'])
  })
})
