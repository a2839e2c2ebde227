import type { Role, Scope } from '../schemas/index.ts'

/** Rights of each role; for partners also the scope that their key must have. */
export type RoleRow = Readonly<
  Record<Exclude<Role, 'partner'>, boolean> & { partner: boolean | Scope }
>

/** Everybody, known or not. */
export const EVERYBODY: RoleRow = {
  anonymous: true,
  user: true,
  partner: true,
  box_office: true,
  operator: true,
}

/** Everybody who says who they are. */
export const KNOWN: RoleRow = { ...EVERYBODY, anonymous: false }

/** Everybody who can own holds and bookings. */
export const KNOWN_SELLERS: RoleRow = { ...KNOWN, partner: 'sell' }

/** Everybody who has a session. */
export const PEOPLE: RoleRow = { ...KNOWN, partner: false }

/** Only who runs the system. */
export const OPERATORS: RoleRow = {
  anonymous: false,
  user: false,
  partner: false,
  box_office: false,
  operator: true,
}

/** Shoppers by themselves, and partners for them. */
export const SHOPPERS: RoleRow = { ...EVERYBODY, partner: 'sell' }

/** The box office, operators, and partners whose key has the scope. */
export function counter(scope: Scope): RoleRow {
  return { ...OPERATORS, box_office: true, partner: scope }
}

/** Operators, and partners who keep the catalogue. */
export const CATALOGUE: RoleRow = { ...OPERATORS, partner: 'catalogue' }
