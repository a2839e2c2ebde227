import { randomBytes } from 'node:crypto'
import { after, afterEach } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { createCitusDatabase, dropCitusDatabase } from '../../scripts/citus/databases.ts'
import { connectClient, toClientConfig } from '../../src/db/connection.ts'
import type { DatabaseSettings } from '../../src/db/database.ts'
import { loginOf } from '../../src/db/login-of.ts'
import { migrate } from '../../src/db/migrate.ts'
import { applySqlFile } from '../../src/db/sql-error.ts'
import {
  hashOfAll,
  readSqlFiles,
  SQL_DIR,
  type SqlFile,
  type SqlFiles,
} from '../../src/db/sql-files.ts'
import { type ClusterLease, leaseCluster } from './cluster.ts'
import { markBirth } from './old-databases.ts'

/** A migrated database of one test file. */
export interface TestDatabase {
  readonly name: string
  /** The superuser, who may also write tables. */
  readonly owner: pg.ClientConfig
  /** The login for serving, a member of the server role of what was cloned. */
  readonly server: pg.ClientConfig
  /** URL of the owner, for programs that are started. */
  readonly ownerUrl: string
  readonly serverUrl: string
  /** True on a Citus cluster. */
  readonly isSharded: boolean
  /** For `openDatabase`, which would refuse a cluster without fsync. */
  readonly settings: DatabaseSettings
  /** Waits a moment for connections to end, then ends them. */
  drop(): Promise<void>
}

interface Admin {
  readonly owner: pg.ClientConfig
  readonly server: pg.ClientConfig
}

const DROP_ATTEMPTS_MAX = 40

/** A kernel with a mistake in it, to see whether the tests notice. */
const MUTANT_DIR = process.env.ROWLOCK_TEST_SQL_DIR

/** The SQL that is under test: the product's, or a mutant's. */
export const TEST_SQL_DIR: string = MUTANT_DIR ?? SQL_DIR

/** A coordinator, as a superuser: `npm run test:citus`. */
const CITUS_URL = process.env.ROWLOCK_TEST_CITUS_URL

let lease: Promise<ClusterLease> | undefined

/** The cluster for tests: `ROWLOCK_TEST_DATABASE_URL` (a superuser's), else the shared one. */
async function admin(): Promise<Admin> {
  if (CITUS_URL)
    return { owner: { connectionString: CITUS_URL }, server: { connectionString: CITUS_URL } }
  return plainAdmin()
}

async function plainAdmin(): Promise<Admin> {
  const url = process.env.ROWLOCK_TEST_DATABASE_URL
  if (url) return { owner: { connectionString: url }, server: { connectionString: url } }
  lease ??= leaseCluster()
  return (await lease).address
}

/**
 * A new database, cloned from a template that has been migrated once for all test processes.
 * `name` is for people who look at what a failed test left.
 */
export async function createTestDatabase(
  name: string,
  sqlDir: string = TEST_SQL_DIR,
  shardCount = 8,
): Promise<TestDatabase> {
  if (CITUS_URL) return createCitusTestDatabase(CITUS_URL, name, sqlDir, shardCount)
  return createPlainTestDatabase(name, sqlDir)
}

/** Makes one on one PostgreSQL, also where the others are on a Citus cluster. */
export async function createPlainTestDatabase(
  name: string,
  sqlDir: string = TEST_SQL_DIR,
): Promise<TestDatabase> {
  const { owner, server } = await plainAdmin()
  const client = await connectClient(toClientConfig(owner))
  try {
    const template = await createTemplate(client, { owner, server }, sqlDir)
    return await clone(client, { owner, server }, name, template)
  } finally {
    await client.end()
  }
}

/** There are no templates of several nodes: each is migrated by itself. */
async function createCitusTestDatabase(
  coordinator: string,
  label: string,
  sqlDir: string,
  shardCount: number,
): Promise<TestDatabase> {
  const name = nameOf(label)
  const url = await createCitusDatabase(coordinator, name)
  const owner = { connectionString: url }
  await migrate(owner, { sqlDir, shardCount })
  return {
    name,
    owner,
    server: owner,
    ownerUrl: url,
    serverUrl: url,
    isSharded: true,
    settings: { target: owner, allowUnsafeDurability: true },
    drop: () => dropCitusDatabase(coordinator, name),
  }
}

/** A new database without anything in it, for tests of the migrations themselves. */
export async function createEmptyDatabase(name: string): Promise<TestDatabase> {
  const { owner, server } = await admin()
  const client = await connectClient(toClientConfig(owner))
  try {
    return await clone(client, { owner, server }, name, 'template0')
  } finally {
    await client.end()
  }
}

/**
 * The database of a test file: `const database = await useTestDatabase('holds')` at its top. It is
 * dropped when the last test is over and the file's own hooks have closed their connections, and
 * kept and named when a test failed.
 */
