import { CINEMA_SHOW } from '../../engine/index.ts'
import { shortPath } from '../short-path.ts'
import type { Terminal } from '../terminal.ts'
import type { DevelopmentReady } from './develop.ts'
import type { OperatorKey } from './operator-key.ts'

/** Facts that a server tells when it is ready. */
export interface Readiness {
  readonly version: string
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string
  readonly database: string
  readonly operatorKey: OperatorKey
  /** Path that signs the first operator in, once; null when one has a password, or nobody looks. */
  readonly signInPath: string | null
  /** State of the limits on how much clients ask for. */
  readonly limits: 'on' | 'on when forwarded' | 'off'
  /** True when the show of the demonstration is there. */
  readonly hasDemo: boolean
  /** Things that `rowlock dev` has made; null from `rowlock serve`. */
  readonly development: DevelopmentReady | null
}

/** Readiness as JSON. A key is told when it is made, and never repeated. */
export function readinessFields(readiness: Readiness) {
  const { version, url, database, operatorKey, limits, hasDemo, development } = readiness
  const { key, origin, path } = operatorKey
  return {
    ready: true,
    version,
    url,
    dashboard: dashboardUrl(readiness),
    database,
    operatorKey: isNew(origin) ? key : null,
    operatorKeyFile: path,
    limits: limits === 'on',
    demoShow: hasDemo ? CINEMA_SHOW.key : null,
    ...development,
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
    ...(readiness.signInPath === null ? [] : [line('', LINK)]),
    line('API', link('/v1/shows')),
    line('Docs', link('/docs')),
    line('Health', link('/health')),
    line('Database', database),
    ...(readiness.development ? [line('Test key', readiness.development.testKey)] : []),
    ...LIMITS[readiness.limits].map((text, index) => line(index === 0 ? 'Limits' : '', text)),
    ...keyLines(readiness.operatorKey, line),
    ...(readiness.development ? developmentLines(url, readiness.development, line) : []),
    ...(hasDemo ? tour(terminal, url) : []),
    '',
    `  ${terminal.style('dim', 'Ctrl-C stops it.')}`,
    '',
  ].join('\n')
}

/** URL of the dashboard; it signs in once as long as nobody could sign in by password. */
function dashboardUrl({ url, signInPath }: Readiness): string {
  return `${url}${signInPath ?? '/'}`
}

const LINK = 'A one-time sign-in link for the operator, valid for 30 minutes.'
const LIMITS: Readonly<Record<Readiness['limits'], readonly string[]>> = {
  on: [],
  'on when forwarded': [
    'off for this machine; ROWLOCK_LIMITS=on turns them on.',
    'They turn on by themselves once a proxy forwards a request.',
  ],
  off: ['off (ROWLOCK_LIMITS)'],
}

function isNew(origin: OperatorKey['origin']): boolean {
  return origin === 'made' || origin === 'fleeting'
}

/** Writes the key with what it is for, where it is first seen. */
function keyLines(
  { key, origin, path }: OperatorKey,
  line: (name: string, text: string) => string,
) {
  if (origin === 'configured') return [line('Operator', 'key: the one in ROWLOCK_OPERATOR_KEY')]
  const place = path === null ? '' : shortPath(path)
  if (origin === 'kept') return [line('Operator', `key: see ${place}`)]
  return [
    line('Operator', `key ${key}`),
    line('', 'It can do everything. Keep it out of browsers and repositories.'),
    line(
      '',
      path === null ? 'Lasts until this server stops.' : `Saved in ${place}; not shown again.`,
    ),
    line('', 'Set ROWLOCK_OPERATOR_KEY to use your own.'),
  ]
}

function developmentLines(
  url: string,
  { testKey, forwardTo, webhookSecret }: DevelopmentReady,
  line: (name: string, text: string) => string,
): string[] {
  const forwarding =
    forwardTo === null
      ? ['not forwarded; --forward-to http://localhost:4000/hook does']
      : [`forwarded to ${forwardTo}, signed with`, `${webhookSecret}`]
  return [
    ...forwarding.map((text, index) => line(index === 0 ? 'Webhooks' : '', text)),
    line('Clock', 'Move it forward fifteen minutes:'),
    '',
    `  curl ${url}/v1/test/clock \\`,
    `    -H 'Authorization: Bearer ${testKey}' \\`,
    `    -H 'Content-Type: application/json' -d '{"advanceSeconds": 900}'`,
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
