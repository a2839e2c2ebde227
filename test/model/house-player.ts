/** Opens random houses in the kernel, and says what it has of them. */
import { linesOf } from '../../src/engine/stored/seat-lines.ts'
import {
  drawingOf,
  inRowOrder,
  type RowSeat,
  seatRowsOf,
} from '../../src/engine/stored/stored-plan.ts'
import { newUuid, type PlanSpec } from '../../src/protocol/index.ts'
import { command, type Kernel, type KernelOutcome, type Session, SHOW } from '../support/kernel.ts'
import type { House, HouseSeat } from './best-seats.ts'
import { STANDING } from './houses.ts'

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

const CREATE_PLAN = 'select rowlock.create_plan($1, $2, $3, $4, $5, $6, $7, p_lines => $8)'
const CREATE_SHOW = 'select rowlock.create_show($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)'
const READ_SEATS = `
  select seat.label, seat.x, seat.y, seat.section, seat.category, seat.accessible, seat.companion,
    seat.restricted_view as "restrictedView",
    seat.joined and not exists (
      select
      from rowlock.lines as line
      where line.plan_id = seat.plan_id
        and seat.seat_no = any (line.seats)
    ) as joined,
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

  /** `late`: seats that have the last numbers, as if they had been added after all others. */
  async store(plan: PlanSpec, late: readonly number[] = []): Promise<StoredHouse> {
    const planId = newUuid()
    const rows = numbered(inRowOrder(plan.seats, plan.sections), late)
    const lines = linesOf(
      rows.map(({ right }) => right),
      rows.map(({ isJoined }) => isJoined),
    )
    await this.session.client.query(CREATE_PLAN, [
      newUuid(),
      newUuid(),
      planId,
      this.#venueId,
      plan.name,
      JSON.stringify(drawingOf(plan)),
      JSON.stringify(seatRowsOf(rows)),
      JSON.stringify(lines),
    ])
    const read = await this.session.client.query<HouseSeat>(READ_SEATS, [planId])
    const seats = read.rows
    return { planId, house: { seats, lines, focalPoint: plan.focalPoint } }
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

/** Rows with other numbers: the late ones have the last. */
function numbered(rows: readonly RowSeat[], late: readonly number[]): RowSeat[] {
  // Shows' own plans, which are those that grow, have no standing room.
  const isLate = (number: number) =>
    late.includes(number) && rows[number]?.seat.section !== STANDING
  const all = [...rows.keys()]
  const order = [...all.filter((number) => !isLate(number)), ...all.filter(isLate)]
  return order.map((from, number) => {
    const { seat, right } = rows[from] as RowSeat
    const isJoined = right !== null && order[number + 1] === right
    return { seat, isJoined, right: right === null ? null : order.indexOf(right) }
  })
}
