import type { Caller } from '../calls/index.ts'
import { Refusal, withoutInvisible } from '../protocol/index.ts'
import { CLEARED, type Command } from './lanes/command.ts'

/** Fields of the caller that the kernel is told. */
export type CallerFields = Pick<
  Command,
  'actor' | 'owner' | 'box_office' | 'seller' | 'held_seats_max' | 'holder'
>

const USER = /^user_[0-9a-f]{32}$/
const RESERVED = /^(user|key)_/

/**
 * The caller as the kernel sees it. What the box office holds or books for a user belongs to that
 * user; nobody else may name a user or a key as the holder, but itself: it would look like theirs
 * in the journal and count against their limit. What nobody can see makes no other holder. Refusal:
 * `invalid_request`.
 */
export function callerFields(caller: Caller, named: string | null | undefined): CallerFields {
  const holder = typeof named === 'string' ? withoutInvisible(named) : undefined
  if (holder === '') throw wrongHolder('has nothing that can be seen')
  const isForUser = caller.boxOffice && holder !== undefined && USER.test(holder)
  if (!caller.boxOffice && holder !== caller.owner && RESERVED.test(holder ?? '')) {
    throw wrongHolder('names that begin with user_ or key_ are those of accounts')
  }
  return {
    actor: caller.actor,
    owner: isForUser ? holder : caller.owner,
    box_office: caller.boxOffice,
    seller: caller.seller,
    held_seats_max: caller.heldSeatsMax,
    holder: named === null ? CLEARED : holder,
  }
}

/**
 * Refuses an account as the new holder of what is there already, unless it is the caller's own:
 * what is held or blocked for an account belongs to it from the start. Refusal: `invalid_request`.
 */
export function requireNoAccount(caller: Caller, named: string | null | undefined): void {
  if (!named || named === caller.owner || !RESERVED.test(named.trim())) return
  throw wrongHolder('is an account: what is for an account belongs to it from the start')
}

function wrongHolder(message: string): Refusal {
  return new Refusal('invalid_request', {
    detail: `holder: ${message}.`,
    mistakes: [{ path: 'holder', message }],
  })
}
