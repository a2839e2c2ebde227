import { type Mutant, mutant } from './mutant.ts'

/** Mistakes in what is done to holds: transitions from the wrong entry, refusals that are not. */
export const HOLDS: readonly Mutant[] = [
  mutant(
    'confirm_hold',
    'a cancelled show sells on',
    "when p_policy.cancelled_at is not null then 'show_cancelled'",
    "when false then 'show_cancelled'",
  ),
  mutant(
    'confirm_hold',
    'an expired hold is confirmed without asking',
    "v_state = 'hold_expired' and p_command.reacquire is true;",
    "v_state = 'hold_expired';",
  ),
  mutant(
    'confirm_hold',
    'reacquiring forgets the limit of the holder',
    'if v_is_again and (p_at.holder).has',
    'if false and (p_at.holder).has',
  ),
  mutant(
    'confirm_hold',
    'taken seats are confirmed',
    'if p_at.in_the_way is not null then',
    'if false then',
  ),
  mutant(
    'confirm_hold',
    'one seat of the hold is forgotten',
    "rowlock.noted(p_command, p_chain), p_chain.seats, 'infinity'",
    "rowlock.noted(p_command, p_chain), p_chain.seats[2:], 'infinity'",
  ),
  mutant(
    'confirm_hold',
    'from the first entry instead of the last',
    "rowlock.noted(p_command, p_chain), p_chain.seats, 'infinity'",
    "rowlock.noted(p_command, p_chain), p_chain.seats_ever, 'infinity'",
  ),
  mutant(
    'confirm_hold',
    'a confirmed hold is refused',
    'return rowlock.unchanged(p_chain);',
    "return rowlock.refused('hold_confirmed');",
  ),
  mutant(
    'confirm_hold',
    'a block is confirmed',
    'if rowlock.is_block(p_chain) is not false then',
    'if p_chain.kind is null then',
  ),
  mutant(
    'extend_hold',
    'a hold lives for ever',
    'if v_until > v_last or (v_until <= p_chain.until and v_last <= p_chain.until) then',
    'if false then',
  ),
  mutant(
    'extend_hold',
    'its life is counted from the last entry',
    'p_chain.begun_at + make_interval',
    'p_chain.at + make_interval',
  ),
  mutant('extend_hold', 'a hold is shortened', 'if v_until <= p_chain.until then', 'if false then'),
  mutant(
    'extend_hold',
    'from the first entry instead of the last',
    'rowlock.done(p_chain, p_chain.seats,',
    'rowlock.done(p_chain, p_chain.seats_ever,',
  ),
  mutant(
    'release_hold',
    'it gives back all seats',
    'return rowlock.given_back(p_chain, v_named, p_at.now);',
    'return rowlock.given_back(p_chain, null, p_at.now);',
  ),
  mutant(
    'release_hold',
    'a booking is released',
    'if p_chain.booked_at is not null then',
    'if false then',
  ),
  mutant(
    'release_hold',
    'it looks at the time',
    'if not p_chain.seats && coalesce(v_named, p_chain.seats) then',
    'if not p_chain.seats && coalesce(v_named, p_chain.seats) or p_chain.until <= p_at.now then',
  ),
  mutant(
    'release_hold',
    'a released hold goes on',
    "return rowlock.done(p_chain, '{}', p_now, p_chain.booked_at);",
    "return rowlock.done(p_chain, '{}', p_chain.until, p_chain.booked_at);",
  ),
  mutant(
    'release_hold',
    'seats that it never had are already given back',
    'rowlock.without(v_named, p_chain.seats_ever)',
    'array[]::int[]',
  ),
  mutant(
    'hold_seats',
    'the limit of the holder comes before the seats',
    'if p_at.in_the_way is not null then',
    'if p_at.in_the_way is not null and p_command.holder is null then',
  ),
  mutant(
    'hold_seats',
    'any duration',
    'if v_code is null and rowlock.is_out_of_bounds(p_command, p_policy) then',
    'if false then',
  ),
]

/** Mistakes in what is done to bookings and blocks. */
export const BOOKINGS: readonly Mutant[] = [
  mutant(
    'hold_seats',
    'one seat less for a holder',
    'if (p_at.holder).has + v_more > p_policy.seats_per_holder_max then',
    'if (p_at.holder).has + v_more >= p_policy.seats_per_holder_max then',
  ),
  mutant(
    'book_seats',
    'a holder has no limit',
    'if (p_at.holder).has + cardinality(p_at.seats) > p_policy.seats_per_holder_max then',
    'if false then',
  ),
  mutant(
    'book_seats',
    'a hold is as good as a block',
    'rowlock.is_block(p_at.block) is not true',
    '(p_at.block).kind is null',
  ),
  mutant(
    'book_seats',
    'taken seats are booked',
    'if p_at.in_the_way is not null then',
    'if false then',
  ),
  mutant(
    'cancel_booking',
    'it cancels all seats',
    'return rowlock.given_back(p_chain, v_named, p_at.now);',
    'return rowlock.given_back(p_chain, null, p_at.now);',
  ),
  mutant(
    'cancel_booking',
    'whatever the show says',
    'if not p_policy.cancellable and p_policy.cancelled_at is null then',
    'if false then',
  ),
  mutant(
    'cancel_booking',
    'not even when the show is cancelled',
    'if not p_policy.cancellable and p_policy.cancelled_at is null then',
    'if not p_policy.cancellable then',
  ),
  mutant(
    'swap_seats',
    'more seats for less',
    'when cardinality(v_given) is distinct from cardinality(p_command.to_seats)',
    'when false',
  ),
  mutant(
    'swap_seats',
    'the old seats stay',
    'v_kept || p_command.to_seats, p_chain.until',
    'p_chain.seats || p_command.to_seats, p_chain.until',
  ),
  mutant(
    'swap_seats',
    'the new seats are not looked at',
    'if p_at.in_the_way is not null then',
    'if false then',
  ),
  mutant(
    'operate',
    'a seat on both sides of a swap is in the way',
    'p_command.to_seats, coalesce(p_command.seats, p_chain.seats)\n',
    'p_command.to_seats, array[]::int[]\n',
  ),
  mutant(
    'unblock_seats',
    'a hold is as good as a block',
    'if rowlock.is_block(p_chain) is not true then',
    'if p_chain.kind is null then',
  ),
]
