/**
 * There is not an engine for containers on every machine, so no image is built here. Checked is
 * what can be: that Dockerfile and compose.yaml name what exists, and that the program which the
 * image runs works when it is built and laid out like in the image.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { SETTINGS } from '../../src/cli/configuration/settings.ts'
import { environmentOf, rowlock } from '../support/command-line.ts'
import { createEmptyDatabase } from '../support/database.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const readRoot = (name: string) => readFile(join(ROOT, name), 'utf8')

interface Service {
  readonly command?: string[]
  readonly environment: Record<string, string>
  readonly networks: string[]
  readonly ports?: string[]
  readonly depends_on?: Record<string, { condition: string }>
  readonly build?: string
}

/** The instructions of a Dockerfile, one a line, without comments. */
async function instructions(): Promise<[string, string][]> {
  const text = (await readRoot('Dockerfile')).replaceAll(/\\\n\s*/g, '')
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [word = '', ...others] = line.split(' ')
    return [word, others.join(' ')]
  })
}

async function lastOf(wanted: string): Promise<string> {
  const found = (await instructions()).filter(([word]) => word === wanted)
  return found.at(-1)?.[1] ?? ''
}

describe('Dockerfile', () => {
  it('copies only what exists, and what .dockerignore lets in', async () => {
    const allowed = (await readRoot('.dockerignore')).split('\n').filter((line) => line[0] === '!')
    const copies = (await instructions()).filter(
      ([word, text]) => word === 'COPY' && !text.startsWith('--from'),
    )
    assert.ok(copies.length > 3)
    for (const source of copies.flatMap(([, text]) => text.split(' ').slice(0, -1))) {
      assert.ok(existsSync(join(ROOT, source)), source)
      assert.ok(allowed.includes(`!${source}`), `${source} is ignored`)
    }
  })

  it('runs as an ordinary user, on the Node of .node-version, and is told to stop', async () => {
    const major = (await readRoot('.node-version')).split('.')[0]
    for (const [word, text] of await instructions()) {
      if (word === 'FROM') assert.ok(text.startsWith(`node:${major}-slim`), text)
    }
    assert.equal(await lastOf('USER'), 'node')
    assert.equal(await lastOf('STOPSIGNAL'), 'SIGTERM')
  })

  it('runs the file that package.json names as its program', async () => {
    const { bin } = JSON.parse(await readRoot('package.json'))
    assert.deepEqual(JSON.parse(await lastOf('ENTRYPOINT')), ['node', bin.rowlock])
    assert.deepEqual(JSON.parse(await lastOf('CMD')), ['serve'])
  })

  it('checks the health of the server as the server tells it', async () => {
    const command = (await lastOf('HEALTHCHECK')).replace(/^.* CMD /, '')
    const [program, flag, script = ''] = JSON.parse(command)
    assert.deepEqual([program, flag], ['node', '-e'])
    const run = promisify(execFile)
    const nobody = { env: { ...process.env, PORT: '1' } }
    await assert.rejects(run(process.execPath, ['-e', script], nobody), { code: 1 })
    assert.match(script, /\/health\/ready/)
  })
})

describe('compose.yaml', async () => {
  const text = await readRoot('compose.yaml')
  const { services, networks, volumes } = parse(text, { merge: true })
  const { postgres, migrate, server }: Record<'postgres' | 'migrate' | 'server', Service> = services

  it('keeps the database on a network that nobody else is on', () => {
    assert.deepEqual(postgres.networks, ['database'])
    assert.equal(networks.database.internal, true)
    assert.deepEqual(server.networks, ['database', 'public'])
    assert.equal(postgres.ports, undefined)
    for (const port of server.ports ?? []) assert.match(port, /^127\.0\.0\.1:/)
  })

  it('migrates before it serves', () => {
    assert.deepEqual(migrate.command, ['migrate'])
    assert.equal(server.depends_on?.migrate?.condition, 'service_completed_successfully')
    assert.equal(migrate.depends_on?.postgres?.condition, 'service_healthy')
    assert.ok('bookings' in volumes)
  })

  it('sets nothing that Rowlock does not know', () => {
    for (const { environment } of [migrate, server]) {
      assert.ok(environment.DATABASE_URL?.startsWith('postgres://rowlock:'))
      for (const name of Object.keys(environment)) assert.ok(name in SETTINGS, name)
    }
  })

  it('gives the server more time to stop than it takes', () => {
    const grace = Number.parseInt(services.server.stop_grace_period, 10)
    assert.ok(grace > Number(server.environment.ROWLOCK_SHUTDOWN_SECONDS))
  })
})

describe('the build', () => {
  let image: string
  let main: string

  before(async () => {
    image = await mkdtemp(join(tmpdir(), 'rowlock-image-'))
    main = join(image, 'dist/src/cli/main.js')
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const args = ['-p', 'tsconfig.build.json', '--outDir', join(image, 'dist')]
    const incremental = ['--tsBuildInfoFile', join(image, 'dist/.tsbuildinfo')]
    await promisify(execFile)(process.execPath, [tsc, ...args, ...incremental], { cwd: ROOT })
    await cp(join(ROOT, 'sql'), join(image, 'sql'), { recursive: true })
    await cp(join(ROOT, 'package.json'), join(image, 'package.json'))
    await symlink(join(ROOT, 'node_modules'), join(image, 'node_modules'))
  })
  after(() => rm(image, { recursive: true, force: true }))

  it('is a program', async () => {
    assert.match(await readFile(main, 'utf8'), /^#!\/usr\/bin\/env node\n/)
    const { version } = JSON.parse(await readRoot('package.json'))
    assert.equal((await rowlock(['--version'], {}, { main })).stdout, `${version}\n`)
  })

  it('finds the SQL files beside it, and migrates', async () => {
    const empty = await createEmptyDatabase('cli image')
    try {
      const { code, stdout, stderr } = await rowlock(['migrate'], environmentOf(empty), { main })
      assert.equal(code, 0, stderr)
      assert.match(stdout, /^Applied migrations\/001/)
      assert.equal((await rowlock(['demo'], environmentOf(empty), { main })).code, 0)
      assert.equal((await rowlock(['check'], environmentOf(empty), { main })).code, 0)
    } finally {
      await empty.drop()
    }
  })
})
