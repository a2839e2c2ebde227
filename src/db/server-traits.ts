import type pg from 'pg'
import { isSharded } from './citus/distribute.ts'

/** Abilities of a server, and as whom we may act on it. */
export interface ServerTraits {
  readonly versionNumber: number
  /** The login user. */
  readonly user: string
  /** The role to act as: the one asked for where it may be taken on, else the login user. */
  readonly role: string
  /** True when that role is shared with other databases of the cluster. */
  readonly isShared: boolean
  /** True when shows are kept in shards: then it acts as the login user. */
  readonly isSharded: boolean
  /** True when the server can notice that a busy client has gone (not on every platform). */
  readonly checksConnections: boolean
}

/** PostgreSQL 14, the oldest with all that the kernel uses. */
export const VERSION_NUMBER_MIN = 140_000

/** The server is older than PostgreSQL 14. */
export class UnsupportedServerError extends Error {
  override readonly name = 'UnsupportedServerError'

  constructor(version: string) {
    super(`PostgreSQL ${version} is too old: Rowlock needs PostgreSQL 14 or later.`)
  }
}

/** Nothing can be written there: it is a standby, or set so. */
export class ReadOnlyServerError extends Error {
  override readonly name = 'ReadOnlyServerError'
  readonly code = '25006'
}

/** Throws `ReadOnlyServerError` where the session cannot write. */
export async function requireWritable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ is_standby: boolean; is_read_only: boolean }>(
    `select pg_is_in_recovery() as is_standby,
            current_setting('transaction_read_only')::boolean as is_read_only`,
  )
  if (!rows[0]?.is_read_only) return
  throw new ReadOnlyServerError(
    rows[0].is_standby
      ? 'The database is a standby, which is read-only: name the primary in the URL.'
      : 'The database is read-only: default_transaction_read_only is on, for it, for the login ' +
          'or in PGOPTIONS.',
  )
}

/** That of the version before, one for all databases of a cluster. */
export const SHARED_ROLE = 'rowlock_server'

/**
 * Asks a server for its traits; `role` null means: stay the login user, undefined: the role of the
 * database.
 */
export async function readServerTraits(
  client: pg.Client,
  role: string | null | undefined,
): Promise<ServerTraits> {
  const result = await client.query<{ version_number: number; version: string; login: string }>(
    `select current_setting('server_version_num')::int as version_number,
            current_setting('server_version') as version,
            session_user::text as login`,
  )
  const row = result.rows[0]
  if (!row) throw new Error('The database did not say its version.')
  if (row.version_number < VERSION_NUMBER_MIN) throw new UnsupportedServerError(row.version)
  await requireWritable(client)
  // Citus logs in to its nodes as whoever we act as, which a role without a login cannot.
  const sharded = await isSharded(client)
  const own = sharded ? null : role
  const wanted = own === undefined ? await readServerRoles(client) : [own ?? '']
  let found: string | null = null
  for (const name of wanted) {
    if (found === null && name !== '' && (await accepts(client, 'role', name))) found = name
  }
  return {
    versionNumber: row.version_number,
    user: row.login,
    role: found ?? row.login,
    isShared: found === SHARED_ROLE,
    isSharded: sharded,
    checksConnections: await accepts(client, 'client_connection_check_interval', '1s'),
  }
}

/** The roles that servers of this database may act as: its own first. */
export async function readServerRoles(client: pg.Client): Promise<string[]> {
  try {
    const { rows } = await client.query<{ name: string }>(
      'select known.name from rowlock.server_roles as known order by known.shared',
    )
    return rows.map(({ name }) => name)
  } catch {
    // Not migrated, or a login that inherits nothing: then the names are the usual ones.
    const { rows } = await client.query<{ name: string }>(
      "select 'rowlock_server_' || current_database() as name",
    )
    return [...rows.map(({ name }) => name), SHARED_ROLE]
  }
}

/** Tries a setting and takes it back: more certain than reasoning about memberships. */
async function accepts(client: pg.Client, name: string, value: string): Promise<boolean> {
  await client.query('begin')
  try {
    await client.query('select set_config($1, $2, true)', [name, value])
    return true
  } catch {
    return false
  } finally {
    await client.query('rollback')
  }
}
