import {
  type Answer,
  type CatalogueAnswer,
  callFunction,
  identifyWrite,
  type WriteRequest,
} from '../calls/index.ts'
import type { Context } from './context.ts'

/** A write to venues, plans or shows. */
export interface CatalogueWrite {
  /** The operation, what in its address belongs to it, and its body: what its key stands for. */
  readonly operation: string
  readonly path: readonly string[]
  readonly body: unknown
  /** Calls a function with the request id, its fingerprint, the actor, and then the values. */
  readonly sql: string
  readonly values: readonly unknown[]
}

/** Calls the function of a write, as often as it takes to know what became of it. */
export function writeCatalogue(
  { database }: Context,
  request: WriteRequest,
  { operation, path, body, sql, values }: CatalogueWrite,
): Promise<CatalogueAnswer> {
  const { requestId, fingerprint } = identifyWrite(request, operation, path, body)
  const { actor } = request.caller
  return callFunction(database, sql, [requestId, fingerprint, actor, ...values])
}

/** The answer to a write that was done, now or before. */
export function catalogueAnswer<Value>(answer: CatalogueAnswer, value: Value): Answer<Value> {
  return { value, changed: true, replayed: answer.replayed === true }
}
