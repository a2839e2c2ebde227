import type { Socket } from 'node:net'

/**
 * Cuts a connection so that its other side sees a reset. A socket that is just saying goodbye is
 * ended instead: node forgets to close one that is reset then, and waits for it for ever when the
 * process is to end (libuv answers EINVAL, and the handle counts as closing all the same).
 */
export function resetSocket(socket: Socket): void {
  if (socket.writableEnded || socket.readableEnded) socket.destroy()
  else socket.resetAndDestroy()
}
