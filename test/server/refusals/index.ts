import { CATALOGUE_PROVOCATIONS } from './of-catalogue.ts'
import { HOLD_PROVOCATIONS } from './of-holds.ts'
import { PEOPLE_PROVOCATIONS } from './of-people.ts'
import { SALE_PROVOCATIONS } from './of-sales.ts'
import { SECOND_FACTOR_PROVOCATIONS } from './of-second-factors.ts'
import type { Provocations } from './provocation.ts'

/** Provocations of every refusal that an operation lists as its own. */
export const PROVOCATIONS: Provocations = {
  ...CATALOGUE_PROVOCATIONS,
  ...HOLD_PROVOCATIONS,
  ...SALE_PROVOCATIONS,
  ...PEOPLE_PROVOCATIONS,
  ...SECOND_FACTOR_PROVOCATIONS,
}
