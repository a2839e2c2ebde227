import type { User } from '../../../src/protocol/index.ts'
import { me, roleName } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'
import { When } from '../parts/when.tsx'

/** One person, and what an operator can do about them. */
export function PersonRow(props: { user: User; onChange: () => void; onLink: () => void }) {
  const { user, onChange, onLink } = props
  const isMe = me.value?.user?.id === user.id
  return (
    <li class="row">
      <div class="row-what">
        <p class="row-name">
          {user.name} {isMe && <span class="quiet">(you)</span>}
        </p>
        <p class="quiet">{user.email ?? 'no e-mail yet'}</p>
      </div>
      <p class="row-marks">
        <span class={`badge ${user.role === 'operator' ? 'is-held' : ''}`}>
          {roleName(user.role)}
        </span>
        {user.disabledAt !== null && <span class="badge is-bad">Disabled</span>}
        {!user.hasPassword && <span class="badge">No password</span>}
      </p>
      <p class="row-when quiet">
        added <When at={user.createdAt} />
      </p>
      <div class="row-actions">
        <button
          type="button"
          class="button is-small"
          aria-label={`Sign-in link for ${user.name}`}
          disabled={user.disabledAt !== null}
          onClick={onLink}
        >
          <Icon name="link" size={16} /> Link
        </button>
        <button
          type="button"
          class="button is-small"
          aria-label={`Change ${user.name}`}
          onClick={onChange}
        >
          Change…
        </button>
      </div>
    </li>
  )
}
