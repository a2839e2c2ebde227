import { hash } from 'node:crypto'

/** A stream of decisions: the same seed gives the same stream on every machine. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number
  /** True for this share of all calls. */
  chance(share: number): boolean
  /** One of a list that is not empty. */
  pick<Item>(list: readonly Item[]): Item
  /** One of a list; undefined when it is empty. */
  pickIfAny<Item>(list: readonly Item[]): Item | undefined
  /** So many different ones of a list, or all of it. */
  some<Item>(list: readonly Item[], count: number): Item[]
  /** A duration that may end at any moment, of this mean; five times that at most. */
  span(mean: number): number
}

const SPAN_MAX = 5

/**
 * Chris Doty-Humphrey's sfc32, of PractRand: 128 bits of state, begun with the digest of the seed,
 * so that seeds which differ in one character have nothing in common.
 */
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
  const pickIfAny = <Item>(list: readonly Item[]) => list[Math.floor(next() * list.length)]
  return {
    next,
    whole,
    chance: (share) => next() < share,
    pick: (list) => {
      const item = pickIfAny(list)
      if (item === undefined) throw new Error('There is nothing to pick from.')
      return item
    },
    pickIfAny,
    some: (list, count) => {
      const rest = [...list]
      return Array.from({ length: Math.min(count, rest.length) }, () => {
        return rest.splice(whole(0, rest.length - 1), 1)[0] as (typeof rest)[number]
      })
    },
    span: (mean) => mean * Math.min(SPAN_MAX, -Math.log(1 - next())),
  }
}
