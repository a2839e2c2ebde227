/**
 * Meaning of a failure of the database for the caller: whether to ask again, and whether it was
 * done (`WAS_DONE`). The one place that knows SQLSTATEs and network error codes; everything else
 * asks `classify`.
 *
 * - `retry`: rolled back for certain, the same statement may be sent again at once.
 * - `lost`: the connection is gone or of no use; whether the statement committed is *in doubt*.
 * - `read_only`: the database only reads: it is a standby, or set so. Rolled back for certain.
 *   Another connection may lead elsewhere, such as to the new primary after a failover.
 * - `refused`: this connection takes no writes, or none so long, or leads to a database that we
 *   must not write to; rolled back for certain. Another connection may lead elsewhere.
 * - `locked`: somebody else has locked what it needs, for longer than it may wait; rolled back.
 * - `timeout`: cancelled by a time limit or an operator, rolled back.
 * - `full`: the database lacks something (room on its disk, memory, connections, a file that it
 *   can open); nothing was done.
 * - `behind`: the database lacks a function, table or column that this server uses: it is not
 *   migrated yet. Nothing was done.
 * - `bug`: we sent something wrong; sending it again cannot help.
 */
export type FailureKind =
  | 'retry'
  | 'locked'
  | 'lost'
  | 'read_only'
  | 'refused'
  | 'timeout'
  | 'full'
  | 'behind'
  | 'bug'

/** Doubts by kind of failure: was the statement done? Where it was not, nobody is in doubt. */
export const WAS_DONE: Readonly<Record<FailureKind, 'no' | 'perhaps'>> = {
  retry: 'no',
  locked: 'no',
  lost: 'perhaps',
  read_only: 'no',
  refused: 'no',
  timeout: 'no',
  full: 'no',
  behind: 'no',
  bug: 'no',
}

/** Exact SQLSTATEs; they win over their class in `SQLSTATE_CLASSES`. */
export const SQLSTATES: Readonly<Record<string, FailureKind>> = {
  '40001': 'retry', // serialization_failure
  '40P01': 'retry', // deadlock_detected
  '40003': 'lost', // statement_completion_unknown
  '55P03': 'locked', // lock_not_available, such as lock_timeout
  '55006': 'retry', // object_in_use
  '57014': 'timeout', // query_canceled, such as statement_timeout
  // The server ends the session, and with it a transaction that had not committed.
  '25P03': 'refused', // idle_in_transaction_session_timeout
  '25P04': 'refused', // transaction_timeout
  '25006': 'read_only', // read_only_sql_transaction
  // Ours, in a class that PostgreSQL leaves to others: see `Primary`.
  RL001: 'refused', // another database, or a primary that was replaced
  RL002: 'refused', // no synchronous standby, where one is required
  '3F000': 'behind', // invalid_schema_name
  '42703': 'behind', // undefined_column
  '42704': 'behind', // undefined_object, such as a type
  '42883': 'behind', // undefined_function
  '42P01': 'behind', // undefined_table
}

/** Classes of SQLSTATEs, by their first two characters. */
export const SQLSTATE_CLASSES: Readonly<Record<string, FailureKind>> = {
  '08': 'lost', // connection exceptions
  '40': 'retry', // transaction rollback
  '53': 'full', // insufficient resources
  '57': 'lost', // operator intervention: shutdown, crash, not yet accepting connections
  '58': 'full', // system errors outside PostgreSQL, such as a failing disk
}

/** PostgreSQL's own source files whose errors are about files that it cannot open or write. */
const STORAGE_SOURCES: ReadonlySet<string> = new Set([
  ...['buffile.c', 'bufmgr.c', 'copydir.c', 'fd.c', 'md.c', 'relmapper.c', 'slru.c', 'smgr.c'],
  ...['twophase.c', 'xlog.c'],
])

/** Codes of Node's socket errors that mean: no (longer a) connection. */
export const NETWORK_CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ENETUNREACH',
  'ENOENT', // The unix socket is not there: the server is down or starting.
  'ENOTCONN',
  'ENOTFOUND',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ETIMEDOUT',
])

/** The driver reports some losses only in words. */
const LOST_MESSAGES = [
  /^Connection terminated/,
  /^Client (was closed|has encountered a connection error) and is not queryable/,
  /^Client has encountered a connection error/,
  /^Query read timeout/,
  /^timeout (expired|exceeded when trying to connect)/,
  /^Cannot use a pool after calling end/,
  /^The server closed the connection/i,
  // A named statement outlived a change of its function: only a new connection forgets it.
  /^cached plan must not change result type/,
]

/** Citus says of a node that went down in the middle of a statement, with XX000 as for a bug. */
const LOST_AT_NODE = [
  /^failure on connection marked as essential/,
  /^terminating connection due to/,
]

/** Tells whether the text has the form of a SQLSTATE; network codes (`ECONNRESET`) do not. */
function isSqlstate(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && !NETWORK_CODES.has(code)
}

/** `ENOENT` of a file is no socket that may come yet. */
function isOfFile(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException
  return code === 'ENOENT' && syscall !== undefined && syscall !== 'connect'
}

/** The code that an error came with: a SQLSTATE, a network's code, or nothing. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/**
 * File and routine of PostgreSQL that raised an error: the same in every language of its messages.
 */
function sourceOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('file' in error)) return ''
  return typeof error.file === 'string' ? error.file : ''
}

/** Tells whether the disk of the database is full. */
export function isDiskFull(error: unknown): boolean {
  return codeOf(error) === '53100'
}

/** The SQLSTATE of an error that PostgreSQL (or a pooler in its name) sent, else null. */
export function sqlstateOf(error: unknown): string | null {
  const code = codeOf(error)
  return isSqlstate(code) ? code : null
}

/** Says what a failure means. Never throws; what it does not know is a `bug`. */
export function classify(error: unknown): FailureKind {
  const code = codeOf(error)
  if (NETWORK_CODES.has(code) && !isOfFile(error)) return 'lost'
  const message = error instanceof Error ? error.message : String(error)
  if (LOST_MESSAGES.some((pattern) => pattern.test(message))) return 'lost'
  if (!isSqlstate(code)) return 'bug'
  if (code === 'XX000' && LOST_AT_NODE.some((pattern) => pattern.test(message))) return 'lost'
  // A file that it may not open has the SQLSTATE of a table that we may not read: 42501.
  if (STORAGE_SOURCES.has(sourceOf(error)) && SQLSTATES[code] === undefined) return 'full'
  return SQLSTATES[code] ?? SQLSTATE_CLASSES[code.slice(0, 2)] ?? 'bug'
}
