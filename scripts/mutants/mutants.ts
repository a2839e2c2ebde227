import { ACCESS } from './access.ts'
import { equivalent, type Mutant, mutant } from './mutant.ts'
import { BOOKINGS, HOLDS } from './operations.ts'

const CLAIMS: readonly Mutant[] = [
  mutant(
    '20_claims',
    'a claim is taken whoever has it',
    'where claim.until <= p_now\n      or (claim.hold_id = p_from and claim.booked_at is null)',
    'where true',
  ),
  mutant(
    '20_claims',
    'a hold is still there when its time is over',
    'where claim.until <= p_now\n      or',
    'where claim.until < p_now\n      or',
  ),
  mutant(
    '20_claims',
    'nobody counts what was taken',
    'if v_count <> cardinality(p_seats) then',
    'if false then',
  ),
  mutant(
    '20_claims',
    'seats are freed whoever has them',
    '      and claim.seat_no = any (p_seats)\n      and claim.hold_id = p_hold_id\n',
    '      and claim.seat_no = any (p_seats)\n',
  ),
  mutant(
    '20_claims',
    'a seat is in the way one moment longer',
    '      and taken.until > p_now\n',
    '      and taken.until >= p_now\n',
  ),
  mutant(
    '20_claims',
    'seats that do not exist are free',
    'or wanted.seat_no not between 0 and p_seat_count - 1',
    'or false',
  ),
  mutant(
    '20_claims',
    'one seat too many exists',
    'or wanted.seat_no not between 0 and p_seat_count - 1',
    'or wanted.seat_no not between 0 and p_seat_count',
  ),
  mutant(
    '20_claims',
    'a block is in its own way',
    'and taken.hold_id is distinct from p_from_block',
    'and true',
  ),
  mutant(
    '20_claims',
    'everything else is in the way of a block',
    'and taken.hold_id is distinct from p_from_block',
    'and taken.hold_id = p_from_block',
  ),
]

const TIME: readonly Mutant[] = [
  mutant('00_clock', 'the time of the transaction', 'clock_timestamp())\n', 'now())\n'),
  mutant(
    '00_clock',
    'time runs back',
    'return greatest(rowlock.clock(), v_last);',
    'return rowlock.clock();',
  ),
  mutant(
    'hold_refusal',
    'a hold lives one moment longer',
    'when (p_hold).until <= p_now',
    'when (p_hold).until < p_now',
  ),
  mutant('hold_refusal', 'a hold never ends', 'when (p_hold).until <= p_now', 'when false'),
  mutant(
    'hold_refusal',
    'a booking is a hold',
    'when (p_hold).booked_at is not null',
    'when false',
  ),
  mutant(
    'hold_refusal',
    'a released hold has only run out',
    "when (p_hold).kind = 'release' and (p_hold).seats = '{}'",
    'when false',
  ),
  mutant(
    '22_terms',
    'sales end one moment later',
    '(p_policy).sales_until <= p_now',
    '(p_policy).sales_until < p_now',
  ),
  mutant('22_terms', 'sales never begin too early', '(p_policy).sales_from > p_now', 'false'),
]

const APPLY: readonly Mutant[] = [
  mutant(
    'apply',
    'no lock',
    '  order by policy.show_id\n  for update;',
    '  order by policy.show_id;',
  ),
  mutant(
    'apply',
    'locks in any order',
    '  order by policy.show_id\n',
    '  order by -policy.show_id * (v_open[1].show_id - policy.show_id)\n',
  ),
  mutant(
    'apply',
    'what was glanced at is done again',
    '    v_open := rowlock.unanswered(v_open, v_answers);\n    v_shows',
    '    v_shows',
  ),
  mutant(
    'apply',
    'what was done as a set is done again',
    '    v_open := rowlock.unanswered(v_open, v_done);\n',
    '',
  ),
  mutant(
    'apply_one',
    'the body of a repeated request is not compared',
    'if v_entry.fingerprint is distinct from p_command.fingerprint then',
    'if false then',
  ),
  mutant(
    'apply_one',
    'the body of a refused request is not compared',
    'if v_refusal.fingerprint is distinct from p_command.fingerprint then',
    'if false then',
  ),
  mutant(
    'apply_one',
    'a repeated request is not recognised',
    "rowlock.outcome_of(p_command.n, 'done', true, v_entry)",
    'null',
  ),
  mutant(
    'apply_one',
    'refusals are not remembered',
    'if p_command.remember and v_outcome.code',
    'if false and v_outcome.code',
  ),
  mutant(
    'apply_one',
    'every refusal is remembered',
    'if p_command.remember and v_outcome.code',
    'if v_outcome.code',
  ),
  mutant('21_journal', 'versions have gaps', 'p_entry.version := 1 +', 'p_entry.version := 2 +'),
  mutant(
    '21_journal',
    'an entry forgets its request',
    'p_entry.request_id := p_command.request_id;',
    'p_entry.request_id := null;',
  ),
]

