import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

interface Progress {
  readonly sent: string
  readonly since: number
}

/** Handle that tells how much the system still has of what was written; node tells nobody else. */
interface Handled {
  readonly _handle?: { readonly writeQueueSize?: number } | null
}

/**
 * Cuts connections on which an answer waits and not a byte of it was read for `idleMs`. The time
 * limit of a socket alone lets twice that pass: node begins it anew once, when it sees that the
 * system took part of a write, so 120 seconds were up to 241.
 */
export function cutStalledReaders(
  app: FastifyInstance,
  { idleMs, lookEveryMs }: { idleMs: number; lookEveryMs: number },
): void {
  const sockets = new Map<Socket, Progress>()
  app.server.on('connection', (socket) => {
    sockets.set(socket, { sent: '', since: performance.now() })
    socket.once('close', () => sockets.delete(socket))
  })
  const timer = setInterval(() => {
    const now = performance.now()
    for (const [socket, progress] of sockets) {
      const sent = progressOf(socket)
      if (sent === null || sent !== progress.sent)
        sockets.set(socket, { sent: sent ?? '', since: now })
      else if (now - progress.since >= idleMs) socket.destroy()
    }
  }, lookEveryMs)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}

/** Progress of the sending; null when nothing waits to be sent. */
function progressOf(socket: Socket): string | null {
  const { bytesWritten, writableLength } = socket
  const { _handle: handle } = socket as unknown as Handled
  const waiting = handle?.writeQueueSize ?? writableLength
  if (waiting === 0 && writableLength === 0) return null
  return `${bytesWritten - writableLength} ${waiting}`
}
