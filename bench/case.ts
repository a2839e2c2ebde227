import type { Usage } from './processes/usage.ts'
import type { World } from './world.ts'

/** Unit of a figure, as it is printed behind it. */
export type Unit = 'cycles/s' | 'requests/s' | 'ms' | 's' | 'MB' | 'count'

/** One measured value of one round. */
export interface Figure {
  /** Name in goals and ratios, such as `c.many.64.rate`. */
  readonly id: string
  /** Name for people. */
  readonly label: string
  readonly unit: Unit
  readonly value: number
  /** Resources that the processes used meanwhile. */
  readonly usage?: readonly Usage[]
}

/** One of the cases of the specification, run once in every round. */
export interface Case {
  readonly letter: string
  readonly title: string
  /** It is not repeated more often: what hardly varies, and takes long. */
  readonly roundsMax?: number
  /** Makes ready what rounds need, once. */
  prepare?(world: World): Promise<void>
  round(world: World): Promise<Figure[]>
}
