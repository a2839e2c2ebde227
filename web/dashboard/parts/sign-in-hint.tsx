import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { SignInDialog } from '../session/sign-in-dialog.tsx'
import { Icon } from './icon.tsx'

/** A gentle word about what could be done with the key, and the way to it. */
export function SignInHint({ children }: { children: ComponentChildren }) {
  const [isOpen, open] = useState(false)
  return (
    <div class="note is-hint">
      <Icon name="lock" />
      <div class="note-text">
        <p>{children}</p>
      </div>
      <button type="button" class="button is-small" onClick={() => open(true)}>
        Sign in
      </button>
      {isOpen && <SignInDialog onClose={() => open(false)} />}
    </div>
  )
}
