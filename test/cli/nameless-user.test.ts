/** Containers that run as a number without a name, and without a home: OpenShift, `docker -u`. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cleanEnvironment } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { atEnd } from '../support/embedded.ts'
import { FaultProxy } from '../support/fault-proxy.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
/** User as OpenShift gives them: a number that nobody has, in the group of root. */
const NOBODY = { uid: 1_000_680_000, gid: 0 }

function whyNot(): string | false {
  if (process.getuid?.() !== 0) return 'only root starts a process as somebody else'
  const { status } = spawnSync(process.execPath, ['--check', MAIN], { ...NOBODY, cwd: '/' })
  return status === 0 ? false : 'others cannot read the files here'
}

const database = await useTestDatabase('nameless')
// The socket of the tests' cluster is for its owner alone.
const proxy = await FaultProxy.open(database.owner)
after(() => proxy.close())
const { host, port, user, database: name } = proxy.config

function environment(): NodeJS.ProcessEnv {
  const { HOME, USER, LOGNAME, ...rest } = cleanEnvironment({
    DATABASE_URL: `postgres://${user}@${host}:${port}/${name}`,
    ROWLOCK_ALLOW_UNSAFE_DURABILITY: 'true',
    ROWLOCK_OPERATOR_KEY: 'operator-key-of-the-tests',
    PORT: '0',
  })
  return rest
}

test('serves as a user without a name, and without a home', { skip: whyNot() }, async (t) => {
  const options = { ...NOBODY, cwd: '/', env: environment() }
  const child = spawn(process.execPath, [MAIN, 'serve', '--json'], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  atEnd(t, async () => {
    child.kill('SIGKILL')
    await ended
  })
  const log = text(child.stderr)
  const line = once(createInterface(child.stdout), 'line')
  const [said] = await Promise.race([
    line,
    ended.then(async ([code]) => assert.fail(`serve ended with ${code}: ${await log}`)),
  ])
  const { url } = JSON.parse(said as string) as { url: string }
  assert.equal((await fetch(`${url}/health/ready`)).status, 200)
  const shows = await fetch(`${url}/v1/shows`)
  assert.equal(shows.status, 200)
  child.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
})
