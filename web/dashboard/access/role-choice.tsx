import type { UserRole } from '../../../src/protocol/index.ts'
import { PEOPLE_ROLES, roleName } from '../identity/identity.ts'
import { Choices } from '../parts/choices.tsx'

const MEANINGS: Readonly<Record<UserRole, string>> = {
  user: 'Holds and books for themselves, and sees only that.',
  box_office: 'Sells, swaps, cancels and blocks at every show.',
  operator: 'All of that, and shows, terms, people, keys and the audit log.',
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
