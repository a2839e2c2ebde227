/**
 * The thread that signs and sends. Where Linux runs it, it gives way to whoever else wants the
 * processor: sales are never late for events, but events may be late for sales.
 */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { PosterSettings } from './post.ts'
import { Poster } from './poster.ts'
import { goRound, type Round, type Told } from './round.ts'

/** Question to the thread: a round, to begin no further event, or to hang up at once. */
export type ThreadQuestion = { readonly number: number; readonly round: Round } | 'finish' | 'cut'

/** Outcome of a round. */
export interface ThreadAnswer {
  readonly number: number
  readonly told: Told
}

/** With nothing to spare it is left a tenth of a core; at 19, it starves for minutes. */
const NICENESS = 10

// Elsewhere than on Linux, this would be the priority of the whole server.
if (process.platform === 'linux') setPriority(0, NICENESS)

const poster = new Poster(workerData as PosterSettings)
let isOver = false

parentPort?.on('message', async (question: ThreadQuestion) => {
  if (typeof question === 'string') {
    isOver = true
    if (question === 'cut') poster.close()
    return
  }
  const { number, round } = question
  const told = await goRound(poster, round, () => isOver)
  parentPort?.postMessage({ number, told } satisfies ThreadAnswer)
})
