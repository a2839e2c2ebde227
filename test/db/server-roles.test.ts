/** A server may do what serving takes in one database, and nothing else anywhere. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, describe, test } from 'node:test'
import type pg from 'pg'
import { connectClient, toClientConfig } from '../../src/db/connection.ts'
import { openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { mayGainRights, mayWriteTables } from '../../src/db/table-rights.ts'
import { createEmptyDatabase, useTestDatabase } from '../support/database.ts'
import { codeOf, shopper, useServer } from '../support/engines.ts'
import { useMigrationsBefore } from '../support/sql-dir.ts'

const database = await useTestDatabase('server roles')
const owner = await connectClient(database.owner)
const server = await openDatabase(database.settings)
const { role } = server

after(async () => {
  await server.close()
  await owner.end()
})

/** Code of the error that a statement meets, as servers send it; `done` for none. */
async function codeAsServer(...statements: string[]): Promise<string> {
  const client = await server.connectLane()
  try {
    for (const statement of statements) await client.query(statement)
    return 'done'
  } catch (error) {
    return String((error as { code?: string }).code)
  } finally {
    await client.end()
  }
}

const DENIED = '42501'

describe('a server', () => {
  test('acts as the role of its database, which no other database has', async () => {
    assert.match(role, /^rowlock_server_./)
    assert.equal(server.isShared, false)
    assert.equal(await mayWriteTables(server), false)
    const { rows } = await owner.query<{ name: string }>('select name from rowlock.server_roles')
    assert.deepEqual(rows, [{ name: role }])
  })

  test('calls no function that deletes or resets, and none of the version before', async () => {
    const calls = [
      'rowlock.reset_show(1, $$x$$)',
      "rowlock.prune_show(1, '0 seconds')",
      "rowlock.prune_requests('-100 years')",
      "rowlock.prune_access('-100 years')",
      "rowlock.signing_keys_of('k', '\\x00', '0 seconds', '0 seconds')",
      "rowlock.count_attempts('[]')",
      "rowlock.begin_session(null, null, null, '{}')",
      "rowlock.note_act('x', null, 'x', null, null)",
    ]
    for (const call of calls) assert.equal(await codeAsServer(`select ${call}`), DENIED, call)
  })

  test('reads no e-mail but of a user or a page, and no hash but of one e-mail', async () => {
    const tables = `users people people_with_email sessions refresh_tokens sign_in_links secrets
      signing_keys api_key_secrets second_factors recovery_codes passkeys
      passkey_challenges attempts locks`.split(/\s+/)
    for (const table of tables) {
      assert.equal(await codeAsServer(`select * from rowlock.${table}`), DENIED, table)
    }
    const { rows } = await owner.query<{ name: string }>(
      `select class.relname || '.' || attribute.attname as name
       from pg_attribute as attribute
       join pg_class as class on class.oid = attribute.attrelid
       where class.relnamespace = 'rowlock'::regnamespace
         and class.relkind in ('r', 'v')
         and attribute.attnum > 0
         and attribute.attname ~ 'email|phone|hash|secret'
         and has_column_privilege($1, class.oid, attribute.attnum, 'select')`,
      [role],
    )
    const names = rows.map(({ name }) => name).sort()
    assert.deepEqual(names, ['migrations.hash', 'partner_keys.secrets'])
  })

  test('gets no more than a page of people, whatever it asks for', async () => {
    const { rows } = await owner.query<{ count: number }>(
      `insert into rowlock.users (user_id, name, email, email_key, role, created_at)
       select gen_random_uuid(), 'A', n || '@x.org', n || '@x.org', 'user', now()
       from generate_series(1, 1500) as n
       returning 1`,
    )
    assert.equal(rows.length, 1500)
    const page = await server.read<{ count: number }>(
      'select jsonb_array_length(rowlock.users_of(null, null, null, 1000000)) as count',
    )
    assert.equal(page[0]?.count, 1001)
  })

  test('makes no objects, no temporary tables, and takes on no other role', async () => {
    assert.equal(await codeAsServer('create table rowlock.x (a int)'), DENIED)
    assert.equal(await codeAsServer("copy (select 1) to program 'id'"), DENIED)
    assert.equal(await codeAsServer('create role mallory superuser'), DENIED)
    assert.equal(await codeAsServer('set role rowlock'), DENIED)
  })
})

describe('a login of its own', () => {
  test('gains nothing by `set role none`, nor by `reset role`', async () => {
    const { rows } = await owner.query<{ super: boolean }>(
      'select rolsuper as super from pg_roles where rolname = $1',
      [database.server.user ?? 'rowlock'],
    )
    if (rows[0]?.super !== false) return
    assert.equal(await mayGainRights(server), false)
    for (const change of ['set role none', 'reset role', 'reset session authorization']) {
      const insert = "insert into rowlock.secrets values ('x', '\\x00')"
      assert.equal(await codeAsServer(change, insert), DENIED, change)
      assert.equal(await codeAsServer(change, "copy (select 1) to program 'id'"), DENIED, change)
      assert.equal(await codeAsServer(change, 'select * from rowlock.users'), DENIED, change)
    }
  })

  test('of one database is nobody in another one of the cluster', async () => {
    const [one, two] = await Promise.all([useLoginOf('first'), useLoginOf('second')])
    assert.notEqual(one.role, two.role)
    await assert.rejects(connectClient(one.on(two.name)), { code: DENIED })
    const client = await connectClient(one.on(one.name))
    await assert.rejects(client.query(`set role ${two.role}`), { code: DENIED })
    await client.end()
    const opened = await openDatabase({ target: one.on(one.name), allowUnsafeDurability: true })
    assert.equal(opened.role, one.role)
    await opened.close()
  })
})

