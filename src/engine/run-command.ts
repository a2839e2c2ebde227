import { type Answer, identifyWrite, leaveTimeToTell, type WriteRequest } from '../calls/index.ts'
import {
  type BestSeats,
  fromPublicId,
  type IdKind,
  type Places,
  Refusal,
} from '../protocol/index.ts'
import { callerFields } from './caller-fields.ts'
import type { Context } from './context.ts'
import { inPlan } from './in-plan.ts'
import { type Command, type CommandKind, isSale, type Outcome } from './lanes/command.ts'
import { refusalOf } from './refusal-of.ts'
import { findShow, numberSeats, type SoldShow, withSeats } from './sold-show.ts'

/** A command for the kernel before its labels are numbers. */
export interface CommandDraft {
  /** The operation, as it goes into the fingerprint. */
  readonly operation: string
  readonly kind: CommandKind
  /** Id of what is created or spoken of. */
  readonly holdId: string
  /** Parts of the address that belong to the request, beyond the show. */
  readonly path?: readonly string[]
  readonly body: unknown
  readonly seats?: readonly string[] | undefined
  readonly toSeats?: readonly string[] | undefined
  readonly places?: readonly Places[] | undefined
  readonly best?: BestSeats | undefined
  /** Holder as the caller wrote it; cleaned before the kernel sees it. Null: none from now on. */
  readonly holder?: string | null | undefined
  readonly fields?: Omit<Partial<Command>, 'holder'>
}

/** A result of the kernel that is no refusal, with the show it belongs to. */
export interface Done {
  readonly show: SoldShow
  readonly outcome: Outcome
}

/** Sends one command and waits for its outcome; throws the refusal if it is one. */
export async function runCommand(
  context: Context,
  request: WriteRequest,
  showKey: string,
  draft: CommandDraft,
): Promise<Done> {
  const first = await findShow(context, showKey)
  const labels = [...(draft.seats ?? []), ...(draft.toSeats ?? [])]
  const { show, seats } = await numberSeats(context, first, labels)
  const { places, best } = inPlan(show.plan, draft)
  const path = [showKey, ...(draft.path ?? [])]
  const identity = identifyWrite(request, draft.operation, path, draft.body)
  const command: Command = {
    show_id: show.showId,
    kind: draft.kind,
    request_id: identity.requestId,
    fingerprint: identity.fingerprint,
    remember: identity.isKeyed && isSale({ kind: draft.kind, ...draft.fields }),
    ...callerFields(request.caller, draft.holder),
    hold_id: draft.holdId,
    seats: draft.seats && seats.numbers.slice(0, draft.seats.length),
    places,
    best,
    to_seats: draft.toSeats && seats.numbers.slice(draft.seats?.length ?? 0),
    ...draft.fields,
  }
  const outcome = await context.lanes.submit(command, show.identity.bucket)
  leaveTimeToTell()
  const known = await withSeats(context, show, seatsOf(outcome))
  if (outcome.code === 'done' || outcome.code === 'already') return { show: known, outcome }
  throw refusalOf(draft.kind, outcome, known, seats.strangers)
}

/** The seats that an outcome speaks of: what the kernel chose may be newer than our plan. */
function seatsOf({ seats, obstacles }: Outcome): readonly number[] {
  if (obstacles === null || !('length' in obstacles)) return seats ?? []
  return obstacles.map(({ seat }) => seat)
}

/** The answer to a write, around what it answers. */
export function toAnswer<Value>(outcome: Outcome, value: Value): Answer<Value> {
  return { value, changed: outcome.code === 'done', replayed: outcome.replayed }
}

const UNKNOWN = {
  hold: 'hold_unknown',
  booking: 'booking_unknown',
  block: 'block_unknown',
  plan: 'plan_unknown',
  venue: 'venue_unknown',
} as const satisfies Partial<Record<IdKind, string>>

/** The UUID of a public id. Whatever is not one names nothing: `…_unknown`. */
export function uuidOf(kind: keyof typeof UNKNOWN, id: string): string {
  const uuid = fromPublicId(kind, id)
  if (uuid === null) throw unknownId(kind)
  return uuid
}

/** The refusal for an id that names nothing. */
export function unknownId(kind: keyof typeof UNKNOWN): Refusal {
  return new Refusal(UNKNOWN[kind])
}
