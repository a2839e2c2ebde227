import { useEffect } from 'preact/hooks'
import { isEnded } from '../identity/identity.ts'
import { pastedKey } from '../identity/pasted-key.ts'
import { Icon } from '../parts/icon.tsx'
import { askToSignIn, goOnWithout } from './sign-in.ts'

/** The session ended while somebody was at work: asks at once, and keeps what is on the page. */
export function EndedSession() {
  const isOver = isEnded.value
  useEffect(() => {
    if (isOver) askToSignIn()
  }, [isOver])
  if (!isOver) return null
  const isKey = pastedKey.value !== null
  return (
    <div class="page-note">
      <div class="note is-trouble" role="alert">
        <Icon name="key" />
        <div class="note-text">
          <p class="note-title">
            {isKey ? 'This key no longer works.' : 'Your session has ended.'}
          </p>
          <p>Sign in again to continue. Nothing on this page is lost.</p>
          <div class="note-actions">
            <button type="button" class="button is-small" onClick={() => askToSignIn()}>
              Sign in
            </button>
            <button type="button" class="button is-small is-plain" onClick={goOnWithout}>
              Go on without
            </button>
          </div>
        </div>
      </div>
    </div>
  )
}
