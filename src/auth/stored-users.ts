import {
  fromPublicId,
  Refusal,
  type SecondFactorKind,
  toPublicId,
  type User,
  type UserRole,
} from '../protocol/index.ts'
import { type AccessContext, ask, toInstant } from './access-context.ts'

/** A user as the database tells of them. */
export interface UserRow {
  readonly user_id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly role: UserRole
  readonly has_password: boolean
  readonly email_verified: boolean
  readonly second_factor: boolean
  readonly second_factors: SecondFactorKind[]
  /** Instant as PostgreSQL writes it into JSON. */
  readonly created_at: string
  readonly disabled_at: string | null
}

/** A user as answered. */
export function toUser(row: UserRow): User {
  return {
    id: toPublicId('user', row.user_id),
    name: row.name,
    email: row.email,
    phone: row.phone,
    role: row.role,
    hasPassword: row.has_password,
    emailVerified: row.email_verified,
    secondFactor: row.second_factor,
    secondFactors: row.second_factors,
    createdAt: toInstant(new Date(row.created_at)),
    disabledAt: row.disabled_at === null ? null : toInstant(new Date(row.disabled_at)),
  }
}

/** The user of this UUID. Refusal: `user_unknown`. */
export async function readUser(context: AccessContext, userId: string): Promise<User> {
  const row = await ask<UserRow>(context, 'user_of', [userId])
  if (row === null) throw new Refusal('user_unknown')
  return toUser(row)
}

/** The UUID inside `user_…`. Refusal: `user_unknown`. */
export function userIdOf(user: string): string {
  const userId = fromPublicId('user', user)
  if (userId === null) throw new Refusal('user_unknown')
  return userId
}
