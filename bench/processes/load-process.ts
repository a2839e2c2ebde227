/** The load generator: a process of its own, so that servers do not wait for it. */
import type { Job } from '../load/jobs.ts'
import { runJob } from '../load/run-job.ts'
import { answerParent } from './child.ts'

answerParent((question: Job) => runJob(question))
