import { ERRORS, type ErrorCode } from '../../src/protocol/index.ts'
import type { OperationId } from '../../src/protocol/operations/index.ts'
import { type Asked, callOperation } from '../../test/support/call-operation.ts'

/** Asks a server, and keeps the first good answer of each operation, and of each code. */
export class Recorder {
  readonly answers: Partial<Record<OperationId, unknown>> = {}
  readonly refusals: Partial<Record<ErrorCode, unknown>> = {}
  readonly startedAt = Date.now()
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  /** The body of a good answer; anything else ends the story. */
  async do(id: OperationId, asked: Asked = {}): Promise<Record<string, string>> {
    const { status, body } = await callOperation(this.url, id, asked)
    if (status >= 300) throw new Error(`${id}: ${status} ${JSON.stringify(body)}`)
    this.answers[id] ??= body
    return body as Record<string, string>
  }

  /** Asks for what is refused with the code. */
  async refused(code: ErrorCode, id: OperationId, asked: Asked = {}): Promise<void> {
    const { status, body } = await callOperation(this.url, id, asked)
    const { status: expected } = ERRORS[code]
    if (status !== expected || (body as { code?: string }).code !== code) {
      throw new Error(`${id}: not ${code}, but ${status} ${JSON.stringify(body)}`)
    }
    this.refusals[code] ??= body
  }
}
