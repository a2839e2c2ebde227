import { foundBy, type Mutant, mutant } from './mutant.ts'

/** Tests that find them: the quickest first. */
const TESTS = [
  'model/amended',
  'model/noted',
  'model/histories',
  'model/batches',
  'isolation/changes',
]

const QUICK: readonly Mutant[] = foundBy(TESTS, [
  mutant(
    'change_hold',
    'the end moves on',
    'rowlock.done(v_next, v_kept || v_added, p_chain.until, null)',
    "rowlock.done(v_next, v_kept || v_added, p_chain.until + interval '1 minute', null)",
  ),
  mutant(
    'change_hold',
    'what is kept is forgotten',
    'rowlock.done(v_next, v_kept || v_added,',
    'rowlock.done(v_next, v_added,',
  ),
  mutant(
    'change_hold',
    'what is dropped stays',
    'rowlock.done(v_next, v_kept || v_added,',
    'rowlock.done(v_next, p_chain.seats || v_added,',
  ),
  mutant(
    'change_hold',
    'a seat on both sides goes',
    '(p_chain).seats, rowlock.without((p_command).seats, (p_command).to_seats)',
    '(p_chain).seats, (p_command).seats',
  ),
  mutant(
    'change_hold',
    'taken seats are added',
    'if p_at.in_the_way is not null then',
    'if false then',
  ),
  mutant(
    'change_hold',
    'seats that it never had are dropped',
    'rowlock.without(p_command.seats, p_chain.seats_ever)',
    'array[]::int[]',
  ),
  mutant(
    'change_hold',
    'a hold without seats lives on',
    "if v_kept = '{}' and rowlock.taken_count(p_command, p_chain) = 0 then",
    'if false then',
  ),
  mutant(
    'change_hold',
    'too few seats are good enough',
    'if p_at.short is not null then',
    'if false then',
  ),
  mutant(
    'change_hold',
    'the limit of the holder counts all seats',
    'if v_more_of_holder > 0\n    and (p_at.holder).has + v_more_of_holder >',
    'if (p_at.holder).has + cardinality(v_kept || v_added) >',
  ),
  mutant(
    'change_hold',
    'the limit of the holder is forgotten',
    'if v_more_of_holder > 0\n    and (p_at.holder).has',
    'if false and (p_at.holder).has',
  ),
  mutant(
    'change_hold',
    'the budget of the address is forgotten',
    'and (p_at.caller).has + v_more > p_command.held_seats_max',
    'and false',
  ),
  mutant(
    'change_hold',
    'an unlimited hold is counted',
    'and p_command.hold_id = any ((p_at.caller).hold_ids)',
    'and true',
  ),
  mutant(
    'change_hold',
    'an entry for nothing',
    "if v_added = '{}' and v_kept = p_chain.seats and v_next is not distinct from p_chain then",
    'if false then',
  ),
  mutant(
    'change_hold',
    'what is said beside it is forgotten where no seat changes',
    'and v_kept = p_chain.seats and v_next is not distinct from p_chain then',
    'and v_kept = p_chain.seats then',
  ),
  mutant(
    'change_hold',
    'another holder has only what is added',
    'when v_next.holder is not distinct from p_chain.holder then v_more',
    'when true then v_more',
  ),
  mutant(
    '20_outcomes',
    'a holder stays',
    'coalesce(p_command.holder, p_chain.holder)',
    'coalesce(p_chain.holder, p_command.holder)',
  ),
  mutant(
    '20_outcomes',
    'a holder cannot be taken away',
    "nullif(coalesce(p_command.holder, p_chain.holder), '')",
    "coalesce(nullif(p_command.holder, ''), p_chain.holder)",
  ),
  mutant(
    '20_outcomes',
    'a reference that is taken away is an empty one',
    "nullif(coalesce(p_command.reference, p_chain.reference), '')",
    'coalesce(p_command.reference, p_chain.reference)',
  ),
  mutant(
    '25_forward',
    'what has no holder any more counts for the one before',
    'if v_former is distinct from v_holder then',
    'if v_former <> v_holder then',
  ),
  mutant(
    '20_outcomes',
    'a reference that is left out is forgotten',
    'coalesce(p_command.reference, p_chain.reference)',
    'p_command.reference',
  ),
  mutant(
    '20_outcomes',
    'the own reference of a block is forgotten',
    'coalesce(p_command.own_reference, p_chain.own_reference)',
    'p_command.own_reference',
  ),
  mutant(
    '20_outcomes',
    'notes that are left out are forgotten',
    'coalesce(p_command.metadata, p_chain.metadata)',
    'p_command.metadata',
  ),
  mutant(
    'operate',
    'the limit is that of the holder before',
    "when 'change' then rowlock.noted(p_command, p_chain)",
    "when 'none' then rowlock.noted(p_command, p_chain)",
  ),
  mutant(
    'change_booking',
    'a hold is amended',
    'if p_chain.booked_at is null then',
    'if p_chain.kind is null then',
  ),
  mutant('change_booking', 'a cancelled booking', "if p_chain.seats = '{}' then", 'if false then'),
  mutant(
    'change_booking',
    'an entry for nothing',
    'if v_next is not distinct from p_chain then',
    'if false then',
  ),
  mutant(
    'change_booking',
    'it is sold anew',
    'p_chain.until, p_chain.booked_at)',
    "p_chain.until, p_chain.booked_at + interval '1 second')",
  ),
  mutant(
    'change_block',
    'a booking is described',
    'if rowlock.is_block(p_chain) is not true then',
    'if p_chain.kind is null then',
  ),
  mutant(
    'change_block',
    'a block that was released',
    "if p_chain.seats = '{}' then",
    'if false then',
  ),
  mutant(
    'change_block',
    'an entry for nothing',
    'if v_next is not distinct from p_chain then',
    'if false then',
  ),
  mutant(
    '25_forward',
    'in a batch, what is blocked counts for whom it is blocked',
    "if v_origin = 'block' then",
    'if false then',
  ),
  mutant(
    'change_show',
    'what is blocked counts once there is a limit',
    "and chain.origin <> 'block'",
    'and true',
  ),
  mutant(
    'change_hold',
    'a cancelled show goes on',
    "when p_policy.cancelled_at is not null then 'show_cancelled'",
    "when false then 'show_cancelled'",
  ),
  mutant(
    'change_hold',
    'sales that are over go on',
    'case when v_taken > 0 then rowlock.window_refusal(p_command, p_policy, p_now) end,',
    'null,',
  ),
  mutant(
    'change_hold',
    'who only gives back needs an open sale',
    'case when v_taken > 0 then rowlock.window_refusal(p_command, p_policy, p_now) end,',
    'rowlock.window_refusal(p_command, p_policy, p_now),',
  ),
  mutant(
    'change_hold',
    'more than a hold may have',
    'and v_count > p_policy.seats_per_hold_max then',
    'and false then',
  ),
  mutant(
    'change_hold',
    'a hold that ran out is changed',
    'rowlock.hold_refusal(p_chain, p_now)',
    "nullif(rowlock.hold_refusal(p_chain, p_now), 'hold_expired')",
  ),
  mutant(
    'change_hold',
    'a block is changed',
    "when rowlock.is_block(p_chain) is not false then 'hold_unknown'",
    "when p_chain.kind is null then 'hold_unknown'",
  ),
  mutant(
    '24_look',
    'what a change brought a hold it never had',
    'coalesce(first.seats, newest.seats) || changed.seats',
    'coalesce(first.seats, newest.seats)',
  ),
  mutant(
    '24_look',
    'in a batch, nobody knows whose the hold is that was begun',
    'and rowlock.begins(begun)',
    'and false',
  ),
  mutant(
    '25_forward',
    'in a batch, what a change brought a hold it never had',
    "when (p_entry).kind = 'change' then",
    "when (p_entry).kind = 'none' then",
  ),
  mutant(
    '24_look',
    'what was handed on counts for who had it',
    'else rowlock.holder_key(newest.owner, newest.holder) = counted.who',
    'else true',
  ),
  mutant(
    '25_forward',
    'in a batch, what was handed on counts for who had it',
    'v_one.has := v_one.has - rowlock.counts(\n        v_former,',
    'v_one.has := v_one.has - 0 * rowlock.counts(\n        v_former,',
  ),
  mutant(
    '25_forward',
    'in a batch, what was handed on counts for nobody',
    "if v_who like 'caller %' or v_former = v_holder then",
    'if true then',
  ),
  mutant(
    'operate',
    'the limit is that of who hands on',
    "when 'transfer' then rowlock.handed_on(p_command, p_chain)",
    "when 'none' then rowlock.handed_on(p_command, p_chain)",
  ),
  mutant(
    'operate',
    'the budget is that of who changes',
    "case p_command.kind when 'change' then p_chain.begun_by else p_command.actor end",
    'p_command.actor',
  ),
  mutant(
    'choose_seats',
    'the best seats may be those that are named',
    "when 'change' then p_command.to_seats",
    "when 'change' then p_command.seats",
  ),
  mutant(
    'transfer_booking',
    'whoever is full gets more',
    'if not v_is_theirs\n    and (p_at.holder).has',
    'if false\n    and (p_at.holder).has',
  ),
  mutant(
    'transfer_booking',
    'seats of somebody else',
    "if v_strange <> '{}' then",
    'if false then',
  ),
  mutant(
    'transfer_booking',
    'a cancelled booking',
    "when p_chain.seats = '{}' then 'booking_cancelled'",
    "when false then 'booking_cancelled'",
  ),
  mutant(
    'transfer_booking',
    'a hold is handed on',
    "when p_chain.booked_at is null then 'booking_unknown'",
    "when p_chain.kind is null then 'booking_unknown'",
  ),
  mutant(
    'transfer_booking',
    'a cancelled show',
    "when p_policy.cancelled_at is not null then 'show_cancelled'",
    "when false then 'show_cancelled'",
  ),
  mutant(
    'transfer_booking',
    'an entry for nothing',
    'if v_is_theirs and v_next.reference is not distinct from p_chain.reference then',
    'if false then',
  ),
  mutant(
    'transfer_booking',
    'it is sold anew',
    'rowlock.done(v_next, v_seats, p_chain.until, p_chain.booked_at)',
    'rowlock.done(v_next, v_seats, p_chain.until, p_at.now)',
  ),
  mutant(
    'transfer_booking',
    'the rest is given to the new holder',
    'p_chain, rowlock.without(p_chain.seats, p_outcome.seats), p_chain.until',
    'v_next, rowlock.without(p_chain.seats, p_outcome.seats), p_chain.until',
  ),
  mutant(
    'transfer_booking',
    'the owner stays',
    '    p_chain.owner := p_command.owner;\n',
    '    p_chain.owner := v_owner;\n',
  ),
  mutant(
    'transfer_booking',
    'anybody may name an owner',
    'if p_command.box_office is true\n    and (',
    'if true\n    and (',
  ),
  mutant(
    'transfer_booking',
    'notes go to the next owner',
    'p_chain.metadata := null;',
    'p_chain.metadata := p_chain.metadata;',
  ),
  mutant(
    '25_forward',
    'notes get lost',
    '(p_chain).owner, (p_outcome).metadata',
    '(p_chain).owner, null',
  ),
  mutant(
    'confirm_hold',
    'a payment has no reference of its own',
    'rowlock.noted(p_command, p_chain), p_chain.seats',
    'p_chain, p_chain.seats',
  ),
])

/** A kernel that stops itself is an assertion where a random history runs into it. */
const RANDOM: readonly Mutant[] = foundBy(
  ['model/histories'],
  [
    mutant(
      'transfer_booking',
      'the seats that go stay as well',
      'p_chain, rowlock.without(p_chain.seats, p_outcome.seats), p_chain.until',
      'p_chain, p_chain.seats, p_chain.until',
    ),
  ],
)

/** Mistakes in changes of holds, in bookings that are handed on, and in what stands beside. */
export const AMENDED: readonly Mutant[] = [...QUICK, ...RANDOM]
