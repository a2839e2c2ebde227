import cluster from 'node:cluster'
import { once } from 'node:events'
import type { Figures, WorkerPlace } from '../../../server/index.ts'
import type { FromWorker, ToWorker, WorkerTask } from './messages.ts'

/** Waits for the task that a primary made this process for; null where none did. */
export async function takeTask(): Promise<WorkerTask | null> {
  if (!cluster.isWorker) return null
  const asked = once(process, 'message') as Promise<[ToWorker]>
  tell({ kind: 'here' })
  const [message] = await asked
  if (message.kind !== 'task') throw new Error(`a task was expected, not "${message.kind}"`)
  return message.task
}

/** Tells the primary something. One that has gone takes this process along. */
export function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message)
}

/** The place of this worker among the others. */
export function placeOf({ number, count }: WorkerTask): WorkerPlace {
  return { number, count, shareFigures }
}

function shareFigures(own: () => Promise<Figures>): () => Promise<readonly Figures[]> {
  const asked = new Map<number, (figures: readonly Figures[]) => void>()
  let lastId = 0
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'tell') {
      const { id } = message
      void own().then((figures) => tell({ kind: 'figures', id, figures }))
    } else if (message.kind === 'gathered') {
      asked.get(message.id)?.(message.figures)
      asked.delete(message.id)
    }
  })
  return () =>
    new Promise((resolve) => {
      lastId += 1
      asked.set(lastId, resolve)
      tell({ kind: 'gather', id: lastId })
    })
}
