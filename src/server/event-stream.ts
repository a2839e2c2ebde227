import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Events as chunks (RFC 9112, 7.1), made once for all who are told the same. */
const chunks = new WeakMap<Buffer, Buffer>()
const LINE_END = Buffer.from('\r\n')

/**
 * Makes an answer write its events at once, all but the first, which goes out with the head. Node
 * would keep each of them back until the end of the turn, in four parts: whoever tells a crowd
 * could not see how long that takes, and it takes a third longer.
 */
export function writeAtOnce(answer: ServerResponse, socket: Socket): ServerResponse {
  const writeLater = answer.write.bind(answer)
  let isFirst = true
  socket.on('drain', () => answer.emit('drain'))
  const write = (event: Buffer): boolean => {
    // Without a socket as long as an earlier request of the connection is being answered.
    const mayWrite = !isFirst && answer.socket !== null && answer.chunkedEncoding
    isFirst = false
    return mayWrite ? socket.write(chunkOf(event)) : writeLater(event)
  }
  return Object.assign(answer, { write })
}

function chunkOf(bytes: Buffer): Buffer {
  let chunk = chunks.get(bytes)
  if (chunk === undefined) {
    const size = Buffer.from(`${bytes.length.toString(16)}\r\n`)
    chunk = Buffer.concat([size, bytes, LINE_END])
    chunks.set(bytes, chunk)
  }
  return chunk
}
