/**
 * The thread that does `PlanTask`s, one after the other. A refusal goes back as its code and what
 * comes with it; whatever else is thrown ends the thread, and is told by its `error` event.
 */
import { parentPort } from 'node:worker_threads'
import { type ErrorCode, Refusal, type RefusalDetails } from '../../protocol/index.ts'
import { doPlanTask, type PlanResults, type PlanTask } from './plan-task.ts'

/** What the thread answers. */
export type ThreadAnswer =
  | { readonly result: PlanResults[PlanTask['kind']] }
  | { readonly code: ErrorCode; readonly details: RefusalDetails }

function answerOf(task: PlanTask): ThreadAnswer {
  try {
    return { result: doPlanTask(task) }
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, details: error.details }
    throw error
  }
}

parentPort?.on('message', (task: PlanTask) => parentPort?.postMessage(answerOf(task)))
