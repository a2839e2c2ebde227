import { CINEMA_SHOW } from '../../engine/index.ts'
import { shortPath } from '../short-path.ts'
import type { Terminal } from '../terminal.ts'
import type { OperatorKey } from './operator-key.ts'

/** What a server tells when it is ready. */
export interface Readiness {
  readonly version: string
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string
  readonly database: string
  readonly operatorKey: OperatorKey
  /** Whether the show of the demonstration is there. */
  readonly hasDemo: boolean
}

/** The same as JSON has it. A configured key is not repeated. */
export function readinessFields(readiness: Readiness) {
  const { version, url, database, operatorKey, hasDemo } = readiness
  const { key, origin, path } = operatorKey
  return {
    ready: true,
    version,
    url,
    dashboard: dashboardUrl(readiness),
    database,
    operatorKey: origin === 'configured' ? null : key,
    operatorKeyFile: path,
    demoShow: hasDemo ? CINEMA_SHOW.key : null,
  }
}

/** The lines that greet whoever started the server. */
export function banner(terminal: Terminal, readiness: Readiness): string {
  const { version, url, database, hasDemo } = readiness
  const bold = (text: string) => terminal.style('bold', text)
  const line = (name: string, text: string) => `  ${terminal.style('dim', name.padEnd(11))}${text}`
  const link = (path: string) => terminal.style('cyan', `${url}${path}`)
  return [
    '',
    `  ${terminal.style(['bold', 'green'], 'Rowlock')} ${version} is ready at ${bold(url)}`,
    '',
    line('Dashboard', terminal.style('cyan', dashboardUrl(readiness))),
    line('API', link('/v1/shows')),
    line('Reference', link('/docs')),
    line('Health', link('/health')),
    line('Database', database),
    ...keyLines(readiness.operatorKey, line),
    ...(hasDemo ? tour(terminal, url) : []),
    '',
    `  ${terminal.style('dim', 'Ctrl-C stops it.')}`,
    '',
  ].join('\n')
}

/**
 * The address that opens the dashboard as the operator. The key stands behind the `#`, which
 * browsers never send, and the page takes it out of the address at once.
 */
function dashboardUrl({ url, operatorKey: { key, origin } }: Readiness): string {
  return origin === 'configured' ? `${url}/` : `${url}/#key=${encodeURIComponent(key)}`
}

/** What the key is for is said where it is first seen. */
function keyLines(
  { key, origin, path }: OperatorKey,
  line: (name: string, text: string) => string,
) {
  if (origin === 'configured') return [line('Operator', 'key as set in ROWLOCK_OPERATOR_KEY')]
  return [
    line('Operator', `key ${key}`),
    line('', 'Opens what shoppers may not do: creating shows, cancelling, blocks.'),
    line('', path === null ? 'Lasts until this server stops.' : `Kept in ${shortPath(path)}`),
    line('', 'Set ROWLOCK_OPERATOR_KEY for one of your own.'),
  ]
}

function tour(terminal: Terminal, url: string): string[] {
  const show = `${url}/v1/shows/${CINEMA_SHOW.key}`
  const title = `On sale: ${CINEMA_SHOW.title} (${CINEMA_SHOW.key}). Hold two of its seats:`
  return [
    '',
    `  ${terminal.style('bold', title)}`,
    '',
    `  curl -X POST ${show}/holds \\`,
    `    -H 'content-type: application/json' -d '{"seats": ["A1", "A2"]}'`,
  ]
}
