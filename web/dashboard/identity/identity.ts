import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Me, Role, Scope, User, UserRole } from '../../../src/protocol/index.ts'

/** Rights that somebody has here; `administer` is people, API keys and the audit log. */
export type Right = Scope | 'administer'

/** The roles that people have, the least first. The schema would bring its validator along. */
export const PEOPLE_ROLES = ['user', 'box_office', 'operator'] as const satisfies UserRole[]

const COUNTER: readonly Right[] = ['sell', 'amend', 'block', 'journal']
const RIGHTS: Readonly<Record<Exclude<Role, 'partner'>, readonly Right[]>> = {
  anonymous: [],
  user: [],
  box_office: COUNTER,
  operator: [...COUNTER, 'catalogue', 'administer'],
}

const known = signal<Me | null>(null)
const settled = signal(false)
const ended = signal(false)

/** Person or key that is signed in; null for somebody who only looks. */
export const me: ReadonlySignal<Me | null> = known

/** True when it is known who is here. Until then nothing is drawn that would have to change. */
export const isSettled: ReadonlySignal<boolean> = settled

/** The session has ended, or the key is refused, while somebody was at work. */
export const isEnded: ReadonlySignal<boolean> = ended

/** `anonymous` where nobody is signed in. */
export const role: ReadonlySignal<Role> = computed(() => known.value?.role ?? 'anonymous')

const rights = computed<ReadonlySet<Right>>(() => {
  const { key } = known.value ?? {}
  return new Set(role.value === 'partner' ? key?.scopes : RIGHTS[role.value])
})

/** Tells whether the person may do this. The server decides: this is for what is offered. */
export function may(right: Right): boolean {
  return rights.value.has(right)
}

/** Name that the journal has for the person. Stays after signing in again, so that work goes on. */
export const actor: ReadonlySignal<string> = computed(() => known.value?.actor ?? 'anonymous')

/** Somebody is here now; null for nobody in particular. */
export function setMe(found: Me | null): void {
  batch(() => {
    known.value = found
    settled.value = true
    ended.value = false
  })
}

/** The person has changed what is known of them. */
export function setUser(user: User): void {
  const { value } = known
  if (value !== null) known.value = { ...value, user }
}

/** The server knows the session or the key no more. Who was here stays, to be asked again. */
export function noteEnd(): void {
  if (known.peek() !== null) ended.value = true
}

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  anonymous: 'Not signed in',
  user: 'User',
  partner: 'Partner',
  box_office: 'Box office',
  operator: 'Operator',
}

/** `box_office` → `Box office` */
export function roleName(of: Role): string {
  return ROLE_NAMES[of]
}

/** Names whoever is signed in. */
export function nameOfMe({ user, key, role }: Me): string {
  return user?.name ?? key?.name ?? roleName(role)
}
