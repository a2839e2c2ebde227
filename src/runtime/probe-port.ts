import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/**
 * The port, if nobody listens on it: one that is free where it is 0. Throws what listening would
 * throw, such as `EADDRINUSE`.
 */
export async function probePort(at: { host: string; port: number }): Promise<number> {
  const probe = createServer().listen(at)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
