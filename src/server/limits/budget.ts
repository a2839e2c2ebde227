/** State of a budget after a look at it, or after something was taken. */
export interface BudgetState {
  readonly max: number
  readonly remaining: number
  /** Seconds until it is whole again, rounded up. */
  readonly seconds: number
  /** True when there was not enough left; then nothing was taken. */
  readonly isExceeded: boolean
}

interface Account {
  used: number
  readonly endsAt: number
}

/** Clients that are remembered; beyond it the one whose window began first starts anew. */
const CLIENTS_MAX = 100_000

/**
 * So many units for each client in a window of time that begins with its first request. A request
 * that costs more than is left takes nothing, so a cheaper one may still be answered.
 */
export class Budget {
  readonly #max: number
  readonly #windowMs: number
  readonly #now: () => number
  readonly #accounts = new Map<string, Account>()

  constructor(max: number, windowMs: number, now = () => Math.floor(performance.now())) {
    this.#max = max
    this.#windowMs = windowMs
    this.#now = now
  }

  /** Takes so many units, or none where fewer are left. */
  take(client: string, units: number): BudgetState {
    const now = this.#now()
    const account = this.#open(client, now)
    const isExceeded = account.used + units > this.#max
    if (!isExceeded) account.used += units
    return this.#stateOf(account, now, isExceeded)
  }

  /** Looks whether there would be as many. */
  look(client: string, units: number): BudgetState {
    const now = this.#now()
    const account = this.#accounts.get(client) ?? { used: 0, endsAt: now + this.#windowMs }
    const used = account.endsAt <= now ? 0 : account.used
    return this.#stateOf(account, now, used + units > this.#max)
  }

  #open(client: string, now: number): Account {
    const known = this.#accounts.get(client)
    if (known !== undefined && known.endsAt > now) return known
    // Set anew, so that the first of the map is the one whose window began first.
    this.#accounts.delete(client)
    const account = { used: 0, endsAt: now + this.#windowMs }
    this.#accounts.set(client, account)
    if (this.#accounts.size > CLIENTS_MAX) {
      const [oldest = ''] = this.#accounts.keys()
      this.#accounts.delete(oldest)
    }
    return account
  }

  #stateOf({ used, endsAt }: Account, now: number, isExceeded: boolean): BudgetState {
    return {
      max: this.#max,
      remaining: Math.max(0, this.#max - used),
      seconds: Math.max(1, Math.ceil((endsAt - now) / 1000)),
      isExceeded,
    }
  }
}
