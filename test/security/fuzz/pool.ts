import type { Random } from '../../../rig/index.ts'

/** Somebody to ask as: the headers that say so. */
export interface Caller {
  readonly role: string
  readonly headers: readonly (readonly [string, string])[]
}

const NOBODY: Caller = { role: 'anonymous', headers: [] }

/** Values that belong together, by kind: a hold, its show and its seats. */
export type Company = ReadonlyMap<string, readonly string[]>

/** Things of each kind that are remembered: the latest. */
const KEPT_MAX = 60
const COMPANY_MAX = 500

/** Fields and parameters that are named otherwise than the kind of thing that goes into them. */
const KIND_OF_FIELD: Readonly<Record<string, string>> = {
  seats: 'seat',
  from: 'seat',
  to: 'seat',
  shows: 'show',
  rows: 'row',
  current: 'password',
}

/** Kinds that answers name by a prefix, and what addresses call them. */
const KIND_OF_PREFIX: Readonly<Record<string, string>> = { book: 'booking' }

const ID = /^([a-z]+)_[0-9a-f]{32}$/
/** Fields of answers whose values are worth sending back, though nothing in them says so. */
const WORTH_KEEPING = ['next', 'refreshToken', 'token', 'email', 'prefix']
const KIND_OF_ANSWER: Readonly<Record<string, string>> = { next: 'cursor', token: 'link' }

/**
 * Ids, labels and credentials of things that exist, by kind. The stage puts in what it made, and
 * answers add to it, so that requests reach things which other requests made.
 */
export class Pool {
  readonly #kinds = new Map<string, string[]>()
  readonly #company = new Map<string, Company>()
  readonly #welcome = new Map<string, Set<string>>()
  callers: readonly Caller[] = []
  /** For fields that take any document: seating plans of other systems. */
  documents: readonly unknown[] = []

  /** Somebody to ask as: mostly one of those who were let in before, so that more gets done. */
  caller(random: Random, operation: string): Caller {
    const roles = this.#welcome.get(operation)
    const known = this.callers.filter(({ role }) => roles?.has(role))
    if (known.length > 0 && random.chance(0.6)) return random.pick(known)
    return this.callers.length === 0 ? NOBODY : random.pick(this.callers)
  }

  /** Remembers that this role may ask for the operation. */
  welcome(operation: string, role: string): void {
    const roles = this.#welcome.get(operation) ?? new Set()
    this.#welcome.set(operation, roles.add(role))
  }

  /** Remembers a value; the oldest of its kind is forgotten. */
  add(kind: string, value: string): void {
    const values = this.#kinds.get(kind) ?? []
    this.#kinds.set(kind, values)
    if (values.includes(value)) return
    values.push(value)
    if (values.length > KEPT_MAX) values.shift()
  }

  /** Finds what an answer told of a thing besides its id; empty for what is not remembered. */
  companyOf(id: string): Company {
    return this.#company.get(id) ?? new Map()
  }

  /**
   * One that fits a field or a parameter of this name, mostly out of the company it is in;
   * undefined where nothing is known of it.
   */
  pick(random: Random, name: string, company: Company = new Map()): string | undefined {
    const kind = KIND_OF_FIELD[name] ?? name
    const near = name === 'to' ? undefined : company.get(kind)
    if (near?.length && random.chance(0.85)) return random.pick(near)
    const values = this.#kinds.get(kind)
    if (values === undefined || values.length === 0) return undefined
    // Later ones more often: they are the ones that still live.
    const age = Math.floor(random.next() ** 3 * values.length)
    return values[values.length - 1 - age]
  }

  /** Keeps what an answer names. */
  harvest(value: unknown, name = ''): void {
    if (Array.isArray(value)) for (const item of value.slice(0, 5)) this.harvest(item, name)
    else if (typeof value === 'object' && value !== null) {
      this.#meet(value)
      for (const [key, child] of Object.entries(value)) this.harvest(child, key)
    } else if (typeof value === 'string' && value !== '') this.#keep(value, name)
  }

  #meet({ id, show, seats }: { id?: unknown; show?: unknown; seats?: unknown }): void {
    if (typeof id !== 'string' || typeof show !== 'string' || !Array.isArray(seats)) return
    if (this.#company.size >= COMPANY_MAX) this.#company.clear()
    const labels = seats.filter((seat) => typeof seat === 'string')
    this.#company.set(
      id,
      new Map([
        ['show', [show]],
        ['seat', labels],
      ]),
    )
  }

  #keep(value: string, name: string): void {
    const prefix = ID.exec(value)?.[1]
    if (prefix !== undefined) this.add(KIND_OF_PREFIX[prefix] ?? prefix, value)
    else if (WORTH_KEEPING.includes(name)) this.add(KIND_OF_ANSWER[name] ?? name, value)
  }
}
