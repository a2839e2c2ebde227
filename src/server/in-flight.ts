import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** The answers that are still owed. */
export interface InFlight {
  readonly count: number
  /** Tells the clients of these answers that their connections end with them. */
  announceEnd(): void
}

/**
 * Watches every request from its headers to the end of its answer. Node itself closes idle
 * connections only: a client that waits for an answer would keep its connection for another
 * request, and lose that one.
 */
export function watchInFlight(app: FastifyInstance): InFlight {
  const owed = new Set<ServerResponse>()
  app.addHook('onRequest', (_request, reply, done) => {
    owed.add(reply.raw)
    done()
  })
  app.addHook('onResponse', (_request, reply, done) => {
    owed.delete(reply.raw)
    done()
  })
  return {
    get count() {
      return owed.size
    },
    announceEnd() {
      for (const response of owed) {
        if (!response.headersSent) response.setHeader('connection', 'close')
      }
    },
  }
}

/** Closes, or after the deadline cuts, every connection; then whatever `onClose` hooks do. */
export async function closeWithin(
  app: FastifyInstance,
  inFlight: InFlight,
  deadlineMs: number,
): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), deadlineMs)
  try {
    inFlight.announceEnd()
    await app.close()
  } finally {
    clearTimeout(cut)
  }
}
