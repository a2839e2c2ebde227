import { useState } from 'preact/hooks'
import { isKeyRefused } from '../api/client.ts'
import { Icon } from '../parts/icon.tsx'
import { signOut } from './operator-key.ts'
import { SignInDialog } from './sign-in-dialog.tsx'

/** The key is not known (any more): nothing can be seen with it, not even what is public. */
export function RefusedKey() {
  const [isOpen, open] = useState(false)
  if (!isKeyRefused.value && !isOpen) return null
  return (
    <div class="refused-key">
      <div class="note is-trouble" role="alert">
        <Icon name="key" />
        <div class="note-text">
          <p class="note-title">The server does not know this key.</p>
          <p>It was mistyped, or the server has another one now.</p>
          <div class="note-actions">
            <button type="button" class="button is-small" onClick={() => open(true)}>
              Sign in
            </button>
            <button type="button" class="button is-small is-plain" onClick={signOut}>
              Go on without
            </button>
          </div>
        </div>
      </div>
      {isOpen && <SignInDialog onClose={() => open(false)} />}
    </div>
  )
}
