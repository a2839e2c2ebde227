import { ANONYMOUS, type Identity } from '../../auth/index.ts'

/** Addresses that are remembered; the others are computed anew. */
const ADDRESSES_MAX = 50_000

/**
 * Callers without an account, by address: its fingerprint names them in the journal, and carries
 * the budget of held seats that they share. So a shopper who drops cookies gets no other budget.
 */
export class AnonymousCallers {
  readonly #pseudonymOf: (address: string) => string
  readonly #heldSeatsMax: number | null
  readonly #identities = new Map<string, Identity>()

  constructor(pseudonymOf: (address: string) => string, heldSeatsMax: number | null) {
    this.#pseudonymOf = pseudonymOf
    this.#heldSeatsMax = heldSeatsMax
  }

  at(address: string): Identity {
    const known = this.#identities.get(address)
    if (known !== undefined) return known
    // Whoever comes from ever new addresses must not fill the memory. Starting anew costs hashes.
    if (this.#identities.size >= ADDRESSES_MAX) this.#identities.clear()
    const actor = `anonymous:${this.#pseudonymOf(address)}`
    const caller = { ...ANONYMOUS.caller, actor, heldSeatsMax: this.#heldSeatsMax }
    const identity = { ...ANONYMOUS, caller }
    this.#identities.set(address, identity)
    return identity
  }

  /** A user has the same budget: signing up must not be the way around it. */
  withBudget(identity: Identity): Identity {
    if (identity.role !== 'user') return identity
    return { ...identity, caller: { ...identity.caller, heldSeatsMax: this.#heldSeatsMax } }
  }
}
