/**
 * What a failure of the database means for the caller. The one place that knows SQLSTATEs and
 * network error codes; everything else asks `classify`.
 *
 * - `retry`: rolled back for certain, the same statement may be sent again at once.
 * - `lost`: the connection is gone or of no use; whether the statement committed is *in doubt*.
 * - `locked`: somebody else has locked what it needs, for longer than it may wait; rolled back.
 * - `timeout`: cancelled by a time limit or an operator, rolled back.
 * - `full`: the database has no room left (disk, memory, connections); nothing was done.
 * - `bug`: we sent something wrong; sending it again cannot help.
 */
export type FailureKind = 'retry' | 'locked' | 'lost' | 'timeout' | 'full' | 'bug'

/** Exact SQLSTATEs; they win over their class in `SQLSTATE_CLASSES`. */
export const SQLSTATES: Readonly<Record<string, FailureKind>> = {
  '40001': 'retry', // serialization_failure
  '40P01': 'retry', // deadlock_detected
  '40003': 'lost', // statement_completion_unknown
  '55P03': 'locked', // lock_not_available, such as lock_timeout
  '55006': 'retry', // object_in_use
  '57014': 'timeout', // query_canceled, such as statement_timeout
  // A session that was left idle is closed by the server: nothing of it can be used any more.
  '25P03': 'lost', // idle_in_transaction_session_timeout
  '25P04': 'lost', // transaction_timeout
  // After a failover the connection may lead to a standby. A new one leads to the new primary.
  '25006': 'lost', // read_only_sql_transaction
}

/** Classes of SQLSTATEs, by their first two characters. */
export const SQLSTATE_CLASSES: Readonly<Record<string, FailureKind>> = {
  '08': 'lost', // connection exceptions
  '40': 'retry', // transaction rollback
  '53': 'full', // insufficient resources
  '57': 'lost', // operator intervention: shutdown, crash, not yet accepting connections
  '58': 'full', // system errors outside PostgreSQL, such as a failing disk
}

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

/** Whether the text has the form of a SQLSTATE; network codes (`ECONNRESET`) do not. */
function isSqlstate(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && !NETWORK_CODES.has(code)
}

/** `ENOENT` of a file is no socket that may come yet. */
function isOfFile(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException
  return code === 'ENOENT' && syscall !== undefined && syscall !== 'connect'
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
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
  return SQLSTATES[code] ?? SQLSTATE_CLASSES[code.slice(0, 2)] ?? 'bug'
}
