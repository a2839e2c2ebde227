import { type Ending, EXIT_CODES } from '../exit-codes.ts'
import { onSignals } from '../interruption.ts'
import type { Log } from './open-log.ts'

/** End of a server: the signals that ask for it, and how it ended. */
export interface ServerEnd {
  /** Aborts when the server is to finish what it has begun. */
  readonly stop: AbortSignal
  /** Aborts when it is to wait for nothing any more. */
  readonly hurry: AbortSignal
  /** Tells whether it ends because of a bug: then its answers cannot be trusted. */
  isMistake(): boolean
  /** Names how it ended; `isClean` when nothing was cut off. */
  ending(isClean: boolean): Ending
}

/**
 * The first signal stops the server in order, the second cuts off what is not finished, the third
 * ends the process. A mistake that nobody caught stops it in order, too: what it leaves behind in
 * memory cannot be trusted, what is in the database can.
 */
export function watchEnd(log: Log): ServerEnd {
  const stop = new AbortController()
  const hurry = new AbortController()
  let signalled: Ending = 'terminated'
  let isMistake = false
  onSignals((signal, count) => {
    signalled = signal === 'SIGINT' ? 'interrupted' : 'terminated'
    if (count === 1) log.logger.info({ signal }, 'stopping: what was begun is finished')
    if (count === 2) log.logger.warn({ signal }, 'stopping at once')
    if (count > 2) process.exit(EXIT_CODES[signalled].code)
    ;(count === 1 ? stop : hurry).abort()
  })
  const mistake = (error: unknown) => {
    isMistake = true
    log.logger.fatal({ err: error }, 'a bug in Rowlock: stopping')
    stop.abort()
  }
  process.on('uncaughtException', mistake)
  process.on('unhandledRejection', mistake)
  return {
    stop: stop.signal,
    hurry: hurry.signal,
    isMistake: () => isMistake,
    ending: (isClean) => (isMistake ? 'mistake' : isClean ? 'ok' : signalled),
  }
}
