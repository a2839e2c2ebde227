/** Kind of what can be retired. */
export type Noun = 'venue' | 'plan'

/** One step of a history; targets are counted among what there is. */
export type Step =
  | { readonly kind: 'retire'; readonly noun: Noun; readonly retired: boolean; target: number }
  | { readonly kind: 'rename'; readonly noun: Noun; readonly target: number }
  | { readonly kind: 'create plan' | 'create show' | 'same show'; readonly target: number }
  | { readonly kind: 'repeat'; readonly target: number }
  | { readonly kind: 'retry'; readonly target: number }
  | { readonly kind: 'book' | 'hold'; readonly seat: string; readonly target: number }

/** A venue or a plan, as far as this is about it. */
interface Named {
  name: string
  retiredAt: string | null
}

interface ModelShow {
  /** Null for a plan of its own, which is at no venue and never retired. */
  readonly plan: number | null
  readonly taken: Set<string>
}

/** Sight of venues and plans; what is sold shows in the answers. */
export interface Sight {
  readonly venues: readonly (Named & { readonly usual: string[]; readonly retired: string[] })[]
  readonly plans: readonly Named[]
}

/** One of a list, whatever the number. */
export function pick<Item>(items: readonly Item[], target: number): Item {
  return items[target % items.length] as Item
}

/** Venues, plans and shows in memory: two venues with a plan and a show each, and a show alone. */
export class Catalogue {
  readonly #venues: Named[] = [newThing('Venue 0'), newThing('Venue 1')]
  readonly #plans: (Named & { readonly venue: number })[] = [
    { ...newThing('Plan 0'), venue: 0 },
    { ...newThing('Plan 1'), venue: 1 },
  ]
  readonly #shows: ModelShow[] = [newShow(0), newShow(1), newShow(null)]
  /** Keys of writes that were done, counted: each has its own. */
  #keys = 0

  /** Does a step at an instant, or says why not. */
  run(step: Step, now: string): string {
    const code = this.#refusal(step)
    if (code !== null) return code
    if (step.kind === 'retry') return 'replayed'
    if (step.kind === 'same show') return 'already'
    this.#keys += 1
    this.#apply(step, now)
    return 'done'
  }

  look(): Sight {
    const names = (venue: number, isRetired: boolean) => {
      const of = this.#plans.filter((plan) => plan.venue === venue)
      return of.filter((plan) => (plan.retiredAt !== null) === isRetired).map(({ name }) => name)
    }
    return {
      venues: this.#venues.map((venue, index) => {
        return { ...venue, usual: names(index, false), retired: names(index, true) }
      }),
      plans: this.#plans.map(({ name, retiredAt }) => ({ name, retiredAt })),
    }
  }

  #refusal(step: Step): string | null {
    switch (step.kind) {
      case 'create plan':
        return pick(this.#venues, step.target).retiredAt === null ? null : 'venue_retired'
      case 'create show':
        return this.#refusalOfPlan(step.target % this.#plans.length)
      case 'repeat':
        return this.#refusalOfPlan(pick(this.#shows, step.target).plan)
      case 'book':
      case 'hold':
        return pick(this.#shows, step.target).taken.has(step.seat) ? 'seats_unavailable' : null
      case 'retry':
        return this.#keys === 0 ? 'nothing' : null
      default:
        return null
    }
  }

  #refusalOfPlan(plan: number | null): string | null {
    const found = plan === null ? undefined : this.#plans[plan]
    if (found === undefined) return null
    if (this.#venues[found.venue]?.retiredAt !== null) return 'venue_retired'
    return found.retiredAt === null ? null : 'plan_retired'
  }

  #apply(step: Step, now: string): void {
    switch (step.kind) {
      case 'retire': {
        const thing = this.#thing(step.noun, step.target)
        thing.retiredAt = step.retired ? (thing.retiredAt ?? now) : null
        break
      }
      case 'rename':
        this.#thing(step.noun, step.target).name = now
        break
      case 'create plan':
        this.#plans.push({ ...newThing(now), venue: step.target % this.#venues.length })
        break
      case 'create show':
        this.#shows.push(newShow(step.target % this.#plans.length))
        break
      case 'book':
      case 'hold':
        pick(this.#shows, step.target).taken.add(step.seat)
        break
      default:
    }
  }

  #thing(noun: Noun, target: number): Named {
    return pick<Named>(noun === 'venue' ? this.#venues : this.#plans, target)
  }
}

function newThing(name: string): Named {
  return { name, retiredAt: null }
}

function newShow(plan: number | null): ModelShow {
  return { plan, taken: new Set() }
}
