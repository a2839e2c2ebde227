import type { Answer, WriteRequest } from '../../src/calls/index.ts'
import type { Engine } from '../../src/engine/index.ts'
import { type CreateShowBody, newUuid, Refusal } from '../../src/protocol/index.ts'
import { shopper } from '../support/engines.ts'
import { SHOW } from '../support/kernel.ts'
import { type Noun, pick, type Sight, type Step } from './catalogue-model.ts'

type Write = (request: WriteRequest) => Promise<Answer<unknown>>

const STARTS_AT = '2030-01-01T20:00:00Z'
const SOURCE = { rows: 'A', seatsPerRow: 3 }
const box = { ...shopper('box office'), boxOffice: true, seller: true }

/** Venues, plans and shows of one history, in an engine. */
export class CataloguePlayer {
  readonly #engine: Engine
  readonly #venues: string[] = []
  readonly #plans: string[] = []
  readonly #shows: CreateShowBody[] = []
  /** Writes that were done, to be sent again as they were. */
  readonly #done: (() => Promise<Answer<unknown>>)[] = []

  private constructor(engine: Engine) {
    this.#engine = engine
  }

  /** Two venues with a plan each, a show of each, and one with seats of its own. */
  static async of(engine: Engine): Promise<CataloguePlayer> {
    const player = new CataloguePlayer(engine)
    const request = { caller: box, idempotencyKey: null }
    for (const index of [0, 1]) {
      const { value } = await engine.createVenue(request, { name: `Venue ${index}` })
      player.#venues.push(value.id)
      await player.#createPlan(index, `Plan ${index}`)(request)
      await player.#createShow(index)(request)
    }
    const alone = { ...newShow(), seats: SOURCE }
    await engine.createShow(request, alone)
    player.#shows.push(alone)
    return player
  }

  /** Does a step at an instant: its word is that of the model. */
  async run(step: Step, now: string): Promise<string> {
    if (step.kind === 'retry' && this.#done.length === 0) return 'nothing'
    const request = { caller: box, idempotencyKey: newUuid() }
    const write = step.kind === 'retry' ? null : this.#writeOf(step, now)
    const send = write ? () => write(request) : pick(this.#done, step.target)
    try {
      const { changed, replayed } = await send()
      if (replayed) return 'replayed'
      if (!changed) return 'already'
      this.#done.push(send)
      return 'done'
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
  }

  async look(): Promise<Sight> {
    const named = ({ name, retiredAt }: { name: string; retiredAt: string | null }) => {
      return { name, retiredAt }
    }
    const lists = async (venue: string, retired: 'true' | 'false') => {
      const { items } = await this.#engine.listPlans(venue, { retired, limit: 100 })
      return items.map(({ name }) => name)
    }
    return {
      venues: await each(this.#venues, async (venue) => ({
        ...named(await this.#engine.getVenue(venue)),
        usual: await lists(venue, 'false'),
        retired: await lists(venue, 'true'),
      })),
      plans: await each(this.#plans, async (plan) => named(await this.#engine.getPlan(plan))),
    }
  }

  #writeOf(step: Exclude<Step, { kind: 'retry' }>, now: string): Write {
    const { target } = step
    switch (step.kind) {
      case 'retire':
        return this.#change(step.noun, target, { retired: step.retired })
      case 'rename':
        return this.#change(step.noun, target, { name: now })
      case 'create plan':
        return this.#createPlan(target, now)
      case 'create show':
        return this.#createShow(target)
      case 'same show': {
        const same = pick(this.#shows, target)
        return (request) => this.#engine.createShow(request, same)
      }
      case 'repeat':
        return this.#repeat(pick(this.#shows, target))
      default:
        return this.#sell(pick(this.#shows, target).key, step)
    }
  }

  #change(noun: Noun, target: number, body: { name: string } | { retired: boolean }): Write {
    const [venue, plan] = [pick(this.#venues, target), pick(this.#plans, target)]
    if (noun === 'plan') return (request) => this.#engine.changePlan(request, plan, body)
    return (request) => this.#engine.changeVenue(request, venue, body)
  }

  #createPlan(target: number, name: string): Write {
    const venue = pick(this.#venues, target)
    return async (request) => {
      const answer = await this.#engine.createPlan(request, venue, { name, source: SOURCE })
      if (!answer.replayed) this.#plans.push(answer.value.id)
      return answer
    }
  }

  #createShow(target: number): Write {
    const body = { ...newShow(), plan: pick(this.#plans, target) }
    return async (request) => {
      const answer = await this.#engine.createShow(request, body)
      if (!answer.replayed) this.#shows.push(body)
      return answer
    }
  }

  /** Nobody asks for what came of it: only whether it is allowed. */
  #repeat(show: CreateShowBody): Write {
    const [key, startsAt] = [newUuid(), '2030-01-02T20:00:00Z']
    return (request) => {
      return this.#engine.repeatShow(request, show.key, { shows: [{ key, startsAt }] })
    }
  }

  #sell(show: string, step: Extract<Step, { seat: string }>): Write {
    const body = { seats: [step.seat] }
    if (step.kind === 'book') return (request) => this.#engine.bookSeats(request, show, body)
    return (request) => this.#engine.holdSeats(request, show, body)
  }
}

function newShow() {
  return { ...SHOW, key: newUuid(), title: 'A play', startsAt: STARTS_AT }
}

async function each<Item, Result>(
  items: readonly Item[],
  make: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (const item of items) results.push(await make(item))
  return results
}
