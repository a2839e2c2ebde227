/** `npm start`, and whoever stops it. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cleanEnvironment } from '../support/command-line.ts'
import { atEnd, useDirectory } from '../support/embedded.ts'
import { until } from '../support/until.ts'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a signal to npm ends the server that it started, and its database', async (t) => {
  // A name as people have it: with a blank, and with letters that are not all ASCII.
  const dataDir = join(await useDirectory(t), 'Kasse für Łódź')
  const npm = spawn('npm', ['start', '--', '--json'], {
    cwd: ROOT,
    env: cleanEnvironment({ ROWLOCK_DATA_DIR: dataDir, PORT: '0' }),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(npm, 'exit')
  const url = await ready(npm.stdout)
  const { pid } = JSON.parse(await readFile(join(dataDir, 'rowlock.lock'), 'utf8'))
  atEnd(t, async () => void (isAlive(pid) && process.kill(pid, 'SIGKILL')))
  assert.equal((await fetch(`${url}/health/ready`)).status, 200)
  npm.kill('SIGTERM')
  await ended
  await until('the server to end', async () => (isAlive(pid) ? null : true))
  await assert.rejects(fetch(`${url}/health/live`))
  await assert.rejects(readFile(join(dataDir, 'pg', 'postmaster.pid')), { code: 'ENOENT' })
})

test('an older Node is told which one it takes, before it reads anything else', async (t) => {
  const old = '/usr/bin/node'
  const version = await run(old, ['--version']).then(
    ({ stdout }) => stdout,
    () => 'none',
  )
  if (!/^v(18|20|22)\./.test(version)) return t.skip(`${old} is ${version.trim()}`)
  await assert.rejects(run(old, ['scripts/require-node.mjs'], { cwd: ROOT }), {
    code: 2,
    stderr: /^Rowlock needs Node\.js 24\.7 or later; this is \d+\.\d+\.\d+\. .*\n$/,
  })
  await run(process.execPath, ['scripts/require-node.mjs'], { cwd: ROOT })
})

/** npm says what it runs before the server says where it is. */
async function ready(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(stdout)) {
    if (line.startsWith('{')) return JSON.parse(line).url
  }
  throw new Error('npm start ended.')
}
