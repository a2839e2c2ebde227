import { type Client, createClient } from '../../client/index.ts'
import type { SystemState } from '../../protocol/index.ts'
import { type Finding, ok, problem, unknown, warning } from './finding.ts'

const PATIENCE_MS = 10_000
/** Address of a network for documentation: no caller has it. */
const PRETENDED = '203.0.113.77'
const INSIDE = ['/health', '/health/ready', '/metrics', '/metrics/shows']
const TRUST = 'Name the proxy in ROWLOCK_TRUST_PROXY.'

/** A running server as callers reach it, through whatever stands in front of it. */
export async function examineServer(url: string, operatorKey: string | null): Promise<Finding[]> {
  const findings = [await inside(url)]
  if (operatorKey === null) {
    const remedy = 'Set ROWLOCK_OPERATOR_KEY, which opens GET /v1/system.'
    return [...findings, unknown('forwarding', 'what the server sees of its callers', remedy)]
  }
  const state = await systemOf(url, operatorKey, {})
  if (state instanceof Error) {
    const remedy = 'Check that the address and ROWLOCK_OPERATOR_KEY are those of the server.'
    return [...findings, problem('server', `${url} does not answer: ${state.message}`, remedy)]
  }
  const pretending = await systemOf(url, operatorKey, { 'x-forwarded-for': PRETENDED })
  return [
    ...findings,
    forwarding(url, state),
    spoofing(pretending),
    state.limits ? ok('limits there', 'on') : warning('limits there', 'off', TRUST),
  ]
}

/** Finds what needs no key and yet is not for the public. */
async function inside(url: string): Promise<Finding> {
  const answers = await Promise.all(INSIDE.map((path) => isServed(new URL(path, url))))
  const open = INSIDE.filter((_, index) => answers[index])
  if (open.length === 0) return ok('inside', 'health and metrics are private')
  const remedy = 'Have the proxy answer 404 there. See docs/operating/production.md.'
  return warning('inside', `${open.join(', ')} is open to anyone who can reach ${url}`, remedy)
}

async function isServed(address: URL): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const { status } = await fetch(address, { signal, redirect: 'manual' })
    return status === 200 || status === 503
  } catch {
    return false
  }
}

async function systemOf(
  server: string,
  key: string,
  headers: Record<string, string>,
): Promise<SystemState | Error> {
  const send: typeof fetch = (input, init) => {
    const own = new Headers(init?.headers)
    for (const [name, value] of Object.entries(headers)) own.set(name, value)
    return fetch(input, { ...init, headers: own })
  }
  try {
    const client: Client = createClient({ server, key, fetch: send })
    return await client.getSystem({ timeoutMs: PATIENCE_MS })
  } catch (error) {
    return error as Error
  }
}

function forwarding(url: string, { proxy, seen }: SystemState): Finding {
  const said = `the server sees ${seen.protocol}://${seen.host}, asked by ${seen.address}`
  const asked = new URL(url)
  if (proxy === 'unnamed') return problem('forwarding', `${said}, through an unnamed proxy`, TRUST)
  if (`${seen.protocol}:` !== asked.protocol) {
    const remedy = `${TRUST} Let it set X-Forwarded-Proto: cookies are not Secure otherwise.`
    return problem('forwarding', said, remedy)
  }
  if (seen.host === asked.host) return ok('forwarding', said)
  return warning('forwarding', said, 'Have the proxy set X-Forwarded-Host to the host asked for.')
}

/**
 * Finds proxies that are trusted too widely: a caller who can pretend an address has any number of
 * budgets.
 */
function spoofing(state: SystemState | Error): Finding {
  if (state instanceof Error) {
    return unknown('spoofing', `a forged address was answered ${state.message}`, 'Try again.')
  }
  if (state.seen.address !== PRETENDED) return ok('spoofing', 'a forged address is not trusted')
  const remedy = 'Have the proxy overwrite X-Forwarded-For, and trust only the proxy.'
  return problem('spoofing', 'callers can forge any address in X-Forwarded-For', remedy)
}
