/**
 * Targets that webhooks may be sent to. A person who may create one must not be able to make this
 * server talk to what only it can reach: so the address is looked at after its name was resolved,
 * and it is that very address that is connected to.
 */
import { type LookupAddress, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Refusal } from '../../protocol/index.ts'

/** Kinds of targets that are allowed. */
export interface TargetRules {
  /** True when `http` to this machine is allowed: for a server that is for this machine alone. */
  readonly allowsLoopback: boolean
}

/** Refuses what no webhook is ever sent to. Refusal: `webhook_url_refused`. */
export function checkTarget(url: string, rules: TargetRules): void {
  const refuse = (detail: string) => new Refusal('webhook_url_refused', { detail })
  const { protocol, hostname, username, password, hash } = new URL(url)
  if (username !== '' || password !== '')
    throw refuse('Remove the user name and password from the URL.')
  if (hash !== '') throw refuse('Leave the fragment (#…) out of the URL.')
  const address = literalAddress(hostname)
  const isLocal = hostname === 'localhost' || (address !== null && isLoopback(address))
  if (protocol === 'http:' && !(isLocal && rules.allowsLoopback)) {
    throw refuse('Use an https URL.')
  }
  if (protocol !== 'https:' && protocol !== 'http:') throw refuse('Use an https URL.')
  if (isLocal && rules.allowsLoopback) return
  if (isLocal || (address !== null && !isPublic(address))) {
    throw refuse('This address is not on the public internet.')
  }
}

/** Resolves names, and refuses every address that is not public. Hand it to the connection. */
export function guardedLookup(rules: TargetRules): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, '')
        return
      }
      const allowed = addresses.filter(({ address }) => isAllowed(address, rules))
      const [first] = allowed
      if (first === undefined) {
        callback(new TargetRefusedError(hostname), '')
      } else if (options.all) {
        ;(callback as (error: null, addresses: LookupAddress[]) => void)(null, allowed)
      } else {
        callback(null, first.address, first.family)
      }
    })
  }
}

/** True when a connection may be made to an address that is not a name. */
export function isAllowed(address: string, { allowsLoopback }: TargetRules): boolean {
  return isPublic(address) || (allowsLoopback && isLoopback(address))
}

/** The name leads to no address that webhooks may be sent to. */
export class TargetRefusedError extends Error {
  override readonly name = 'TargetRefusedError'

  constructor(hostname: string) {
    super(`${hostname} is not on the public internet`)
  }
}

function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) ? bare : null
}

function rangeOf(address: string): string {
  try {
    return ipaddr.process(address.replace(/%.*$/, '')).range()
  } catch {
    return 'unknown'
  }
}

/** `unicast` is what is left when everything reserved, private, local or mapped is taken out. */
function isPublic(address: string): boolean {
  return rangeOf(address) === 'unicast'
}

function isLoopback(address: string): boolean {
  return rangeOf(address) === 'loopback'
}
