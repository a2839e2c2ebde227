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

/**
 * Watches connections, and every request from its headers to the end of its answer. Node itself
 * closes no more than connections that are idle between requests: a client that waits for an
 * answer would keep its connection for another request, and lose that one; a browser that only
 * connected, to be faster later, would keep us from closing at all, and so would a client that goes
 * on sending a body that was refused.
 */
export function watchInFlight(app: FastifyInstance): InFlight {
  const owed = new Set<ServerResponse>()
  const sockets = new Set<Socket>()
  /** Requests that were answered before all of them was there. */
  const rests = new Map<Socket, IncomingMessage>()
  let isEnding = false
  let isDraining = false
  app.server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      rests.delete(socket)
    })
  })
  // Not a hook: those are not told when a client goes away before its answer.
  function forget(this: ServerResponse): void {
    owed.delete(this)
    const { complete, socket } = this.req
    if (complete || !sockets.has(socket)) return
    if (isEnding) socket.destroySoon()
    else rests.set(socket, this.req)
  }
  app.addHook('onRequest', (_request, { raw }, done) => {
    owed.add(raw)
    raw.on('close', forget)
    if (isDraining) raw.setHeader('connection', 'close')
    done()
  })
  return {
    get count() {
      return owed.size
    },
    drain() {
      isDraining = true
    },
    announceEnd() {
      isEnding = true
      for (const [socket, { complete }] of rests) {
        if (!complete) socket.destroySoon()
      }
      for (const response of owed) {
        if (!response.headersSent) response.setHeader('connection', 'close')
      }
      for (const socket of sockets) {
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
