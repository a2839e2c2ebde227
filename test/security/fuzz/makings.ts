import type { Random } from '../../../rig/index.ts'
import type { ApiUnderFuzz } from './api-under-fuzz.ts'
import type { Pool } from './pool.ts'
import type { ValueMaker } from './value-of-schema.ts'

/** Makings of a request: each from its own seed, so that it can be made again. */
export interface Makings {
  readonly api: ApiUnderFuzz
  readonly pool: Pool
  readonly random: Random
  readonly maker: ValueMaker
}
