import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../../auth/index.ts'

/**
 * Address of a caller who has just gone, and has none any more; a careless proxy passes on what it
 * was told.
 */
const UNKNOWN = 'unknown'
/** IPv4 in the clothes of IPv6, in hexadecimal. */
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/i

/**
 * The address that a caller is counted by: IPv6 as its /64, IPv4 also where it comes in the clothes
 * of IPv6. `X-Forwarded-For` counts only where the server trusts who sent it. What is no address
 * is never kept: it may be as long as headers are.
 */
export function clientAddress({ ip }: { readonly ip: FastifyRequest['ip'] | undefined }): string {
  const version = ip === undefined ? 0 : isIP(ip)
  if (ip === undefined || version === 0) return UNKNOWN
  if (version === 4) return ip
  const [, high, low] = MAPPED.exec(ip) ?? []
  if (high === undefined || low === undefined) return networkOf(ip)
  const pairs = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return pairs.flatMap((pair) => [pair >> 8, pair & 255]).join('.')
}
