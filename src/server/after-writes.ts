import { isWrite, specOf } from '../protocol/operations/index.ts'
import type { App } from './routes/app.ts'

/**
 * Calls back after each write to a show that was done here, for those who need not wait for the
 * next look at what has been written. Concerns routes that are added from now on.
 */
export function afterWrites(app: App, tell: (show: string) => void): void {
  app.addHook('onRoute', (added) => {
    const id = added.config?.operation
    if (id === undefined || !isWrite(specOf(id)) || !added.url.includes('/:show')) return
    added.onResponse = [
      ...[added.onResponse ?? []].flat(),
      (request, reply, done) => {
        if (reply.statusCode < 300) tell((request.params as { show: string }).show)
        done()
      },
    ]
  })
}
