import { API_KEY_OPERATIONS } from './api-keys.ts'
import { AUDIT_OPERATIONS } from './audit.ts'
import { BLOCK_OPERATIONS } from './blocks.ts'
import { BOOKING_OPERATIONS } from './bookings.ts'
import { HOLD_OPERATIONS } from './holds.ts'
import { ME_OPERATIONS } from './me.ts'
import type { OperationSpec } from './operation.ts'
import { PLAN_OPERATIONS } from './plans.ts'
import { REPORT_OPERATIONS } from './reports.ts'
import { SEAT_OPERATIONS } from './seats.ts'
import { SECOND_FACTOR_OPERATIONS } from './second-factor.ts'
import { SESSION_OPERATIONS } from './sessions.ts'
import { SHOW_OPERATIONS } from './shows.ts'
import { SYSTEM_OPERATIONS } from './system.ts'
import { USER_OPERATIONS } from './users.ts'
import { VENUE_OPERATIONS } from './venues.ts'
import { WEBHOOK_OPERATIONS } from './webhooks.ts'

export type { CommandKind, OperationSpec, OperationTable } from './operation.ts'
export { PATH_PARAMETERS, type PathParameter } from './path-parameters.ts'
export type { RoleRow } from './roles.ts'
export { TAGS, type Tag } from './tags.ts'

/** Every operation of the API, in the order of the reference. */
export const OPERATIONS = {
  ...VENUE_OPERATIONS,
  ...PLAN_OPERATIONS,
  ...SHOW_OPERATIONS,
  ...REPORT_OPERATIONS,
  ...SEAT_OPERATIONS,
  ...HOLD_OPERATIONS,
  ...BOOKING_OPERATIONS,
  ...BLOCK_OPERATIONS,
  ...USER_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...ME_OPERATIONS,
  ...SECOND_FACTOR_OPERATIONS,
  ...API_KEY_OPERATIONS,
  ...AUDIT_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...SYSTEM_OPERATIONS,
} as const

/** The name of an operation. */
export type OperationId = keyof typeof OPERATIONS

/** An operation as the table says it, where any will do. */
export function specOf(id: OperationId): OperationSpec {
  return OPERATIONS[id]
}

/** The names of all operations. */
export const OPERATION_IDS = Object.keys(OPERATIONS) as OperationId[]

/** Tells whether an operation changes something. */
export function isWrite({ method }: OperationSpec): boolean {
  return method !== 'GET'
}

/** Tells whether an operation honours `Idempotency-Key`. */
export function isKeyed(spec: OperationSpec): boolean {
  return isWrite(spec) && spec.isKeyed !== false
}

/**
 * Tells whether each request takes a connection of the read pool, of which its caller has a share.
 */
export function isPooled({ by, command, sharesReads }: OperationSpec): boolean {
  return by !== 'feed' && command === undefined && sharesReads !== true
}
