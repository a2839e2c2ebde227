import { normalizeIP } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'

const MAPPED = '::ffff:'
/** What one customer of a network usually gets, and can change its address in at will. */
const IPV6_BITS = 64

/**
 * The address that a caller is counted by: IPv6 as its /64, IPv4 also where it comes in the clothes
 * of IPv6. `X-Forwarded-For` counts only where the server trusts who sent it.
 */
export function clientAddress({ ip }: Pick<FastifyRequest, 'ip'>): string {
  // Nearly always; the rest of it takes longer than the routing of a request.
  if (!ip.includes(':')) return ip
  if (ip.startsWith(MAPPED) && ip.includes('.')) return ip.slice(MAPPED.length)
  return normalizeIP(ip, IPV6_BITS)
}
