import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/**
 * Finds the part of an address that counts: the whole of an IPv4 address, the /64 of an IPv6 one,
 * because who has one address of a /64 has them all.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%')
  const mapped = MAPPED.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, 4).join(':')}::/64` : plain
}

function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  return [...first, ...Array<string>(missing).fill('0'), ...last].map((group) =>
    group.toLowerCase().replace(/^0+(?=.)/, ''),
  )
}

/** The first 12 hexadecimal digits of an HMAC-SHA256: enough to tell apart, none to go back by. */
export function pseudonymOf(secret: Buffer, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex').slice(0, 12)
}
