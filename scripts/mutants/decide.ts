import { type Mutant, mutant } from './mutant.ts'

/** Mistakes in the loop over the commands: each thing that it forgets to bring forward. */
export const DECIDE: readonly Mutant[] = [
  mutant(
    'decide',
    'seats are not brought forward',
    '            v_places := rowlock.places_after(\n',
    '            perform rowlock.places_after(\n',
  ),
  mutant(
    'decide',
    'chains are not brought forward',
    '            v_chains[v_i] := rowlock.chain_after(v_before, v_entry);\n',
    '            null;\n',
  ),
  mutant(
    'decide',
    'what is limited is not brought forward',
    '          v_counted := rowlock.counted_after(',
    '          perform rowlock.counted_after(',
  ),
  mutant(
    'decide',
    'the house is not brought forward',
    '          v_house := rowlock.house_after(',
    '          perform rowlock.house_after(',
  ),
  mutant(
    '25_forward',
    'requests are not brought forward',
    'select case when rowlock.is_kept(p_command, p_outcome) then (p_command).request_id end',
    'select null::uuid',
  ),
  mutant(
    'decide',
    'every entry has the same version',
    'v_versions[v_show] := v_entry.version;',
    '',
  ),
  mutant(
    'decide',
    'refusals are not remembered',
    "      if v_outcome.code <> 'done' and rowlock.is_kept(v_command, v_outcome) then\n",
    '      if false then\n',
  ),
  mutant(
    'decide',
    'the last command does not find what the one before it did',
    '    v_left := v_left - 1;\n',
    '    v_left := v_left - 1;\n    v_left := v_left - (v_left = 1)::int;\n',
  ),
  mutant(
    'decide',
    'two changes of one chain are written at once',
    '          v_rounds := array_append(v_rounds, cardinality(v_changes));\n',
    '          null;\n',
  ),
  mutant(
    'decide',
    'seats that were chosen have no claim',
    'case when v_at.is_chosen then v_entry.seats else v_look.claimed end',
    'v_look.claimed',
  ),
  mutant(
    '26_meet',
    'whoever cannot tell that they reach a chain does',
    'when rowlock.reaches(p_command, (p_chain).owner) then p_chain',
    'when rowlock.reaches(p_command, (p_chain).owner) is not false then p_chain',
  ),
  mutant(
    '25_forward',
    'no seat has a claim that ran out',
    ' and not coalesce((p_entry).seats && p_claimed, false)\n',
    '\n',
  ),
  mutant(
    '26_meet',
    'a chain is found in whatever show',
    '    when (p_chains[array_position(p_ids, p_hold_id)]).show_id <> p_show_id\n',
    '    when false\n',
  ),
  mutant(
    '26_meet',
    'a request is answered in whatever show',
    'if v_known.show_id = p_command.show_id then',
    'if true then',
  ),
  mutant(
    '25_forward',
    'every refusal is remembered',
    "or ((p_command).remember and (p_outcome).code <> 'clock_ahead')",
    "or (p_outcome).code <> 'clock_ahead'",
  ),
  mutant(
    '25_forward',
    'what was so already is forgotten',
    "select (p_outcome).code in ('done', 'already')",
    "select (p_outcome).code in ('done')",
  ),
  mutant(
    '25_forward',
    'seats that were given back stay taken',
    '        p_places[v_i] := null;\n',
    '        null;\n',
  ),
  mutant(
    '25_forward',
    'what is left of an expired hold is taken again',
    '  if p_change.until > p_change.at then\n',
    '  if true then\n',
  ),
  mutant(
    '25_forward',
    'an entry forgets its request',
    '(p_command).actor, (p_command).request_id, (p_command).fingerprint',
    '(p_command).actor, null, (p_command).fingerprint',
  ),
  mutant(
    '25_forward',
    'an owner is forgotten',
    '(p_chain).owner, (p_outcome).metadata, (p_outcome).own_reference',
    'null, (p_outcome).metadata, (p_outcome).own_reference',
  ),
  mutant(
    '25_forward',
    'the block keeps what was booked out of it',
    'if not coalesce((p_at.block).seats && p_outcome.seats, false) then',
    'if true then',
  ),
  mutant(
    '25_forward',
    'a limit is counted before the entry',
    '      + rowlock.counts(v_who, p_entry.seats, p_entry.until, p_entry.booked_at, p_entry.at);',
    ';',
  ),
  mutant(
    '25_forward',
    'what was given back still counts',
    '- rowlock.counts(v_who, p_chain.seats, p_chain.until, p_chain.booked_at, p_entry.at);',
    '- 0;',
  ),
  mutant(
    '25_forward',
    'bookings stay in the budget',
    "(p_booked_at is null or p_who like 'holder %')",
    'true',
  ),
  mutant(
    '25_forward',
    'what was begun is not counted',
    'v_one.begun_count + 1',
    'v_one.begun_count',
  ),
  mutant(
    'choose_seats',
    'what is left of an expired hold is free to be chosen',
    '  if p_entry.until > p_entry.at then\n' +
      '    p_house.free := rowlock.mark(p_house.free, p_entry.seats, 0);\n',
    '  if true then\n    p_house.free := rowlock.mark(p_house.free, p_entry.seats,\n' +
      '      (p_entry.until <= p_entry.at)::int);\n',
  ),
  mutant('25_forward', 'a tally is not written', 'v_one.changed := true;', 'null;'),
  mutant(
    '24_look',
    'seats to be acquired again are not looked at',
    'when command.reacquire then rowlock.seats_of(p_chains, command.hold_id)',
    'when command.reacquire then null',
  ),
  {
    ...mutant(
      '24_look',
      'seats of every confirmation are looked at',
      'when command.reacquire then',
      "when command.kind = 'confirm' then",
    ),
    tests: ['model/batch-costs'],
  },
  mutant(
    '24_look',
    'what has ended counts for ever',
    'where newest.until > counted.now\n',
    'where true\n',
  ),
  mutant(
    '24_look',
    'bookings count as held when looked at',
    'else rowlock.holder_key(newest.owner, newest.holder) = counted.who\n',
    'else true\n',
  ),
  mutant(
    '24_look',
    'what was begun counts for ever',
    "when known.begun_at > counted.now - interval '1 hour' then known.begun_count end",
    'when true then known.begun_count end',
  ),
  mutant(
    '26_meet',
    'the body of a repeated request is not compared',
    'if v_known.fingerprint is distinct from p_command.fingerprint then',
    'if false then',
  ),
  mutant(
    '26_meet',
    'a repeated answer does not say so',
    'v_known.answer.replayed := true;',
    'v_known.answer.replayed := false;',
  ),
  mutant(
    'operate',
    'taken seats are not looked at',
    '  if v_wanted is not null then\n',
    '  if false then\n',
  ),
  {
    ...mutant(
      'change_show',
      'a new limit forgets what holders have',
      '    perform rowlock.count_holders(p_show_id);\n',
      '    null;\n',
    ),
    tests: ['model/noted'],
  },
]
