import { hash } from 'node:crypto'

/** A stream of decisions: the same seed gives the same stream. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number
  /** True for this share of all calls. */
  chance(share: number): boolean
  /** One of a list; undefined when it is empty. */
  pick<Item>(list: readonly Item[]): Item | undefined
  /** So many different ones of a list, or all of it. */
  some<Item>(list: readonly Item[], count: number): Item[]
}

/** Chris Doty-Humphrey's sfc32, begun with the digest of the seed. */
export function createRandom(seed: string): Random {
  const digest = hash('sha256', seed, 'buffer')
  const state = Uint32Array.from([0, 4, 8, 12], (offset) => digest.readUInt32LE(offset))
  const next = () => {
    const [a, b, c, d] = state as unknown as [number, number, number, number]
    const sum = (a + b + d) >>> 0
    state[3] = d + 1
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + sum
    return sum / 2 ** 32
  }
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    whole,
    chance: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)],
    some: (list, count) => {
      const rest = [...list]
      return Array.from({ length: Math.min(count, rest.length) }, () => {
        return rest.splice(whole(0, rest.length - 1), 1)[0] as (typeof rest)[number]
      })
    },
  }
}