const SETS: readonly Mutant[] = [
  mutant('apply', 'two commands on one hold', 'and counted.on_hold = 1', 'and true'),
  mutant('apply', 'the same request twice', 'where counted.on_request = 1', 'where true'),
  mutant('apply_known', 'a hold that has run out', 'and hold.until > p_now', 'and true'),
  mutant('apply_known', 'some seats are all', 'and command.seats is null', 'and true'),
  mutant(
    'apply_known',
    'a cancelled show sells on',
    'or (policy.cancelled_at is null and',
    'or (true and',
  ),
  mutant(
    'apply_known',
    'a booking is confirmed again',
    "and hold.kind in ('hold', 'extend', 'release')",
    'and true',
  ),
  mutant(
    'apply_new',
    'any seat is every seat',
    'having max(turns.turn) = 1',
    'having min(turns.turn) = 1',
  ),
  mutant('apply_new', 'the glance takes seats', '    where p_take\n', '    where true\n'),
  mutant('apply_new', 'a cancelled show sells on', 'and policy.cancelled_at is null', 'and true'),
  mutant(
    'apply_new',
    'a holder has no limit',
    'and (p_chosen or command.holder is null or policy.seats_per_holder_max is null)',
    'and true',
  ),
  mutant(
    'apply_new',
    'a refused booking is forgotten',
    "and (p_chosen or usual.kind = 'hold')",
    'and true',
  ),
  mutant('apply_new', 'blocks are not looked at', 'and command.from_block is null', 'and true'),
  mutant(
    'apply_new',
    'a claim is in the way one moment longer',
    'and claim.until > p_now\n              offset 0\n            )\n          ),\n          true',
    'and claim.until >= p_now\n              offset 0\n            )\n          ),\n          true',
  ),
  mutant(
    '20_claims',
    'nobody counts what was taken by many',
    'if v_seat_count <> v_claim_count then',
    'if false then',
  ),
  mutant(
    'apply_known',
    'nobody counts what was taken',
    'if v_seat_count <> v_claim_count then',
    'if false then',
  ),
  mutant(
    '20_claims',
    'claims are taken by many whoever has them',
    'where claim.until <= p_now\n    returning',
    'where true\n    returning',
  ),
]

const REST: readonly Mutant[] = [
  mutant(
    'prune_show',
    'it goes by the clock',
    'claim.until <= greatest(v_last, v_now - p_keep)',
    'claim.until <= v_now',
  ),
  mutant(
    'prune_show',
    'it takes what still counts',
    'claim.until <= greatest(v_last, v_now - p_keep)',
    'claim.booked_at is null',
  ),
  mutant(
    'read_show',
    'one change is left out',
    'and entry.version > p_since',
    'and entry.version > p_since + 1',
  ),
  mutant(
    'read_show',
    'what is left of an expired hold is held',
    "case when entry.until > entry.at then entry.seats else '{}' end",
    'entry.seats',
  ),
  equivalent(
    'a picture lets holds that have ended go by itself',
    mutant(
      'read_show',
      'claims that have ended',
      'and claim.until > v_now;',
      'and claim.until >= v_now;',
    ),
  ),
  equivalent(
    'claims_bookings_stay stands behind it, and nothing asks for a booked seat of its own',
    mutant(
      '20_claims',
      'a booked seat may be taken by its owner',
      'or (claim.hold_id = p_from and claim.booked_at is null)',
      'or claim.hold_id = p_from',
    ),
  ),
]

/** Every mutant; those that are found quickest do not come first, but those that matter most. */
export const MUTANTS: readonly Mutant[] = [
  ...CLAIMS,
  ...TIME,
  ...APPLY,
  ...SETS,
  ...HOLDS,
  ...BOOKINGS,
  ...ACCESS,
  ...REST,
]
