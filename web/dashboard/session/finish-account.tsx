import { signal } from '@preact/signals'
import { hrefOf } from '../address/routes.ts'
import { me } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'

const isLater = signal(false)

/** Offers, once, a password or passkey to a user who came by a link and has no other way in yet. */
export function FinishAccount() {
  const user = me.value?.user ?? null
  if (user === null || user.hasPassword || isLater.value) return null
  return (
    <div class="page-note">
      <div class="note is-hint">
        <Icon name="person" />
        <div class="note-text">
          <p class="note-title">Your sign-in link works only once.</p>
          <p>Set an e-mail address and a password, so that you can sign in without one.</p>
        </div>
        <a class="button is-small" href={hrefOf({ page: 'account' })}>
          Set e-mail and password
        </a>
        <button
          type="button"
          class="button is-small is-plain"
          onClick={() => {
            isLater.value = true
          }}
        >
          Later
        </button>
      </div>
    </div>
  )
}
