import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../protocol/index.ts'

/**
 * Refuses requests that two readers could understand in two ways: a proxy in front might take
 * another host, or see another end of the body, than we do. And those for names that are not ours,
 * where it was said which are: a page elsewhere can make its own name point at this machine.
 */
export function addMessageCheck(app: FastifyInstance, hosts: readonly string[] | undefined): void {
  const ours = hosts === undefined ? null : new Set(hosts.map((host) => host.toLowerCase()))
  app.addHook('onRequest', (request, _reply, done) => {
    done(ambiguity(request) ?? (ours === null ? undefined : strangeHost(request, ours)))
  })
}

function ambiguity({ raw }: Pick<FastifyRequest, 'raw'>): Refusal | undefined {
  const { httpVersion, headers } = raw
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return malformed('HTTP is 1.1 here, or 1.0.')
  if (countHosts(raw.rawHeaders) > 1) return malformed('Host stands there more than once.')
  const coding = headers['transfer-encoding']
  if (coding === undefined) return undefined
  if (httpVersion === '1.0') return malformed('HTTP/1.0 has no Transfer-Encoding.')
  return coding.toLowerCase() === 'chunked' ? undefined : malformed('Only "chunked" is taken.')
}

/** Names and values by turns; node itself keeps the first one and forgets the others. */
function countHosts(raw: readonly string[]): number {
  let count = 0
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] as string
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1
  }
  return count
}

/** Refuses a strange host, except of who watches the server, by its address, from the inside. */
function strangeHost(request: FastifyRequest, ours: ReadonlySet<string>): Refusal | undefined {
  if (request.url.startsWith('/health') || request.url === '/metrics') return undefined
  const host = request.host?.toLowerCase() ?? ''
  const isOurs = ours.has(host) || ours.has(host.replace(/:\d+$/, ''))
  return isOurs ? undefined : malformed('The Host is none of ROWLOCK_HOSTS.')
}

function malformed(detail: string): Refusal {
  return new Refusal('malformed_http', { detail })
}
