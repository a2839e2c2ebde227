import type pg from 'pg'

/** What a server can do, and as whom we may act on it. */
export interface ServerTraits {
  readonly versionNumber: number
  /** The login user. */
  readonly user: string
  /** The role to act as: the one asked for where it may be taken on, else the login user. */
  readonly role: string
  /** Whether the server can notice that a busy client has gone (not on every platform). */
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

/** Asks a server for its traits; `role` null means: stay the login user. */
export async function readServerTraits(
  client: pg.Client,
  role: string | null,
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
  return {
    versionNumber: row.version_number,
    user: row.login,
    role: role !== null && (await accepts(client, 'role', role)) ? role : row.login,
    checksConnections: await accepts(client, 'client_connection_check_interval', '1s'),
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
