import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Doors } from './doors.ts'

/** The answers that are still owed. */
export interface InFlight {
  readonly count: number
  /**
   * Tells the clients of these answers that their connections end with them, and ends connections
   * on which nothing was ever asked, or the rest of a request comes that has been answered.
   */
  announceEnd(): void
  /** From now on every answer ends its connection, so that its client makes one elsewhere. */
  drain(): void
}

/** Traffic over one connection. */
interface Traffic {
  /** Answers that are owed there, in the order of their requests. */
  readonly owed: ServerResponse[]
  /** A request that was answered before all of it was there. */
  rest: IncomingMessage | null
}

/**
 * Watches connections, and every request from its headers to the end of its answer. Node itself
 * closes no more than connections that are idle between requests: a client that waits for an
 * answer would keep its connection for another request, and lose that one; a browser that only
 * connected, to be faster later, would keep us from closing at all, and so would a client that goes
 * on sending a body that was refused.
 *
 * Answers are listed by connection, not in one set. A set that requests come into and leave makes
 * new tables all the time, each of which the one before points to. Once a collection of young
 * garbage has kept one of them, all that come after it are kept, with every request in them.
 */
export function watchInFlight(app: FastifyInstance): InFlight {
  const connections = new Map<Socket, Traffic>()
  let count = 0
  let isEnding = false
  let isDraining = false
  app.server.on('connection', (socket) => {
    connections.set(socket, { owed: [], rest: null })
    socket.once('close', () => connections.delete(socket))
  })
  // Not a hook: those are not told when a client goes away before its answer.
  function forget(this: ServerResponse): void {
    count -= 1
    const { complete, socket } = this.req
    const traffic = connections.get(socket)
    if (traffic === undefined) return
    traffic.owed.splice(traffic.owed.indexOf(this), 1)
    if (complete) return
    if (isEnding) socket.destroySoon()
    else traffic.rest = this.req
  }
  app.addHook('onRequest', (_request, { raw }, done) => {
    count += 1
    connections.get(raw.req.socket)?.owed.push(raw)
    raw.on('close', forget)
    if (isDraining) raw.setHeader('connection', 'close')
    done()
  })
  return {
    get count() {
      return count
    },
    drain() {
      isDraining = true
    },
    announceEnd() {
      isEnding = true
      for (const [socket, { owed, rest }] of connections) {
        if (rest?.complete === false) socket.destroySoon()
        for (const response of owed) {
          if (!response.headersSent) response.setHeader('connection', 'close')
        }
        if (socket.bytesRead === 0) socket.destroy()
      }
    },
  }
}

/** Closes every connection, or cuts it after the deadline; then does what `onClose` hooks do. */
export async function closeWithin(
  app: FastifyInstance,
  doors: Doors,
  inFlight: InFlight,
  deadlineMs: number,
): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), deadlineMs)
  try {
    inFlight.announceEnd()
    await Promise.all([doors.close(), app.close()])
  } finally {
    clearTimeout(cut)
  }
}
