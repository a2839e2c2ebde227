/**
 * `npm run test:upgrade`: the features of the release before, with its own servers and steps, on a
 * database that it made and this version has migrated. Scenarios whose meaning was changed on
 * purpose are named in its `release.json`; each of the others has to pass. Needs the release in the
 * history of this clone and its dependencies from the registry; without them it says so and passes.
 */
import { spawnSync } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type pg from 'pg'
import { connectClient, toClientConfig } from '../src/db/connection.ts'
import { loginOf } from '../src/db/login-of.ts'
import { migrate } from '../src/db/migrate.ts'
import { SQL_DIR } from '../src/db/sql-files.ts'
import { markBirth } from '../test/support/old-databases.ts'
import {
  previousRelease,
  type Release,
  sqlOfRelease,
  unpackRelease,
} from '../test/support/releases.ts'

const MINUTES_MAX = 10
const IS_WINDOWS = process.platform === 'win32'

/** A scenario in Cucumber's report, as far as it matters. */
interface Feature {
  readonly elements?: readonly {
    readonly name: string
    readonly steps: readonly { readonly result: { readonly status: string } }[]
  }[]
}

/** Installs the dependencies that the release had; says whether that was possible. */
function install(directory: string): boolean {
  // Cucumber is one of the tools that `.npmrc` leaves out.
  const args = ['ci', '--include=dev', '--prefer-offline', '--ignore-scripts']
  const options = { cwd: directory, timeout: MINUTES_MAX * 60_000, shell: IS_WINDOWS }
  return spawnSync('npm', args, options).status === 0
}

/** A module of the release, which knows its own directory and so has a cluster of its own. */
async function moduleOf(directory: string, path: string) {
  return await import(pathToFileURL(join(directory, path)).href)
}

/** A template that the tests of the release take for one that they made themselves. */
async function makeTemplate(
  directory: string,
  release: Release,
  { owner, server }: { owner: pg.ClientConfig; server: pg.ClientConfig },
): Promise<void> {
  const { readSqlFiles, hashOfAll } = await moduleOf(directory, 'src/db/sql-files.ts')
  const name = `rowlock_template_${hashOfAll(await readSqlFiles(SQL_DIR)).slice(0, 16)}`
  const client = await connectClient(toClientConfig(owner))
  const target = { ...owner, database: name }
  const sqlDir = await sqlOfRelease(release)
  try {
    await client.query(`create database "${name}" template template0`)
    await migrate(target, { sqlDir })
    await migrate(target, { login: loginOf(server) })
    await markBirth(client, name)
    await client.query(`alter database "${name}" with is_template true allow_connections false`)
  } finally {
    await client.end()
    await rm(sqlDir, { recursive: true, force: true })
  }
}

function runFeatures(directory: string, report: string) {
  const cucumber = join(directory, 'node_modules/@cucumber/cucumber/bin/cucumber.js')
  return spawnSync(process.execPath, [cucumber, '--format', `json:${report}`], {
    cwd: directory,
    stdio: 'inherit',
    timeout: MINUTES_MAX * 60_000,
    env: { ...process.env, ROWLOCK_TEST_DATABASE_URL: '', ROWLOCK_TEST_SQL_DIR: SQL_DIR },
  })
}

/** Names of the scenarios that failed, and how many there were. */
async function readReport(report: string): Promise<{ failed: string[]; count: number }> {
  const features = JSON.parse(await readFile(report, 'utf8')) as Feature[]
  const scenarios = features.flatMap(({ elements = [] }) => elements)
  const failed = scenarios.filter(({ steps }) => steps.some((step) => isBad(step.result.status)))
  return { failed: failed.map(({ name }) => name), count: scenarios.length }
}

function isBad(status: string): boolean {
  return status !== 'passed' && status !== 'skipped'
}

/** Null when all is well; otherwise why it is not. */
async function testUpgrade(directory: string, release: Release): Promise<string | null> {
  const { leaseCluster } = await moduleOf(directory, 'test/support/cluster.ts')
  const { clusterHome } = await moduleOf(directory, 'test/support/cluster-address.ts')
  const lease = await leaseCluster()
  const report = join(directory, 'report.json')
  try {
    await makeTemplate(directory, release, lease.address)
    const { signal } = runFeatures(directory, report)
    if (signal !== null) return `The features were ended by ${signal}.`
  } finally {
    await lease.leave()
    await rm(clusterHome(), { recursive: true, force: true })
  }
  const { failed, count } = await readReport(report)
  const unexpected = failed.filter((name) => !release.changedScenarios.includes(name))
  console.log(
    `Release ${release.name} on today's schema: ${count - failed.length} of ${count} scenarios ` +
      `pass; changed on purpose: ${release.changedScenarios.join(', ') || 'none'}.`,
  )
  if (count === 0) return 'No scenario ran.'
  return unexpected.length === 0 ? null : `Failed: ${unexpected.join(', ')}.`
}

const release = await previousRelease()
const sources = await unpackRelease(release)
if ('missing' in sources) {
  console.log(`Skipped: ${sources.missing}.`)
} else if (!install(sources.directory)) {
  await sources.remove()
  console.log(`Skipped: the dependencies of release ${release.name} cannot be installed here.`)
} else {
  const problem = await testUpgrade(sources.directory, release).finally(() => sources.remove())
  if (problem !== null) {
    console.error(problem)
    process.exitCode = 1
  }
}
