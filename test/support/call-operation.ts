import { type OperationId, specOf } from '../../src/protocol/operations/index.ts'
import { OPERATOR_KEY } from './servers.ts'

/** Question to an operation, by its name. */
export interface Asked {
  /** Parameters of the path. */
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** A token or key; null for nobody. The operator's when left out. */
  readonly as?: string | null
  readonly idempotencyKey?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Answer that came back: the body is null where there was none. */
export interface Told {
  readonly status: number
  readonly body: Record<string, unknown> | null
}

/** Asks a server for an operation over HTTP, as the contract has its method and path. */
export async function callOperation(url: string, id: OperationId, asked: Asked): Promise<Told> {
  const { method, path } = specOf(id)
  const place = path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(asked.path?.[name] ?? ''),
  )
  const query = new URLSearchParams(asked.query).toString()
  const { as = OPERATOR_KEY, body, idempotencyKey, headers } = asked
  const answer = await fetch(`${url}${place}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: {
      ...(as !== null && { authorization: `Bearer ${as}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
}
