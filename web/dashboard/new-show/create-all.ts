import type { Client } from '../../../src/client/index.ts'
import { randomUuid } from '../../../src/client/random-uuid.ts'
import type { PlanSpec, Show } from '../../../src/protocol/index.ts'
import { type Draft, showBodyOf, sourceOf } from './show-draft.ts'

/**
 * Creates a venue, a plan and a show, as far as they are new. Each step has an idempotency key that
 * belongs to what it asks for: tried again after a mistake was corrected, the steps that were done
 * are not done twice.
 */
export class ShowMaker {
  readonly #keys = new Map<string, string>()

  /** `read` is what was made of the plan's file. Throws `RowlockError` of the step refused. */
  async create(client: Client, draft: Draft, read: PlanSpec | null): Promise<Show> {
    const venue = await this.#venue(client, draft)
    const plan = await this.#plan(client, draft, venue, read)
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
    read: PlanSpec | null,
  ): Promise<string> {
    if (plan.kind === 'known') return plan.knownPlan
    const name = plan.kind === 'file' ? plan.fileName.replace(/\.[^.]+$/, '').slice(0, 200) : ''
    // What was looked at is what is stored, also where somebody said how to read the file.
    const isMapped = plan.kind === 'file' && Object.keys(plan.options).length > 0 && read !== null
    const source = isMapped
      ? ({ format: 'rowlock', source: read } as const)
      : { source: sourceOf(plan) }
    const body = { ...source, ...(name !== '' && { name }) }
    return (await client.createPlan(venue, body, this.#once(venue, body))).id
  }

  #once(what: string, body: object): { idempotencyKey: string } {
    const asked = `${what} ${JSON.stringify(body)}`
    const idempotencyKey = this.#keys.get(asked) ?? randomUuid()
    this.#keys.set(asked, idempotencyKey)
    return { idempotencyKey }
  }
}
