import { type Mutant, mutant } from './mutant.ts'

const REACHES =
  'select p_owner is null or p_owner = (p_command).owner or (p_command).box_office is true'

/** Mistakes in whose a hold is, who may sell, and how much one address may hold. */
export const ACCESS: readonly Mutant[] = [
  mutant('22_terms', 'strangers reach every hold', REACHES, 'select true'),
  mutant(
    '22_terms',
    'the box office reaches only what has no owner',
    REACHES,
    'select p_owner is null or p_owner = (p_command).owner',
  ),
  mutant(
    'confirm_hold',
    'everybody sells',
    "when rowlock.needs_seller(p_command, p_policy) then 'seller_required'",
    "when false then 'seller_required'",
  ),
  mutant(
    '22_terms',
    'everybody books',
    "when (p_command).kind = 'book' and rowlock.needs_seller(p_command, p_policy)",
    'when false',
  ),
  mutant(
    '22_terms',
    'a holder is the same whoever names it',
    "'holder ' || coalesce(p_owner, '') || ' ' || p_holder",
    "'holder ' || p_holder",
  ),
  mutant(
    'hold_seats',
    'one seat less for an address',
    'if (p_at.caller).has + v_more > p_command.held_seats_max then',
    'if (p_at.caller).has + v_more >= p_command.held_seats_max then',
  ),
  mutant(
    'hold_seats',
    'an address has no limit',
    'if (p_at.caller).has + v_more > p_command.held_seats_max then',
    'if false then',
  ),
  mutant(
    'hold_seats',
    'an address begins as many holds as it likes',
    'if (p_at.caller).begun_count >= 4 * p_command.held_seats_max then',
    'if false then',
  ),
]
