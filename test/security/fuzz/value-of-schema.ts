import type { Random } from '../../../rig/index.ts'
import type { ApiUnderFuzz, Schema } from './api-under-fuzz.ts'
import type { Company, Pool } from './pool.ts'

const DEPTH_MAX = 6
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Makes values that a schema allows, of things that exist wherever their names say which. */
export class ValueMaker {
  readonly #api: ApiUnderFuzz
  readonly #pool: Pool
  readonly #random: Random

  /** Things that belong to what the address names. */
  company: Company = new Map()
  #isInventing = false

  constructor(api: ApiUnderFuzz, pool: Pool, random: Random) {
    this.#api = api
    this.#pool = pool
    this.#random = random
  }

  /** A value for a field or a parameter of this name. */
  valueOf(schema: Schema, name = '', depth = 0): unknown {
    const random = this.#random
    const found = this.#api.resolve(schema)
    if (found.const !== undefined) return found.const
    if (found.enum !== undefined) return random.pick(found.enum)
    const forms = found.anyOf ?? found.oneOf
    if (forms !== undefined) return this.valueOf(random.pick(forms), name, depth)
    if (found.allOf?.[0] !== undefined) return this.valueOf(found.allOf[0], name, depth)
    const type = typeof found.type === 'object' ? random.pick(found.type) : found.type
    if (type === 'object') return this.#objectOf(found, depth)
    if (type === 'array') return this.#arrayOf(found, name, depth)
    if (type === 'string') return this.#textOf(found, name)
    if (type === 'integer' || type === 'number') return this.#numberOf(found, type)
    if (type === 'boolean') return random.chance(0.5)
    if (type === 'null') return null
    return random.pick<unknown>([null, 1, 'text', [], {}, ...this.#pool.documents])
  }

  /** Something that exists, for a field of this name. */
  known(name: string): string | undefined {
    return this.#pool.pick(this.#random, name, this.company)
  }

  #objectOf(schema: Schema, depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    const required = new Set(schema.required)
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      const share = depth >= DEPTH_MAX ? 0 : 0.4
      if (required.has(name) || this.#random.chance(share)) {
        value[name] = this.valueOf(field, name, depth + 1)
      }
    }
    return value
  }

  #arrayOf(schema: Schema, name: string, depth: number): unknown[] {
    const least = schema.minItems ?? 0
    const length = this.#random.whole(least, Math.min(schema.maxItems ?? 4, least + 3))
    // Now and then all of them are new.
    this.#isInventing = this.#random.chance(0.25)
    const items = Array.from({ length }, () => this.valueOf(schema.items ?? {}, name, depth + 1))
    this.#isInventing = false
    // Labels that stand twice are refused before anything else is looked at.
    return this.#random.chance(0.9) ? [...new Set(items)] : items
  }

  #textOf(schema: Schema, name: string): string {
    const random = this.#random
    const known = !this.#isInventing && random.chance(0.85) ? this.known(name) : undefined
    if (known !== undefined) return known
    if (schema.format === 'date-time') return this.#instant()
    if (name === 'email' || schema.format === 'email') return `${this.#word(10)}@fuzz.example`
    const least = schema.minLength ?? 0
    const most = Math.min(schema.maxLength ?? 20, least + 20)
    const word = this.#word(random.whole(Math.max(1, least), Math.max(1, most)))
    return schema.pattern?.startsWith('^\\+') ? `+${random.whole(1e6, 1e9)}` : word
  }

  #numberOf({ minimum = 0, maximum = 1_000 }: Schema, type: string): number {
    const random = this.#random
    if (random.chance(0.2)) return random.pick([minimum, maximum])
    const low = Math.max(minimum, -1e9)
    const value = low + random.next() ** 3 * (Math.min(maximum, low + 1_000) - low)
    return type === 'integer' ? Math.round(value) : value
  }

  #instant(): string {
    const at = Date.now() + this.#random.whole(-1e9, 1e11)
    return new Date(at).toISOString()
  }

  #word(length: number): string {
    return Array.from({ length }, () => this.#random.pick([...LETTERS])).join('')
  }
}
