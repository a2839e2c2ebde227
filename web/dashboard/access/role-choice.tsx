import type { UserRole } from '../../../src/protocol/index.ts'
import { PEOPLE_ROLES, roleName } from '../identity/identity.ts'
import { Choices } from '../parts/choices.tsx'

const MEANINGS: Readonly<Record<UserRole, string>> = {
  user: 'Can hold and book for themselves, and sees nothing else.',
  box_office: 'Can sell, swap, cancel and block, for every show.',
  operator: 'Can do all of that, and manage shows, terms, people and keys.',
}

/** One of the three roles, each with what it may do. */
export function RoleChoice(props: { value: UserRole; onChange: (role: UserRole) => void }) {
  const choices = PEOPLE_ROLES.map((role) => ({
    value: role,
    name: roleName(role),
    hint: MEANINGS[role],
  }))
  return <Choices label="Role" choices={choices} value={props.value} onChange={props.onChange} />
}
