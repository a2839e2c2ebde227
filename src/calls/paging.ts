import { Refusal } from '../protocol/index.ts'

/** A page of a list: at most `limit` items, after the one that the `cursor` stands for. */
export interface PageQuery {
  readonly limit?: number | undefined
  /** The `next` of the page before. */
  readonly cursor?: string | undefined
}

/** The refusal for a cursor that no answer has ever given. */
export function badCursor(): Refusal {
  const message = 'must be the "next" of the page before'
  return new Refusal('invalid_request', {
    detail: `cursor: ${message}.`,
    mistakes: [{ path: 'cursor', message }],
  })
}
