/**
 * The process that does `PlanTask`s, one after the other, until the one that asks closes the
 * channel. A refusal goes back as its code and what comes with it; what else is thrown, as text.
 */
import { type ErrorCode, Refusal, type RefusalDetails } from '../../protocol/index.ts'
import { doPlanTask, type PlanResults, type PlanTask } from './plan-task.ts'

/** Answer of the process. */
export type PlanAnswer =
  | { readonly result: PlanResults[PlanTask['kind']] }
  | { readonly code: ErrorCode; readonly details: RefusalDetails }
  | { readonly fault: string }

function answerOf(task: PlanTask): PlanAnswer {
  try {
    return { result: doPlanTask(task) }
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, details: error.details }
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

process.on('message', (task: PlanTask) => process.send?.(answerOf(task)))