export async function useTestDatabase(
  name: string,
  sqlDir?: string,
  shardCount?: number,
): Promise<TestDatabase> {
  const database = await createTestDatabase(name, sqlDir, shardCount)
  let failedCount = 0
  afterEach((context) => {
    if ('passed' in context && !context.passed) failedCount += 1
  })
  after(() => {
    if (failedCount > 0 && MUTANT_DIR === undefined)
      console.error(`The database was kept: ${database.ownerUrl}`)
    // Not awaited: hooks that were registered later still have to close their connections.
    else void database.drop()
  })
  return database
}

/** Drops the template that tests made from an SQL directory which nobody will use again. */
export async function dropTemplate(sqlDir: string): Promise<void> {
  const name = templateName(await readSqlFiles(sqlDir))
  const client = await connectClient(toClientConfig((await admin()).owner))
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) return
    await client.query(`alter database "${name}" is_template false`)
    await client.query(`drop database "${name}" with (force)`)
  } finally {
    await client.end()
  }
}

function templateName(files: SqlFiles): string {
  return `rowlock_template_${hashOfAll(files).slice(0, 16)}`
}

/** Only one process migrates it; the others wait for the lock and find it ready. */
async function createTemplate(
  client: pg.Client,
  { owner, server }: Admin,
  sqlDir: string,
): Promise<string> {
  const files = await readSqlFiles(sqlDir)
  const name = templateName(files)
  await client.query("select pg_advisory_lock(hashtext('rowlock test template'))")
  try {
    const { rows } = await client.query<{ ready: boolean }>(
      'select datistemplate as ready from pg_database where datname = $1',
      [name],
    )
    if (rows[0]?.ready) return name
    await client.query(`drop database if exists "${name}"`)
    const changed = sqlDir === MUTANT_DIR ? await changedFunctions(files) : []
    const base = changed.length > 0 ? await createTemplate(client, { owner, server }, SQL_DIR) : ''
    await client.query(`create database "${name}" template "${base || 'template0'}"`)
    if (base) await replaceFunctions(onDatabase(owner, name), changed)
    else await migrate(onDatabase(owner, name), { files, login: loginOf(server) })
    await markBirth(client, name)
    // Nobody may connect, or cloning would fail.
    await client.query(`alter database "${name}" with is_template true allow_connections false`)
    return name
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('rowlock test template'))")
  }
}

/** Functions in which a mutant is not like the product: it is made from that in no time. */
async function changedFunctions(files: SqlFiles): Promise<SqlFile[]> {
  const hashes = new Set((await readSqlFiles(SQL_DIR)).routines.map(({ hash }) => hash))
  return files.routines.filter(({ hash }) => !hashes.has(hash))
}

async function replaceFunctions(owner: pg.ClientConfig, files: SqlFile[]): Promise<void> {
  const client = await connectClient(owner)
  try {
    await client.query('begin; set local check_function_bodies = off')
    for (const file of files) await applySqlFile(client, file)
    await client.query('commit')
  } finally {
    await client.end()
  }
}

async function clone(
  client: pg.Client,
  admin: Admin,
  label: string,
  template: string,
): Promise<TestDatabase> {
  const name = nameOf(label)
  await client.query(`create database "${name}" template "${template}"`)
  await markBirth(client, name)
  const owner = onDatabase(admin.owner, name)
  const server = onDatabase(admin.server, name)
  return {
    name,
    owner,
    server,
    ownerUrl: toUrl(owner),
    serverUrl: toUrl(server),
    isSharded: false,
    settings: { target: server, allowUnsafeDurability: true },
    drop: () => drop(admin.owner, name),
  }
}

function nameOf(label: string): string {
  const word = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 40)
  return `test_${word}_${randomBytes(4).toString('hex')}`
}

async function drop(owner: pg.ClientConfig, name: string): Promise<void> {
  const client = await connectClient(toClientConfig(owner))
  try {
    await waitUntilUnused(client, name)
    await client.query(`drop database if exists "${name}" with (force)`)
  } finally {
    await client.end()
  }
}

async function waitUntilUnused(client: pg.Client, name: string): Promise<void> {
  for (let attempt = 0; attempt < DROP_ATTEMPTS_MAX; attempt++) {
    const { rows } = await client.query(
      "select 1 from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
      [name],
    )
    if (rows.length === 0) return
    await delay(50)
  }
}

function onDatabase(config: pg.ClientConfig, database: string): pg.ClientConfig {
  const url = config.connectionString
  if (url === undefined) return { ...config, database }
  return { connectionString: url.replace(/^(\w+:\/\/[^/?]*)\/?[^?]*/, `$1/${database}`) }
}

function toUrl(config: pg.ClientConfig): string {
  if (config.connectionString !== undefined) return config.connectionString
  const query = new URLSearchParams({ host: config.host ?? '', port: String(config.port ?? 5432) })
  return `postgres://${config.user}@/${config.database}?${query}`
}
