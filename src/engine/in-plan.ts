import { type BestSeats, findKey, type Mistake, type Places, Refusal } from '../protocol/index.ts'
import type { StoredPlan } from './stored/stored-plan.ts'

/** Wishes of a command by section or category. */
interface Asked {
  readonly places?: readonly Places[] | undefined
  readonly best?: BestSeats | undefined
}

/**
 * Puts wishes under the plan's own keys. Each must be there, and have places where they count,
 * which nobody may ask for twice. Refusal: `invalid_request`.
 */
export function inPlan(plan: StoredPlan, { places, best }: Asked): Asked {
  const mistakes: Mistake[] = []
  const asked = {
    best: best && bestInPlan(plan, best, mistakes),
    places: places && placesInPlan(plan, places, mistakes),
  }
  const [first] = mistakes
  if (!first) return asked
  throw new Refusal('invalid_request', { detail: `${first.path}: ${first.message}.`, mistakes })
}

function bestInPlan(plan: StoredPlan, best: BestSeats, mistakes: Mistake[]): BestSeats {
  const found = { ...best }
  for (const part of ['section', 'category'] as const) {
    const name = best[part]
    if (name === undefined) continue
    const key = findKey(part === 'section' ? plan.sections : plan.categories, name)
    if (key !== undefined) found[part] = key
    else mistakes.push({ path: `best.${part}`, message: `"${name}" is not a ${part} of the plan` })
  }
  return found
}

function placesInPlan(plan: StoredPlan, places: readonly Places[], mistakes: Mistake[]): Places[] {
  const standing = plan.sections.filter(({ generalAdmission }) => generalAdmission)
  const seen = new Set<string>()
  return places.map((place, index) => {
    const section = findKey(standing, place.section)
    const wrong = (message: string) => {
      mistakes.push({ path: `places[${index}].section`, message: `"${place.section}" ${message}` })
    }
    if (section === undefined) wrong('is not a general admission section of the plan')
    else if (seen.has(section)) wrong('is named a second time')
    else seen.add(section)
    return { ...place, section: section ?? place.section }
  })
}
