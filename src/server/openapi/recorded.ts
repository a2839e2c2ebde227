import type { ErrorCode } from '../../protocol/index.ts'
import type { OperationId } from '../../protocol/operations/index.ts'
import recorded from './recorded-answers.json' with { type: 'json' }

/** Answers of a server to the story of `npm run answers`, with ids and times that stay. */
export const RECORDED = recorded as {
  readonly answers: Readonly<Partial<Record<OperationId, unknown>>>
  readonly refusals: Readonly<Partial<Record<ErrorCode, unknown>>>
}
