import { useTitle } from '../address/title.ts'
import { me, roleName } from '../identity/identity.ts'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { FirstPassword } from './first-password.tsx'
import { PasskeysCard } from './passkeys-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { ProfileCard } from './profile-card.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'
import { SessionsCard } from './sessions-card.tsx'

/** Page of what people can change about themselves: profile, password, factors, sessions. */
export function AccountPage() {
  useTitle('Account')
  const user = me.value?.user ?? null
  const session = me.value?.session ?? null
  return (
    <section class="page is-narrow">
      <div class="page-head">
        <h1>Account</h1>
        {user !== null && <span class="badge">{roleName(user.role)}</span>}
      </div>
      {me.value === null && <SignInHint>Sign in to see your account.</SignInHint>}
      {me.value !== null && user === null && (
        <p class="note is-hint">
          You’re using a key, which has no account. Sign in as a person to see yours.
        </p>
      )}
      {user !== null && (
        <div class="steps">
          {!user.hasPassword && <FirstPassword user={user} />}
          <ProfileCard key={`${user.email}`} user={user} />
          {user.hasPassword && <PasswordCard user={user} />}
          {user.hasPassword && <PasskeysCard user={user} />}
          {user.hasPassword && <SecondFactorCard user={user} />}
          {session !== null && <SessionsCard session={session} />}
        </div>
      )}
    </section>
  )
}
