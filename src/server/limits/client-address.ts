import { isIP } from 'node:net'
import { normalizeIP } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'

/** Who has just gone has no address any more; a careless proxy passes on what it was told. */
const UNKNOWN = 'unknown'
const MAPPED = '::ffff:'
/** What one customer of a network usually gets, and can change its address in at will. */
const IPV6_BITS = 64

/**
 * The address that a caller is counted by: IPv6 as its /64, IPv4 also where it comes in the clothes
 * of IPv6. `X-Forwarded-For` counts only where the server trusts who sent it. What is no address
 * is never kept: it may be as long as headers are.
 */
export function clientAddress({ ip }: { readonly ip: FastifyRequest['ip'] | undefined }): string {
  const version = ip === undefined ? 0 : isIP(ip)
  if (ip === undefined || version === 0) return UNKNOWN
  if (version === 4) return ip
  if (ip.startsWith(MAPPED) && ip.includes('.')) return ip.slice(MAPPED.length)
  // The name of a local interface tells nothing of who asks.
  const [address = ip] = ip.split('%', 1)
  return normalizeIP(address, IPV6_BITS)
}
