/**
 * Reasons why no connection could be made, each a sentence for the author of the URL. Waiting helps
 * with a database that is not there yet; it helps with nothing that is explained here.
 */

import { placeOf } from './hosts.ts'
import { classify, sqlstateOf } from './sqlstate.ts'

/** Message of the driver or the system, and what to do about it. */
interface Explanation {
  readonly pattern: RegExp
  /** Stands in place of what was said; with a leading colon or full stop, behind it. */
  readonly text: string
}

/** Looked for in the code and the message, from top to bottom. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /ERR_INVALID_URL|Invalid URL|URI malformed/,
    text:
      'its URL cannot be read. Write postgres://user:password@host:5432/database, with ' +
      'characters such as @ : / ? # of a password percent-encoded (@ is %40)',
  },
  {
    pattern: /does not support SSL/,
    text:
      'it speaks no TLS, and the URL (or PGSSLMODE) asks for it. Switch TLS on at the database, ' +
      'or say sslmode=disable where the network is yours alone',
  },
  {
    pattern: /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_|ERR_TLS_CERT/,
    text:
      '. Its certificate is not trusted: name the authority that signed it with ' +
      'sslrootcert=/path/to/ca.pem in the URL',
  },
  {
    pattern: /client password must be (a|non-empty)/,
    text: 'it asks for a password, and the URL has none',
  },
  { pattern: /^28P01|^28000/, text: '. Look at user and password, and at its pg_hba.conf' },
  { pattern: /^3D000/, text: '. Create the database first, or name another one in the URL' },
  { pattern: /startup parameter/, text: '. If that is PgBouncer, set ROWLOCK_PGBOUNCER=true.' },
]

/**
 * No connection could be made. The code is that of the cause where it was a network's or the
 * database's, so that `classify` knows whether to wait.
 */
export class ConnectError extends Error {
  override readonly name: string = 'ConnectError'
  readonly code: string | undefined
  /** Host and port that were tried, for people. */
  readonly place: string

  constructor(cause: unknown, url?: string) {
    super(sentenceOf(cause), { cause })
    this.place = placeOf(url)
    // A certificate that is not there does not come by waiting.
    const passes = classify(cause) !== 'bug'
    this.code = passes ? codeOf(cause) : (sqlstateOf(cause) ?? undefined)
  }
}

/** None of several hosts takes writes. Waiting may help where one of them could come to do so. */
export class NoHostError extends ConnectError {
  constructor(problems: readonly ConnectError[]) {
    const said = problems.map(({ place, message }) => `${place}: ${message}`).join('; ')
    const mayCome = problems.some((problem) => classify(problem) !== 'bug')
    const cause = new Error(`no host of its URL takes writes (${said})`)
    super(mayCome ? Object.assign(cause, { code: '57P03' }) : cause)
  }
}

function sentenceOf(cause: unknown): string {
  const said = messageOf(cause)
  const subject = `${codeOf(cause) ?? ''} ${said}`.trimStart()
  const text = EXPLANATIONS.find(({ pattern }) => pattern.test(subject))?.text ?? ''
  return /^[.:]/.test(text) || text === '' ? said + text : text
}

/** The driver reports several addresses that all failed as one error without a message. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return [...new Set(error.errors.map(messageOf))].join('; ')
  }
  return error instanceof Error ? error.message : String(error)
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}