test('somebody with no more than an account in the cluster does not even get in', async () => {
  const fresh = await createEmptyDatabase('no strangers')
  await migrate(fresh.owner)
  const { user, config } = await useAccount(fresh.owner)
  await assert.rejects(connectClient(config), { code: DENIED })
  await owner.query(`grant connect on database "${fresh.name}" to ${user}`)
  const stranger = await connectClient(config)
  await assert.rejects(stranger.query('create temporary table x (a int)'), { code: DENIED })
  await assert.rejects(stranger.query('select rowlock.clock()'), { code: DENIED })
  await stranger.end()
  await owner.query(`drop owned by ${user}`)
  await fresh.drop()
})

test('locks that anybody who may connect could hold stop nothing', async () => {
  const stranger = await connectClient(database.owner)
  // Every number of the two-part and the one-part space that a function of ours may have hashed to.
  await stranger.query(
    `select pg_advisory_lock(hashtext(name))
     from unnest(array['rowlock.operators', 'rowlock.signing_keys']) as name`,
  )
  await server.read("select rowlock.bootstrap(gen_random_uuid(), '\\x01')")
  const { rows } = await owner.query<{ source: string }>(
    `select proname as source from pg_proc
     where pronamespace = 'rowlock'::regnamespace and prosrc ~ 'pg_(try_)?advisory'`,
  )
  assert.deepEqual(rows, [])
  await stranger.end()
})

describe('a database of the version before', () => {
  test('keeps the shared role for its servers until it is retired', async () => {
    const old = await createEmptyDatabase('of before')
    after(() => old.drop())
    await migrate(old.owner, { sqlDir: await useMigrationsBefore('004') })
    const client = await connectClient(old.owner)
    after(() => client.end())
    // As the version before granted it.
    await client.query('grant usage on schema rowlock to rowlock_server')
    await client.query(`grant rowlock_server to ${old.server.user ?? 'current_user'}`)
    await migrate(old.owner)
    const before = { ...old.settings, role: 'rowlock_server' }
    const shared = await openDatabase(before)
    const ask = (text: string) => shared.read(text)
    await ask("select rowlock.signing_keys_of('k', '\\x00', '0 seconds', '0 seconds')")
    await ask('select person.user_id, person.email from rowlock.people as person')
    await ask("select rowlock.count_attempts('[]')")
    await assert.rejects(ask("select rowlock.prune_access('1 day')"), { code: DENIED })
    const waiting = await openDatabase(old.settings)
    assert.deepEqual([waiting.role, waiting.isShared], ['rowlock_server', true])
    await waiting.close()

    await migrate(old.owner, { login: old.server.user, retireSharedRole: true })
    await assert.rejects(ask('select rowlock.clock()'), { code: DENIED })
    await shared.close()
    const engine = await useServer(old.settings)
    assert.equal(await codeOf(engine.getHold(shopper('x'), 'no', 'hold')), 'show_unknown')
  })
})

interface Account {
  readonly user: string
  readonly config: pg.ClientConfig
}

/** A login of the cluster that nobody has given anything. */
async function useAccount(target: pg.ClientConfig): Promise<Account> {
  const user = `test_login_${randomBytes(4).toString('hex')}`
  const password = randomBytes(9).toString('hex')
  await owner.query(`create role ${user} login password '${password}'`)
  after(async () => {
    const cleaner = await connectClient(database.owner)
    await cleaner.query(`drop role if exists ${user}`).catch(() => {})
    await cleaner.end()
  })
  return { user, config: asUser(target, user, password) }
}

function asUser(
  { connectionString, ...config }: pg.ClientConfig,
  user: string,
  password: string,
): pg.ClientConfig {
  if (connectionString === undefined) return toClientConfig({ ...config, user, password })
  const to = connectionString.replace(/\/\/[^@/]*@/, `//${user}:${password}@`)
  return toClientConfig(to)
}

/** A database that was migrated for a login of its own. */
async function useLoginOf(name: string) {
  const made = await createEmptyDatabase(name)
  after(() => made.drop())
  const { user } = await useAccount(made.owner)
  const password = randomBytes(9).toString('hex')
  await owner.query(`alter role ${user} password '${password}'`)
  await migrate(made.owner, { login: user })
  const on = (database: string) => {
    const config = asUser(made.owner, user, password)
    const { connectionString } = config
    if (connectionString === undefined) return { ...config, database }
    return { ...config, connectionString: connectionString.replace(made.name, database) }
  }
  return { name: made.name, role: `rowlock_server_${made.name}`.slice(0, 63), on }
}
