import { Refusal, type Role, type Scope } from '../protocol/index.ts'
import { type OperationId, type RoleRow, specOf } from '../protocol/operations/index.ts'

/** Parts of an identity that the policy looks at. */
interface Asking {
  readonly role: Role
  readonly scopes: ReadonlySet<Scope> | null
  readonly shows: ReadonlySet<string> | null
}

/**
 * Refusal of an operation to a caller, or null when the caller may ask for it: the contract says
 * which roles may. What a caller reaches with it is narrower: holds and bookings have owners, shows
 * say who may confirm, API keys may be for some shows only, and booking out of a block is the box
 * office's (`mayBookFromBlocks`). `show` is that of the address, where there is one. Refusals:
 * `unauthenticated` for a caller who is not known, `forbidden` for one who is.
 */
export function refusalFor(
  asking: Asking,
  operation: OperationId,
  show: string | undefined,
): Refusal | null {
  const right = specOf(operation).roles[asking.role]
  if (right === false) return refusalOfRole(asking.role, operation)
  if (typeof right === 'string' && asking.scopes?.has(right) !== true) {
    return forbidden(`This API key lacks the scope ${right}.`)
  }
  const isElsewhere = asking.shows !== null && show !== undefined && !asking.shows.has(show)
  if (isElsewhere && specOf(operation).ofAnyShow !== true) return refusalOfShow()
  return null
}

/** Checks a show that is not in the address: one that is to be made. */
export function refusalForShow({ shows }: Pick<Asking, 'shows'>, show: string): Refusal | null {
  return shows === null || shows.has(show) ? null : refusalOfShow()
}

/** House seats are given out by who withheld them; a shopper may only book what is on sale. */
export function mayBookFromBlocks({ role, scopes }: Asking): boolean {
  return role === 'operator' || role === 'box_office' || scopes?.has('block') === true
}

/** A whole plan or list is work to write; what shoppers need of it they read piece by piece. */
export function refusalForExport({ role }: Pick<Asking, 'role'>): Refusal | null {
  if (role !== 'anonymous') return null
  return new Refusal('unauthenticated', {
    detail: 'Send Authorization: Bearer <token or key>. Anonymous callers get no files.',
  })
}

function refusalOfRole(role: Role, operation: OperationId): Refusal {
  const needed = describeRow(specOf(operation).roles)
  if (role !== 'anonymous') return forbidden(`This requires ${needed}.`)
  return new Refusal('unauthenticated', {
    detail: `Send Authorization: Bearer <token or key>. This requires ${needed}.`,
  })
}

function refusalOfShow(): Refusal {
  return forbidden('This API key is for other shows.')
}

function forbidden(detail: string): Refusal {
  return new Refusal('forbidden', { detail })
}

const NAMES: Readonly<Record<Role, string>> = {
  anonymous: 'anyone',
  user: 'a user',
  partner: 'an API key',
  box_office: 'the box office',
  operator: 'an operator',
}

/** Tells in words who may: `the box office, an operator or an API key with the scope block`. */
export function describeRow(row: RoleRow): string {
  const roles = (['user', 'box_office', 'operator', 'partner'] as const).filter((role) => row[role])
  const names = roles.map((role) => NAMES[role])
  if (typeof row.partner === 'string') names[names.length - 1] += ` with the scope ${row.partner}`
  const last = names.pop() ?? ''
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`
}
