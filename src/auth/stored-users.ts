import { fromPublicId, Refusal, toPublicId, type User, type UserRole } from '../protocol/index.ts'
import { type AccessContext, toInstant, toInstantOrNull } from './access-context.ts'

/** A user as the database tells of them. */
export interface UserRow {
  readonly user_id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly role: UserRole
  readonly has_password: boolean
  readonly created_at: Date
  readonly disabled_at: Date | null
}

/** What `toUser` needs, from the view that leaves hashes out. */
export const SELECT_USER = `
  select person.user_id, person.name, person.email, person.phone, person.role,
         person.has_password, person.created_at, person.disabled_at
  from rowlock.people as person`

/** A user as answered. */
export function toUser(row: UserRow): User {
  return {
    id: toPublicId('user', row.user_id),
    name: row.name,
    email: row.email,
    phone: row.phone,
    role: row.role,
    hasPassword: row.has_password,
    createdAt: toInstant(row.created_at),
    disabledAt: toInstantOrNull(row.disabled_at),
  }
}

/** The user of this UUID. Refusal: `user_unknown`. */
export async function readUser(context: AccessContext, userId: string): Promise<User> {
  const rows = await context.database.read<UserRow & Record<string, unknown>>(
    `${SELECT_USER} where person.user_id = $1`,
    [userId],
  )
  if (rows[0] === undefined) throw new Refusal('user_unknown')
  return toUser(rows[0])
}

/** The UUID inside `user_…`. Refusal: `user_unknown`. */
export function userIdOf(user: string): string {
  const userId = fromPublicId('user', user)
  if (userId === null) throw new Refusal('user_unknown')
  return userId
}
