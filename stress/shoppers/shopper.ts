import { createRandom, type Random } from '../../rig/index.ts'

/** Ways of buying. `places` becomes `best` in a house without any. */
export type Approach = 'chosen' | 'best' | 'places' | 'direct' | 'directBest'

/** Shares of a hold that a shopper gives back before paying. */
export type Remorse = 'none' | 'some' | 'all'

/**
 * Character and plans of somebody, drawn before the sale begins: of the seed and the number alone,
 * so that a run can be repeated. Only which seats are free depends on the others.
 */
export interface Shopper {
  readonly number: number
  /** Arrival, as a share of the time in which people come. */
  readonly arrival: number
  /** Seats wanted: 1 to 6. */
  readonly party: number
  readonly approach: Approach
  /** Holder whom the hold is for; null for somebody unknown. */
  readonly holder: string | null
  /** Distance from the front at which they look: the mean, as a share of the house. */
  readonly modesty: number
  /** Time that they think, as a multiple of what is usual. */
  readonly calm: number
  /** Wants exactly one accessible seat. */
  readonly isAccessible: boolean
  /** The share of their commands whose answer is lost on the way. */
  readonly lossShare: number
  /** After a lost answer they do not ask again. */
  readonly givesUp: boolean
  /** Sends every command twice at the same time, to two servers. */
  readonly doubleClicks: boolean
  /** Holds seats and goes away. */
  readonly abandons: boolean
  readonly remorse: Remorse
  readonly extendsHold: boolean
  /** Pays at about the moment at which the hold ends. */
  readonly paysLate: boolean
  /** Asks to have the seats again if they paid too late and nobody took them. */
  readonly reacquires: boolean
  readonly confirmsTwice: boolean
  /** Uses a key for a second, different command, which must be refused. */
  readonly reusesKey: boolean
  /** Asks the box office for other seats afterwards. */
  readonly swaps: boolean
  readonly cancels: Remorse
  /** Decisions that are taken on the way. */
  readonly random: Random
}

/** People come like this: most for two, families and friends for more. */
const PARTIES = [1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6] as const
const APPROACHES: readonly Approach[] = [
  ...Array<Approach>(10).fill('chosen'),
  ...Array<Approach>(5).fill('best'),
  ...Array<Approach>(3).fill('places'),
  'direct',
  'directBest',
]

/** Everything about one shopper of a sale. */
export function createShopper(seed: string, number: number): Shopper {
  const random = createRandom(`${seed}/shopper/${number}`)
  const remorse = (share: number): Remorse =>
    random.chance(share) ? random.pick(['some', 'all'] as const) : 'none'
  return {
    number,
    // More at first: a crowd waits at the door, the rest trickles in.
    arrival: random.next() ** 1.4,
    party: random.pick(PARTIES),
    approach: random.pick(APPROACHES),
    holder: random.chance(0.3) ? `shopper-${number}` : null,
    modesty: random.pick([0.04, 0.1, 0.25, 0.6]),
    calm: 0.5 + random.next(),
    isAccessible: random.chance(0.02),
    lossShare: random.chance(0.2) ? 0.35 : 0.01,
    givesUp: random.chance(0.1),
    doubleClicks: random.chance(0.04),
    abandons: random.chance(0.12),
    remorse: remorse(0.12),
    extendsHold: random.chance(0.12),
    paysLate: random.chance(0.08),
    reacquires: random.chance(0.5),
    confirmsTwice: random.chance(0.1),
    reusesKey: random.chance(0.1),
    swaps: random.chance(0.08),
    cancels: remorse(0.1),
    random,
  }
}
