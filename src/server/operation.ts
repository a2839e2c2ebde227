import type { FastifyRequest, onRequestHookHandler, preValidationHookHandler } from 'fastify'
import { z } from 'zod'
import type { AccessRequest, Identity, Operation } from '../auth/index.ts'
import type { WriteRequest } from '../engine/index.ts'
import { type ErrorCode, LIMITS, Refusal } from '../protocol/index.ts'
import { type BodyBounds, bodyBoundsOf } from './limits/body-bounds.ts'
import { clientAddress } from './limits/client-address.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the reference says beyond the schemas; set on the routes of the API only. */
    about?: OperationAbout
    /** Null where there is no body, or one that is not read here. */
    bounds?: BodyBounds | null
  }
  interface FastifyRequest {
    /** Set before the handlers of the API's operations run. */
    identity: Identity
    idempotencyKey: string | null
    /** What the caller is counted by: a key, a user or an address. Empty where nothing is. */
    client: string
    /** The code of the refusal that was answered, for the log. */
    refusalCode: ErrorCode | null
  }
}

/** The chapters of the reference, in its order. */
export const TAGS = [
  { name: 'Venues', description: 'A place. It has one or more seating plans.' },
  {
    name: 'Plans',
    description: 'Seating plans: sections, rows, seats and categories, with positions for drawing.',
  },
  { name: 'Shows', description: 'One performance on one plan: what is sold, and on which terms.' },
  { name: 'Seats', description: 'What is available, held, booked or blocked just now.' },
  { name: 'Holds', description: 'Seats taken for one holder for a few minutes. All or nothing.' },
  { name: 'Bookings', description: 'Seats sold, from a hold or directly.' },
  { name: 'Blocks', description: 'House seats: withheld from sale, with a reason.' },
  { name: 'Journal', description: 'The history of a show, complete and numbered without gaps.' },
  { name: 'Users', description: 'People who buy, sell at the counter, or run the system.' },
  { name: 'Sessions', description: 'Signing in and out. Short-lived tokens, renewed by others.' },
  { name: 'Me', description: 'Who is asking, and what belongs to them.' },
  { name: 'API keys', description: 'Keys of partner systems, each for some uses and shows.' },
  { name: 'Audit', description: 'What was done to people and keys, and by whom.' },
] as const
export type Tag = (typeof TAGS)[number]['name']

/** What the reference says about an operation, and how its body may come. */
export interface OperationAbout {
  readonly operation: Operation
  readonly tag: Tag
  readonly summary: string
  readonly description: string
  /** Its own refusals, in order of precedence. Those that every operation has are added. */
  readonly refusals: readonly ErrorCode[]
  readonly isWrite: boolean
  /** A missing body means `{}`. */
  readonly bodyOptional: boolean
  /** Answers 304 to a matching `If-None-Match`. */
  readonly isTagged: boolean
  /** A 201 says where what was made is. */
  readonly isLocated: boolean
  /** The body is a file, which is neither read nor checked on this thread. */
  readonly isFile: boolean
  /** Bodies, by what they show. */
  readonly examples: Readonly<Record<string, unknown>>
}

interface Parts {
  readonly params?: z.ZodType
  readonly querystring?: z.ZodType
  readonly body?: z.ZodType
  readonly response: Readonly<Record<number, z.ZodType>>
}

type About = Pick<OperationAbout, 'tag' | 'summary' | 'refusals'> &
  Partial<
    Pick<
      OperationAbout,
      'description' | 'bodyOptional' | 'isTagged' | 'isLocated' | 'isFile' | 'examples'
    >
  >

const NoQuery = z.strictObject({})

/** The options of a route: schemas that validate, type the handler and make the reference. */
export function operation<const Schema extends Parts>(
  id: Operation,
  about: About,
  schema: Schema,
): {
  schema: Schema
  config: { about: OperationAbout; bounds: BodyBounds | null }
  bodyLimit: number
  preValidation: preValidationHookHandler[]
  onRequest: onRequestHookHandler[]
} {
  const full: OperationAbout = {
    description: '',
    isWrite: schema.body !== undefined,
    bodyOptional: false,
    isTagged: false,
    isLocated: true,
    isFile: false,
    examples: {},
    ...about,
    operation: id,
  }
  const bounds = schema.body === undefined || full.isFile ? null : bodyBoundsOf(schema.body)
  return {
    schema: { querystring: NoQuery, ...schema },
    config: { about: full, bounds },
    bodyLimit: bounds?.bytesMax ?? (full.isFile ? LIMITS.planBytesMax : LIMITS.bodyBytesMax),
    preValidation: [
      ...(full.bodyOptional ? [missingBodyIsEmpty] : []),
      ...(bounds === null ? [] : [refuseTooMuch(bounds)]),
    ],
    onRequest: [],
  }
}

/** Validation would look at every element first, and only then count them. */
function refuseTooMuch({ tooMuchIn }: BodyBounds): preValidationHookHandler {
  return (request, _reply, done) => {
    const mistakes = tooMuchIn(request.body)
    if (mistakes.length === 0) done()
    else done(new Refusal('invalid_request', { mistakes: mistakes.slice(0, 20) }))
  }
}

const missingBodyIsEmpty: preValidationHookHandler = (request, _reply, done) => {
  request.body ??= request.body === undefined ? {} : request.body
  done()
}

/** What accompanies a write to the engine. */
export function writeOf(request: {
  identity: Identity
  idempotencyKey: string | null
}): WriteRequest {
  return { caller: request.identity.caller, idempotencyKey: request.idempotencyKey }
}

/** What accompanies every question about people, sessions and keys. */
export function accessRequestOf(
  request: Pick<FastifyRequest, 'identity' | 'idempotencyKey' | 'id' | 'ip'>,
): AccessRequest {
  return {
    identity: request.identity,
    address: clientAddress(request),
    traceId: request.id,
    idempotencyKey: request.idempotencyKey,
  }
}

/** The path parameters of the routes. Any text is taken: what is not known answers 404. */
export const path = {
  venue: z
    .string()
    .describe('The id of the venue.')
    .meta({ example: `venue_${'0'.repeat(32)}` }),
  plan: z
    .string()
    .describe('The id of the plan.')
    .meta({ example: `plan_${'0'.repeat(32)}` }),
  show: z.string().describe('The key of the show.').meta({ example: 'avengers-2026-7pm' }),
  hold: z
    .string()
    .describe('The id of the hold: whoever has it, has the hold.')
    .meta({ example: `hold_${'0'.repeat(32)}` }),
  booking: z
    .string()
    .describe('The id of the booking.')
    .meta({ example: `book_${'0'.repeat(32)}` }),
  block: z
    .string()
    .describe('The id of the block.')
    .meta({ example: `block_${'0'.repeat(32)}` }),
  user: z
    .string()
    .describe('The id of the user.')
    .meta({ example: `user_${'0'.repeat(32)}` }),
  key: z
    .string()
    .describe('The id of the API key.')
    .meta({ example: `key_${'0'.repeat(32)}` }),
}
