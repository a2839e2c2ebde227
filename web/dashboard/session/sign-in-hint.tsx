import type { ComponentChildren } from 'preact'
import { role } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'
import { askToSignIn } from './sign-in.ts'

/** A gentle word about what could be done, and the way to it; or that it is for others. */
export function SignInHint({ children }: { children: ComponentChildren }) {
  const isNobody = role.value === 'anonymous'
  return (
    <div class="note is-hint">
      <Icon name="lock" />
      <div class="note-text">{isNobody ? <p>{children}</p> : <p>{NOT_FOR[role.value]}</p>}</div>
      {isNobody && (
        <button type="button" class="button is-small" onClick={() => askToSignIn()}>
          Sign in
        </button>
      )}
    </div>
  )
}

/** Operators may everything, and never see this. */
const NOT_FOR: Readonly<Record<string, string>> = {
  user: 'This desk is for the box office. Your own seats are where you bought them.',
  box_office: 'This page is for operators. Ask one of them for access.',
  partner: 'This key does not have the scope for this.',
}
