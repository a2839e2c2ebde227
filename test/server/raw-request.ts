import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'

/** A connection to a server, for what no HTTP client would send. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  return socket
}

/** Sends bytes and answers everything that comes back until the server closes. */
export async function sendRaw(url: string, bytes: string): Promise<string> {
  const socket = await openSocket(url)
  socket.write(bytes)
  return text(socket)
}

/** Status line, headers and JSON body of an answer as it came over the wire. */
export function parseRaw(answer: string): {
  status: number
  head: string
  body: Record<string, unknown>
} {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return {
    status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]),
    head: head.toLowerCase(),
    body: body.startsWith('{') ? JSON.parse(body) : {},
  }
}
