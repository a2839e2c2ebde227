import { type Mutant, mutant, REFUSES_SEATS } from './mutant.ts'

/** Mistakes in what is done to holds. */
export const HOLDS: readonly Mutant[] = [
  mutant(
    'confirm_hold',
    'a cancelled show sells on',
    'if p_policy.cancelled_at is not null and',
    'if false and',
  ),
  mutant(
    'confirm_hold',
    'an expired hold is confirmed without asking',
    "if v_code = 'hold_expired' and p_command.reacquire then",
    "if v_code = 'hold_expired' then",
  ),
  mutant(
    'confirm_hold',
    'reacquiring forgets the limit of the holder',
    'p_hold.holder, cardinality(p_hold.seats), p_now',
    'null, cardinality(p_hold.seats), p_now',
  ),
  mutant(
    'confirm_hold',
    'one seat of the hold is forgotten',
    'p_command.show_id, v_hold.seats, v_hold.hold_id',
    'p_command.show_id, v_hold.seats[2:], v_hold.hold_id',
  ),
  mutant(
    'confirm_hold',
    'a confirmed hold is refused',
    "return rowlock.outcome_of(p_command.n, 'already', false, v_hold);",
    "return rowlock.refuse(p_command.n, 'hold_confirmed');",
  ),
  mutant(
    'extend_hold',
    'a hold lives for ever',
    'if v_until > v_last or (v_until <= v_hold.until and v_last <= v_hold.until) then',
    'if false then',
  ),
  mutant('extend_hold', 'a hold is shortened', 'if v_until <= v_hold.until then', 'if false then'),
  mutant(
    'release_hold',
    'it gives back all seats',
    'v_seats := coalesce(p_command.seats, v_hold.seats);',
    'v_seats := v_hold.seats;',
  ),
  mutant(
    'release_hold',
    'a booking is released',
    'if v_hold.booked_at is not null then',
    'if false then',
  ),
  mutant(
    'release_hold',
    'it looks at the time',
    'if not v_hold.seats && v_seats then',
    'if not v_hold.seats && v_seats or v_hold.until <= p_now then',
  ),
  mutant(
    'release_hold',
    'a released hold goes on',
    "  if v_hold.seats = '{}' then\n    v_hold.until := p_now;\n  end if;\n",
    '',
  ),
  mutant(
    'hold_seats',
    'the limit of the holder comes before the seats',
    `if v_obstacles is not null then\n    ${REFUSES_SEATS}`,
    `if v_obstacles is not null and p_command.holder is null then\n    ${REFUSES_SEATS}`,
  ),
]

/** Mistakes in what is done to bookings. */
export const BOOKINGS: readonly Mutant[] = [
  mutant(
    '22_terms',
    'one seat less for a holder',
    'if v_has + p_more <= p_policy.seats_per_holder_max then',
    'if v_has + p_more < p_policy.seats_per_holder_max then',
  ),
  mutant(
    '22_terms',
    'what a holder had counts for ever',
    '    and newest.until > p_now\n',
    '    and true\n',
  ),
  mutant(
    'cancel_booking',
    'it cancels all seats',
    'coalesce(p_command.seats, v_booking.seats), v_booking.hold_id',
    'v_booking.seats, v_booking.hold_id',
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
    'if cardinality(v_seats) is distinct from cardinality(p_command.to_seats) then',
    'if false then',
  ),
  mutant(
    'swap_seats',
    'the old seats stay',
    'rowlock.without(v_booking.seats, v_seats) || p_command.to_seats',
    'v_booking.seats || p_command.to_seats',
  ),
  mutant(
    'swap_seats',
    'the new seats are not looked at',
    `if v_obstacles is not null then\n    ${REFUSES_SEATS}`,
    `if false then\n    ${REFUSES_SEATS}`,
  ),
  mutant(
    'book_seats',
    'the block keeps what was booked out of it',
    'perform rowlock.unblock_for_booking(p_command, v_block, p_now);',
    'null;',
  ),
  mutant(
    'book_seats',
    'a hold is as good as a block',
    "if v_block.kind is null or v_block.kind not in ('block', 'unblock') then",
    'if v_block.kind is null then',
  ),
  mutant(
    'unblock_seats',
    'a hold is as good as a block',
    "if v_block.kind is null or v_block.kind not in ('block', 'unblock') then",
    'if v_block.kind is null then',
  ),
]
