import type { Client } from '../../../src/client/index.ts'
import { randomUuid } from '../../../src/client/random-uuid.ts'
import type { Show } from '../../../src/protocol/index.ts'
import type { PlanFormat } from '../../../src/protocol/plan.ts'
import { type Draft, showBodyOf, sourceOf } from './show-draft.ts'

/**
 * Creates a venue, a plan and a show, as far as they are new. Each step has an idempotency key that
 * belongs to what it asks for: tried again after a mistake was corrected, the steps that were done
 * are not done twice.
 */
export class ShowMaker {
  readonly #keys = new Map<string, string>()

  /** `format` is what the plan was read as. Throws `RowlockError` of the step refused. */
  async create(client: Client, draft: Draft, format: PlanFormat | null): Promise<Show> {
    const venue = await this.#venue(client, draft)
    const plan = await this.#plan(client, draft, venue, format)
    const body = showBodyOf(draft, plan)
    return client.createShow(body, this.#once('show', body))
  }

  async #venue(client: Client, { venue }: Draft): Promise<string> {
    if (venue.id !== null) return venue.id
    const body = { name: venue.name.trim(), timeZone: venue.timeZone }
    return (await client.createVenue(body, this.#once('venue', body))).id
  }

  async #plan(
    client: Client,
    { plan }: Draft,
    venue: string,
    format: PlanFormat | null,
  ): Promise<string> {
    if (plan.kind === 'known') return plan.knownPlan
    const name = plan.kind === 'file' ? plan.fileName.replace(/\.[^.]+$/, '').slice(0, 200) : ''
    // Read by the server just as it was here, so that what was looked at is what is stored.
    const body = {
      source: sourceOf(plan),
      ...plan.options,
      ...(format !== null && { format }),
      ...(name !== '' && { name }),
    }
    return (await client.createPlan(venue, body, this.#once(venue, body))).id
  }

  #once(what: string, body: object): { idempotencyKey: string } {
    const asked = `${what} ${JSON.stringify(body)}`
    const idempotencyKey = this.#keys.get(asked) ?? randomUuid()
    this.#keys.set(asked, idempotencyKey)
    return { idempotencyKey }
  }
}
