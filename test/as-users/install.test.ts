/** Tests of `npm ci` in a fresh copy of the repository, by the Node and npm of the system. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { copySources, outside } from './support/package-project.ts'

const run = promisify(execFile)
const base = await mkdtemp(join(tmpdir(), 'rowlock-install-'))
after(() => rm(base, { recursive: true, force: true, maxRetries: 50 }))
const copy = join(base, 'rowlock')
const env = { ...outside({ ROWLOCK_DATA_DIR: join(base, 'data'), PORT: '0' }), PATH: ofSystem() }
const there = { cwd: copy, env, maxBuffer: 1e8 }

/** Finds the system's own Node, where there is one: however old, it is to be enough. */
function ofSystem(): string {
  const paths = (process.env.PATH ?? '').split(delimiter)
  const system = paths.filter((path) => !path.includes('node_modules'))
  return [...system, dirname(process.execPath)].join(delimiter)
}

/** Sums what files take on disk, in bytes. */
async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).blocks * 512),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function isThere(name: string): Promise<boolean> {
  return stat(join(copy, 'node_modules', name)).then(
    () => true,
    () => false,
  )
}

describe('npm ci', () => {
  test('brings a server along in less than 300 MB, and says nothing else', async () => {
    await copySources(copy)
    const { stdout, stderr } = await run('npm', ['ci'], there)
    assert.doesNotMatch(stdout + stderr, /warn|error/i)
    const size = await sizeOf(join(copy, 'node_modules'))
    assert.ok(size < 300e6, `${Math.round(size / 1e6)} MB`)
    for (const name of ['typescript', '@biomejs/biome', 'react', 'vue', '@opentelemetry/sdk-trace'])
      assert.equal(await isThere(name), false, name)
  })

  test('is all that npm start takes, with dashboard, seat map and documentation', async () => {
    const npm = spawn('npm', ['start', '--', '--json'], {
      ...there,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const ended = once(npm, 'exit')
    try {
      const url = await ready(npm.stdout)
      for (const path of ['/', '/seat-map.js', '/docs']) {
        assert.equal((await fetch(`${url}${path}`)).status, 200, path)
      }
    } finally {
      npm.kill('SIGTERM')
      await ended
    }
  })

  test('is added to by the first command that takes more', async () => {
    const lockfile = await readFile(join(copy, 'package-lock.json'), 'utf8')
    await run('npm', ['run', 'build:packages'], there)
    for (const name of ['typescript', '@biomejs/biome', 'react']) {
      assert.equal(await isThere(name), true, name)
    }
    assert.equal(await readFile(join(copy, 'package-lock.json'), 'utf8'), lockfile)
  })
})

/** npm says what it runs before the server says where it is. */
async function ready(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(stdout)) {
    if (line.startsWith('{')) return JSON.parse(line).url
  }
  throw new Error('npm start ended.')
}
