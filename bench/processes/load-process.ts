/** The load generator: a process of its own, so that servers do not wait for it. */
import type { Job } from '../load/jobs.ts'
import { runJob } from '../load/run-job.ts'
import { answerParent } from './child.ts'
import { Pauses, type PausesQuestion } from './pauses.ts'

let pauses: Pauses | undefined

answerParent(async (question: Job | PausesQuestion) => {
  if (question.kind !== 'pauses') return runJob(question)
  pauses ??= new Pauses()
  return pauses.take()
})
