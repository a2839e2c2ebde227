import type { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import type { RoleRow } from './roles.ts'
import type { Tag } from './tags.ts'

/** Every kind of command that the kernel applies to a show. */
export type CommandKind =
  | 'hold'
  | 'extend'
  | 'release'
  | 'confirm'
  | 'book'
  | 'cancel'
  | 'swap'
  | 'block'
  | 'unblock'
  | 'change'
  | 'transfer'
  | 'amend'
  | 'describe'

/**
 * One operation of the API, said once: the router, the policy, the OpenAPI document, the methods of
 * the SDK and the interfaces of engine and access are made from it. Its handler is written by hand.
 */
export interface OperationSpec {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Such as `/v1/shows/{show}/holds`; every name in braces is a key of `PATH_PARAMETERS`. */
  readonly path: `/v1/${string}`
  readonly tag: Tag
  readonly summary: string
  /** Markdown: what the summary leaves open. */
  readonly description?: string
  /**
   * Layer that carries it out. The methods of engine and access have the operation's name; the
   * server puts its own together from theirs, and the feed keeps connections open.
   */
  readonly by: 'engine' | 'access' | 'server' | 'feed'
  readonly roles: RoleRow
  /** True when a key that is for some shows may read it of all of them. */
  readonly ofAnyShow?: boolean
  /** True when the engine needs to know who reads, because what is read has an owner. */
  readonly isOwned?: boolean
  /** Kind of command that the kernel is sent, where the operation is one command to a show. */
  readonly command?: CommandKind
  /** False when a write honours no `Idempotency-Key`. True unless told otherwise. */
  readonly isKeyed?: boolean
  /**
   * True when the session cookie counts for nothing: for who signs in, or whose token has ended.
   */
  readonly ignoresCookie?: boolean
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** True when the body is a file, which is neither read nor checked where requests are served. */
  readonly isFile?: boolean
  /** True when a missing body means `{}`. */
  readonly bodyOptional?: boolean
  /** By status. The first is what a method of engine, access or SDK gives. */
  readonly answers: Readonly<Record<number, z.ZodType>>
  /** True when it has an ETag, and answers 304 to a matching `If-None-Match`. */
  readonly isTagged?: boolean
  /** True when its handler may answer text, or its bytes, that are written already. */
  readonly isText?: boolean
  /** True when its query asks for a file instead of the answer; its handler sends that. */
  readonly isExport?: boolean
  /** True when it is a list whose items are also to be had as a CSV file: all of them, streamed. */
  readonly hasCsv?: boolean
  /** False when its 201 does not say where what was made is. True unless told otherwise. */
  readonly isLocated?: boolean
  /**
   * Units that a request takes of its caller's budget: one for every 5 ms of the processor that it
   * can take at worst, as `npm run costs` measures. One unless told otherwise.
   */
  readonly units?: number
  /**
   * True when `units` is the price of a small request, and more is asked of a large body and of
   * hundreds of seats.
   */
  readonly isPricedBySize?: boolean
  /** Units that it takes where the query asks for a file, which may have to be made first. */
  readonly exportUnits?: number
  /**
   * True when all who read the same show share one query, so that nobody needs a share of reads.
   */
  readonly sharesReads?: boolean
  /** Its own refusals. Those of every operation, and of every write, are added. */
  readonly refusals: readonly ErrorCode[]
  /** Bodies, by what they show. */
  readonly examples?: Readonly<Record<string, unknown>>
}

/** Operations by their names: `operationId`, method of the engine, method of the SDK. */
export type OperationTable = Readonly<Record<string, OperationSpec>>
