import { useEffect, useState } from 'preact/hooks'
import type { User, UserRole } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/use-pages.ts'
import { PEOPLE_ROLES, roleName } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'
import { ListEnd } from '../parts/list-end.tsx'
import { AddPerson } from './add-person.tsx'
import { ChangePerson } from './change-person.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { PersonRow } from './person-row.tsx'

const PLURALS: Readonly<Record<UserRole, string>> = {
  user: 'Users',
  box_office: 'Box office',
  operator: 'Operators',
}
const TYPED_MS = 300

/** Dialog that is open over the list. */
type Open =
  | { readonly what: 'add' }
  | { readonly what: 'change' | 'link'; readonly user: User }
  | null

/** Everybody who can sign in: found by e-mail, added, given another role, disabled. */
export function PeopleTab() {
  const [role, setRole] = useState<UserRole | null>(null)
  const [email, setEmail] = useState('')
  const [open, setOpen] = useState<Open>(null)
  const asked = useSettled(email.trim())
  const list = usePages<User>(
    (cursor, options) => {
      const query = {
        ...(cursor !== undefined && { cursor }),
        ...(role !== null && { role }),
        ...(asked !== '' && { email: asked }),
      }
      return client.value.listUsers(query, options)
    },
    [client.value, role, asked],
  )
  const close = () => setOpen(null)
  return (
    <>
      <div class="page-head">
        <PeopleFilter role={role} onRole={setRole} email={email} onEmail={setEmail} />
        <button type="button" class="button is-primary" onClick={() => setOpen({ what: 'add' })}>
          <Icon name="plus" size={18} /> Add a person
        </button>
      </div>
      {list.items?.length === 0 && <NoPeople email={asked} role={role} />}
      {list.items !== null && list.items.length > 0 && (
        <ul class="card rows">
          {list.items.map((user) => (
            <PersonRow
              key={user.id}
              user={user}
              onChange={() => setOpen({ what: 'change', user })}
              onLink={() => setOpen({ what: 'link', user })}
            />
          ))}
        </ul>
      )}
      <ListEnd list={list} />
      {open?.what === 'add' && (
        <AddPerson
          onClose={close}
          onAdded={(user) => {
            list.put(user)
            setOpen({ what: 'link', user })
          }}
        />
      )}
      {open?.what === 'change' && (
        <ChangePerson user={open.user} onClose={close} onChanged={list.put} />
      )}
      {open?.what === 'link' && <LinkDialog user={open.user} onClose={close} />}
    </>
  )
}

/** Gives what was typed, once nobody types any more. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => settle(text), TYPED_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

function PeopleFilter(props: {
  role: UserRole | null
  onRole: (role: UserRole | null) => void
  email: string
  onEmail: (email: string) => void
}) {
  return (
    <div class="shows-tools">
      <label class="search">
        <Icon name="search" size={18} />
        <span class="unseen">Find by e-mail</span>
        <input
          type="search"
          placeholder="Full e-mail address"
          value={props.email}
          onInput={(event) => props.onEmail(event.currentTarget.value)}
        />
      </label>
      <fieldset class="switch" aria-label="Which people">
        {([null, ...PEOPLE_ROLES] as const).map((role) => (
          <button
            key={role}
            type="button"
            aria-pressed={props.role === role}
            onClick={() => props.onRole(role)}
          >
            {role === null ? 'All' : PLURALS[role]}
          </button>
        ))}
      </fieldset>
    </div>
  )
}

function NoPeople({ email, role }: { email: string; role: UserRole | null }) {
  const isSearch = email !== ''
  return (
    <div class="empty">
      <Icon name={isSearch ? 'search' : 'people'} size={32} />
      <h2>{isSearch ? `Nobody has the e-mail “${email}”` : 'Nobody yet'}</h2>
      <p class="quiet">
        {isSearch
          ? 'Enter the whole address. Capital letters make no difference.'
          : role === null
            ? 'Add the people who sell at your box office, and those who run it.'
            : `Nobody has the role ${roleName(role).toLowerCase()}.`}
      </p>
    </div>
  )
}
