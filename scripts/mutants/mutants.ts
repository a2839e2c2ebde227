import { ACCESS } from './access.ts'
import { AMENDED } from './amended.ts'
import { AROUND } from './around.ts'
import { AROUND_SHOWS } from './checks.ts'
import { CHOSEN } from './chosen.ts'
import { DECIDE } from './decide.ts'
import { EXPIRIES } from './expiries.ts'
import { equivalent, type Mutant, mutant } from './mutant.ts'
import { BOOKINGS, HOLDS } from './operations.ts'
import { PASSKEYS } from './passkeys.ts'
import { PEOPLE } from './people.ts'
import { RETIRED } from './retired.ts'
import { SESSIONS } from './sessions.ts'
import { USERS } from './users.ts'
import { VIEWS } from './views.ts'
import { WEBHOOKS } from './webhooks.ts'

const CLAIMS: readonly Mutant[] = [
  mutant(
    'write',
    'a claim is taken whoever has it',
    'where claim.until <= p_times[array_position(p_show_ids, claim.show_id)]',
    'where true',
  ),
  mutant(
    'write',
    'a hold is still there when its time is over',
    'where claim.until <= p_times[',
    'where claim.until < p_times[',
  ),
  mutant(
    'write',
    'nobody counts what was written',
    'if p_wanted <> p_written then',
    'if false then',
  ),
  mutant(
    'write',
    'seats are given back whoever has them',
    '      and claim.hold_id = gone.hold_id\n',
    '',
  ),
  mutant(
    'write',
    'seats are kept whoever has them',
    '\n      and claim.hold_id = wanted.hold_id;',
    ';',
  ),
  mutant(
    'write',
    'no seat is given back',
    '    perform rowlock.give_back(p_changes);\n',
    '    null;\n',
  ),
  mutant('write', 'no seat is kept', '  if v_kept is not null then\n', '  if false then\n'),
  mutant(
    '21_seats',
    'a seat is in the way one moment longer',
    'if v_place.until > p_now and',
    'if v_place.until >= p_now and',
  ),
  mutant(
    '21_seats',
    'seats that do not exist are free',
    'if v_seat_no not between 0 and p_seat_count - 1 then',
    'if false then',
  ),
  mutant(
    '21_seats',
    'one seat too many exists',
    'if v_seat_no not between 0 and p_seat_count - 1 then',
    'if v_seat_no not between 0 and p_seat_count then',
  ),
  mutant(
    '21_seats',
    'a block is in its own way',
    'and v_place.hold_id is distinct from p_own then',
    'then',
  ),
  mutant(
    '21_seats',
    'everything else is in the way of a block',
    'and v_place.hold_id is distinct from p_own then',
    'and v_place.hold_id = p_own then',
  ),
]

const TIME: readonly Mutant[] = [
  mutant('00_clock', 'the time of the transaction', 'clock_timestamp())\n', 'now())\n'),
  mutant('24_look', 'time runs back', 'greatest(p_clock, newest.at)', 'p_clock'),
  mutant(
    '22_terms',
    'a hold lives one moment longer',
    'when (p_chain).until <= p_now',
    'when (p_chain).until < p_now',
  ),
  mutant('22_terms', 'a hold never ends', 'when (p_chain).until <= p_now', 'when false'),
  mutant(
    '22_terms',
    'a released hold has only run out',
    "when (p_chain).kind = 'release' and (p_chain).seats = '{}'",
    'when false',
  ),
  mutant(
    '22_terms',
    'sales end one moment later',
    '(p_policy).sales_until <= p_now',
    '(p_policy).sales_until < p_now',
  ),
  mutant('22_terms', 'sales never begin too early', '(p_policy).sales_from > p_now', 'false'),
  mutant(
    '22_terms',
    'the box office is bound by the window',
    'when (p_command).box_office is true then null',
    'when false then null',
  ),
]

const APPLY: readonly Mutant[] = [
  mutant(
    'apply',
    'no lock',
    '      order by policy.show_id\n      for update\n',
    '      order by policy.show_id\n',
  ),
  {
    ...mutant(
      'apply',
      'locks in any order',
      '      order by policy.show_id\n      for update\n',
      '      order by array_position(p_shows, policy.show_id)\n      for update\n',
    ),
    tests: ['isolation/shows'],
  },
  mutant(
    'apply',
    'a locked show stops its neighbours',
    '    for update skip locked\n',
    '    for update\n',
  ),
  mutant(
    'apply',
    'two commands may have one number',
    'if not rowlock.are_distinct(v_numbers) then',
    'if false then',
  ),
  mutant('apply', 'one command may have no number', 'else p_numbers[1] is not null', 'else true'),
  mutant('26_meet', 'nobody is passed over', "then 'not_now'", "then 'show_unknown'"),
  mutant(
    'apply',
    'what was glanced at is done again',
    '      where command.n <> all (array(select outcome.n from unnest(v_outcomes) as outcome))\n',
    '',
  ),
  equivalent(
    'any refusal is that of one moment, and reads what was committed by then',
    mutant(
      'apply',
      'a glance answers what only the lock decides',
      "outcome.code = 'seats_unavailable'",
      "outcome.code <> 'done'",
    ),
  ),
  mutant(
    'apply',
    'seats of a hold that is taken again are not looked at',
    'or (p_command).reacquire then 1 + 2',
    'then 1 + 2',
  ),
  mutant(
    'apply',
    'a limit of holders is not looked at where a hold is taken again',
    "or (p_command).reacquire or (p_command).kind = 'change'\n",
    "or (p_command).kind = 'change'\n",
  ),
  mutant(
    'apply',
    'a limit of holders is not looked at where a hold changes',
    "or (p_command).reacquire or (p_command).kind = 'change'\n",
    'or (p_command).reacquire\n',
  ),
  mutant('apply', 'what a holder has is not looked at', '        then 4\n', '        then 0\n'),
  mutant('apply', 'what a caller has is not looked at', 'then 8 else 0 end', 'then 0 else 0 end'),
  mutant('apply', 'blocks are not looked at', 'then 16 else 0 end', 'then 0 else 0 end'),
  mutant(
    '24_look',
    'no show limits its holders',
    'bool_or(policy.seats_per_holder_max is not null)',
    'false',
  ),
]

const REST: readonly Mutant[] = [
  {
    ...mutant(
      'history_violations',
      'what is given back the moment it ends counts on',
      'step.at_after < step.until',
      'step.at_after <= step.until',
    ),
    tests: ['model/rare'],
  },
  {
    ...mutant(
      'prune_show',
      'it goes by the clock',
      'claim.until <= greatest(v_last, v_now - p_keep)',
      'claim.until <= v_now',
    ),
    tests: ['isolation/pruned'],
  },
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
]

/** Every mutant; those that are found quickest do not come first, but those that matter most. */
export const MUTANTS: readonly Mutant[] = [
  ...CLAIMS,
  ...TIME,
  ...APPLY,
  ...DECIDE,
  ...HOLDS,
  ...BOOKINGS,
  ...AMENDED,
  ...ACCESS,
  ...AROUND,
  ...PASSKEYS,
  ...RETIRED,
  ...SESSIONS,
  ...PEOPLE,
  ...USERS,
  ...CHOSEN,
  ...WEBHOOKS,
  ...EXPIRIES,
  ...AROUND_SHOWS,
  ...VIEWS,
  ...REST,
]
