import { ERRORS, type ErrorCode } from '../../src/protocol/index.ts'
import { type OperationId, specOf } from '../../src/protocol/operations/index.ts'
import { OPERATOR_KEY } from '../../test/support/servers.ts'

/** A request of the story. */
export interface Asked {
  /** Parameters of the path. */
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** A token or key; null for nobody. The operator's when left out. */
  readonly as?: string | null
  readonly idempotencyKey?: string
}

/** Asks a server, and keeps the first good answer of each operation, and of each code. */
export class Recorder {
  readonly answers: Partial<Record<OperationId, unknown>> = {}
  readonly refusals: Partial<Record<ErrorCode, unknown>> = {}
  readonly startedAt = Date.now()
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** The body of a good answer; anything else ends the story. */
  async do(id: OperationId, asked: Asked = {}): Promise<Record<string, string>> {
    const { status, body } = await this.#ask(id, asked)
    if (status >= 300) throw new Error(`${id}: ${status} ${JSON.stringify(body)}`)
    this.answers[id] ??= body
    return body as Record<string, string>
  }

  /** Asks for what is refused with the code. */
  async refused(code: ErrorCode, id: OperationId, asked: Asked = {}): Promise<void> {
    const { status, body } = await this.#ask(id, asked)
    const { status: expected } = ERRORS[code]
    if (status !== expected || (body as { code?: string }).code !== code) {
      throw new Error(`${id}: not ${code}, but ${status} ${JSON.stringify(body)}`)
    }
    this.refusals[code] ??= body
  }

  async #ask(id: OperationId, asked: Asked): Promise<{ status: number; body: unknown }> {
    const { method, path } = specOf(id)
    const place = path.replace(/\{(\w+)\}/g, (_, name) =>
      encodeURIComponent(asked.path?.[name] ?? ''),
    )
    const query = new URLSearchParams(asked.query).toString()
    const { as = OPERATOR_KEY, body, idempotencyKey } = asked
    const answer = await fetch(`${this.#url}${place}${query === '' ? '' : `?${query}`}`, {
      method,
      headers: {
        ...(as !== null && { authorization: `Bearer ${as}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
  }
}
