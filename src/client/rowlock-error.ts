import type { ErrorCode, RefusalDetails } from '../protocol/index.ts'

/** Details of a refusal beyond its code: seats that were in the way, the limit that was met. */
export type RefusalFacts = Readonly<RefusalDetails>

/**
 * A call that did not get what it asked for. Narrow by `code`: the server's refusals, or
 * `no_answer` when none came (connection lost, timed out), in spite of all retries. Then
 * `idempotencyKey` is what to ask again with: the command may or may not have been done.
 */
export class RowlockError extends Error {
  override readonly name = 'RowlockError'
  /** The stable code: decide by it, not by the message. */
  readonly code: ErrorCode | 'no_answer'
  /** HTTP status; 0 without an answer. */
  readonly status: number
  /** Facts of the refusal: which seats, which limit, which mistakes. Empty when there are none. */
  readonly details: RefusalFacts
  /** Id to tell the operator of the server: its log has it too. */
  readonly requestId: string | null
  /** Key of the write that failed; null for reads. */
  readonly idempotencyKey: string | null

  constructor(facts: {
    code: ErrorCode | 'no_answer'
    message: string
    status?: number
    details?: RefusalFacts
    requestId?: string | null
    idempotencyKey?: string | null
    cause?: unknown
  }) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = facts.code
    this.status = facts.status ?? 0
    this.details = facts.details ?? {}
    this.requestId = facts.requestId ?? null
    this.idempotencyKey = facts.idempotencyKey ?? null
  }
}
