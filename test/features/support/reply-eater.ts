import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** A stretch of network between client and server that loses answers. */
export interface ReplyEater {
  readonly url: string
  close(): Promise<void>
}

/**
 * Passes requests on; when the server begins to answer, the answer is thrown away and the client's
 * connection breaks. So whatever was asked has been done, and the client does not know.
 */
export async function eatReply(serverUrl: string): Promise<ReplyEater> {
  const { hostname, port } = new URL(serverUrl)
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname)
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    client.pipe(server)
    server.once('data', () => {
      client.destroy()
      server.destroy()
    })
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
