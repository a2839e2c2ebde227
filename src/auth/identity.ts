import type { Caller } from '../engine/engine.ts'
import { type Operation, POLICY } from './policy.ts'

/** The roles that callers have. */
export type Role = 'anonymous' | 'operator'

/** Who is calling: as the policy sees it, and as the engine does. */
export interface Identity {
  readonly role: Role
  readonly caller: Caller
}

/** A shopper without a key. Idempotency keys of all of them share one scope. */
export const ANONYMOUS: Identity = {
  role: 'anonymous',
  caller: {
    scope: 'anonymous',
    actor: 'anonymous',
    owner: null,
    boxOffice: false,
    seller: false,
    heldSeatsMax: null,
  },
}

/** Who holds the operator key. */
export const OPERATOR: Identity = {
  role: 'operator',
  caller: {
    scope: 'operator',
    actor: 'operator',
    owner: null,
    boxOffice: true,
    seller: true,
    heldSeatsMax: null,
  },
}

/** Whether the policy lets this caller ask for the operation at all. */
export function mayCall(identity: Identity, operation: Operation): boolean {
  return POLICY[operation] === 'anyone' || identity.role === 'operator'
}

/** House seats are given out by who withheld them; a shopper may only book what is on sale. */
export function mayBookFromBlocks(identity: Identity): boolean {
  return identity.role === 'operator'
}
