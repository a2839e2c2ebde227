/** What README and the guides tell people to paste into a shell, pasted into one. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cleanEnvironment, environmentOf, rowlock, startServer } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { commandsOf } from './blocks.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const OPERATOR_KEY = 'operator-key-of-the-guides'

const database = await useTestDatabase('guides')
const environment = { ...environmentOf(database), ROWLOCK_OPERATOR_KEY: OPERATOR_KEY }
const directory = await mkdtemp(join(tmpdir(), 'rowlock-guides-'))
after(() => rm(directory, { recursive: true, force: true }))
const keyFile = join(directory, 'operator-key')
await writeFile(keyFile, OPERATOR_KEY)
// What `npm start` does to an empty database of its own.
assert.equal((await rowlock(['demo'], environment)).code, 0)

/** Pastes commands into one shell, one after the other, with our server in place of a reader's. */
async function paste(context: TestContext, commands: readonly string[]): Promise<string> {
  const { url } = await startServer(context, environment)
  const script = commands
    .join('\n')
    .replaceAll(/(?:http:\/\/127\.0\.0\.1|localhost):3000/g, url)
    .replaceAll('.rowlock/operator-key', keyFile)
    .replaceAll('tee /dev/stderr', 'tee -a /dev/stderr')
    .replaceAll('npm run -s rowlock --', `"${process.execPath}" "${MAIN}"`)
  // Into a file, as into a terminal: a pipe of ours has no /dev/stderr that could be opened.
  const output = join(directory, `${context.name.length}.txt`)
  const all = `exec >> '${output}' 2>&1\n${script}`
  const bash = spawn('bash', ['-euo', 'pipefail', '-c', all], {
    env: cleanEnvironment(environment),
    stdio: 'ignore',
  })
  const [code] = await once(bash, 'close')
  const said = await readFile(output, 'utf8')
  assert.equal(code, 0, said)
  return said
}

describe('commands of the documentation', { skip: process.platform === 'win32' }, () => {
  test('the tour of README holds, is refused, books, cancels and checks', async (context) => {
    const said = await paste(context, await commandsOf('README.md', 'A tour'))
    assert.match(said, /"counts":\{"total":\d+/)
    assert.match(said, /"id":"hold_\w+","show":"avengers-2026-7pm","seats":\["A1","A2"\]/)
    assert.match(said, /"code":"seats_unavailable".*"seat":"A2","reason":"held"/)
    assert.match(said, /"id":"book_\w+".*"reference":"payment-4711"/)
    assert.match(said, /"cancelledAt":"20/)
    assert.match(said, /"kind":"cancel"/)
    assert.match(said, /every promise kept/)
    assert.doesNotMatch(said, /"status":(?:400|401|403|404|5\d\d)/)
  })

  test('the guide about access says nothing that is refused', async (context) => {
    const said = await paste(context, await commandsOf('docs/guides/access.md'))
    assert.match(said, /"email":"ada@example.org"/)
    assert.match(said, /"secret":"rlp_/)
    assert.match(said, /"confirmBy":"seller"/)
    assert.match(said, /"action":"revokeApiKey"/)
    assert.doesNotMatch(said, /"code":/)
  })

  test('the commands of the checklist for production end well', async () => {
    const pages = await commandsOf('docs/operating/production.md')
    // Somebody of that name is there already, from the guide about access.
    const commands = pages.map((text) => text.replaceAll('ada@', 'augusta@'))
    const lines = commands
      .flatMap((text) => text.split('\n'))
      .filter((line) => /^rowlock /.test(line))
    assert.ok(lines.length >= 6, lines.join('\n'))
    const ids: Record<string, string> = {}
    for (const line of lines.flatMap((each) => each.split(' && '))) {
      const [asked = ''] = line
        .replace(/\b(user|key)_\w{32}/g, (id, kind) => ids[kind] ?? id)
        .split('   #')
      const words = (asked.match(/"[^"]*"|\S+/g) ?? [])
        .slice(1)
        .map((word) => word.replaceAll('"', ''))
      const { code, stdout, stderr } = await rowlock(words, environment)
      assert.equal(code, 0, `${asked}: ${stderr}`)
      for (const [id, kind = ''] of stdout.matchAll(/\b(user|key)_\w{32}/g)) ids[kind] ??= id
    }
  })
})
