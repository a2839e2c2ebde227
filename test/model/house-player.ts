/** Opens random houses in the kernel, and says what it has of them. */
import { drawingOf, seatRowsOf } from '../../src/engine/stored/stored-plan.ts'
import { newUuid, type PlanSpec } from '../../src/protocol/index.ts'
import { command, type Kernel, type KernelOutcome, type Session, SHOW } from '../support/kernel.ts'
import type { House, HouseSeat } from './best-seats.ts'

/** A plan as the kernel has it: its seats in the order of their numbers. */
export interface StoredHouse {
  readonly planId: string
  readonly house: House
}

/** A show, by its number and by its key. */
export interface OpenShow {
  readonly showId: number
  readonly key: string
}

/** Terms of a show, as the wire has them. */
type ShowTerms = Partial<Omit<typeof SHOW, 'maxSeatsPerHolder'>> & {
  readonly maxSeatsPerHolder?: number | null
}

const CREATE_PLAN = 'select rowlock.create_plan($1, $2, $3, $4, $5, $6, $7)'
const CREATE_SHOW = 'select rowlock.create_show($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)'
const READ_SEATS = `
  select seat.label, seat.x, seat.y, seat.section, seat.category, seat.accessible, seat.companion,
    seat.restricted_view as "restrictedView", seat.joined,
    coalesce(section.value ->> 'generalAdmission' = 'true', false) as standing
  from rowlock.seats as seat
  join rowlock.plans as plan on plan.plan_id = seat.plan_id
  left join lateral jsonb_array_elements(plan.drawing -> 'sections') as section
    on section.value ->> 'key' = seat.section
  where seat.plan_id = $1
  order by seat.seat_no`

/** A session of the kernel that houses are played in. */
export class HousePlayer {
  readonly session: Session
  readonly #venueId: string

  constructor(session: Session, venueId: string) {
    this.session = session
    this.#venueId = venueId
  }

  /** A player with a connection of its own. */
  static async create(kernel: Kernel): Promise<HousePlayer> {
    const session = await kernel.session()
    const venueId = newUuid()
    await session.client.query('select rowlock.create_venue($1, $2, $3, $4, $5)', [
      newUuid(),
      newUuid(),
      venueId,
      'A venue',
      null,
    ])
    return new HousePlayer(session, venueId)
  }

  async store(plan: PlanSpec): Promise<StoredHouse> {
    const planId = newUuid()
    await this.session.client.query(CREATE_PLAN, [
      newUuid(),
      newUuid(),
      planId,
      this.#venueId,
      plan.name,
      JSON.stringify(drawingOf(plan)),
      JSON.stringify(seatRowsOf(plan.seats, plan.sections)),
    ])
    const { rows } = await this.session.client.query<HouseSeat>(READ_SEATS, [planId])
    return { planId, house: { seats: rows, focalPoint: plan.focalPoint } }
  }

  /** A show on a stored house. */
  async open({ planId }: StoredHouse, terms: ShowTerms = {}): Promise<OpenShow> {
    const key = newUuid()
    const policy = JSON.stringify({ ...SHOW, ...terms })
    await this.session.client.query(CREATE_SHOW, [
      newUuid(),
      newUuid(),
      'test',
      newUuid(),
      key,
      'A play',
      '2030-01-01T20:00:00Z',
      planId,
      policy,
      null,
      null,
    ])
    const { rows } = await this.session.client.query<{ show_id: number }>(
      'select show_id::int from rowlock.shows where key = $1',
      [key],
    )
    return { showId: rows[0]?.show_id as number, key }
  }

  /** Takes seats out of the sale, so that a show begins with a house that is partly full. */
  async block(showId: number, seats: readonly number[]): Promise<void> {
    if (seats.length === 0) return
    await this.session.one(command('block', showId, { seats, reference: 'taken' }))
  }

  /** Holds what is asked for, with one command or several in one batch. */
  async hold(
    showId: number,
    ...asks: readonly Parameters<typeof command>[2][]
  ): Promise<KernelOutcome[]> {
    return await this.session.apply(...asks.map((ask) => command('hold', showId, ask)))
  }
}
