import { foundBy, type Mutant, mutant } from './mutant.ts'

const of =
  (file: string) =>
  (name: string, find: string, replace: string): Mutant =>
    mutant(file, name, find, replace)

const guards = of('10_guards')
const reset = of('reset_show')
const restores = of('restores')
const violations = of('violations')
const transfers = of('transfer_violations')
const history = of('history_violations')
const change = of('change_show')
const warmUp = of('warm_up')

const GUARDS: readonly Mutant[] = [
  guards(
    'history can be rewritten',
    'before update or delete or truncate',
    'before delete or truncate',
  ),
  guards(
    'history can be cut short',
    'before update or delete or truncate',
    'before update or truncate',
  ),
  guards(
    'history can be emptied',
    'before update or delete or truncate',
    'before update or delete',
  ),
  guards('a booked seat changes hands', 'when (old.booked_at is not null)', 'when (false)'),
]

const RESETS: readonly Mutant[] = [
  reset(
    'another show is reset, too',
    'where claim.show_id = p_show_id\n    returning',
    'where true\n    returning',
  ),
  reset('what had ended ends once more', 'where freed.until > v_now\n', 'where true\n'),
  reset(
    'a sale ends as if it were a hold',
    "when newest.booked_at is not null then 'cancel'",
    "when newest.booked_at is null then 'cancel'",
  ),
  reset(
    'a block is released',
    "when newest.origin = 'block' then 'unblock'",
    "when false then 'unblock'",
  ),
  reset('all end with one version', 'row_number() over (order by owner.hold_id)', '1'),
  reset('nobody says whose it was', 'newest.owner, newest.metadata,', 'null, newest.metadata,'),
  reset(
    'sales go on meanwhile',
    '  where policy.show_id = p_show_id\n  for update;',
    '  where policy.show_id = p_show_id;',
  ),
]

const RESTORES: readonly Mutant[] = [
  restores(
    'a restore tells how many there were before',
    'select count(*) + (select count(*) from noted)',
    'select count(*)',
  ),
  restores('what came before a restore came after it', 'restore.restored_at <= p_at', 'true'),
  restores('no restore is seen', 'restore.restored_at <= p_at', 'false'),
]

const CHECKS: readonly Mutant[] = [
  violations(
    'a transfer is not looked at',
    '\n  union all\n  select found.* from rowlock.transfer_violations(p_show_id) as found\n',
    '\n',
  ),
  violations(
    'history is not looked at',
    '  select found.* from rowlock.history_violations(p_show_id) as found\n  union all\n',
    '',
  ),
  violations(
    'two may have a seat',
    'having count(*) > 1\n\n  union all\n  select 9,',
    'having count(*) > 2\n\n  union all\n  select 9,',
  ),
  violations('a claim that is missing is not seen', '\n    or claim.seat_no is null\n', '\n'),
  violations('a claim that nobody made is not seen', 'where told.seat_no is null\n    or', 'where'),
  violations(
    'a claim that ends at another time is not seen',
    '    or told.until <> claim.until\n',
    '',
  ),
  violations(
    'a claim that is sold otherwise is not seen',
    '\n    or told.booked_at is distinct from claim.booked_at\n',
    '\n',
  ),
  violations(
    'a gap is not seen',
    'where numbered.version <> numbered.version_before + 1\n    or',
    'where',
  ),
  violations('time may run backwards', '\n    or numbered.at < numbered.at_before\n', '\n'),
  violations(
    'a step that is missing is not seen',
    'where numbered.step <> numbered.step_before + 1\n    or (',
    'where (',
  ),
  violations(
    'another owner is not seen',
    'numbered.owner is distinct from numbered.owner_before\n',
    'false\n',
  ),
  violations(
    'one seat too many is of the plan',
    'claim.seat_no >= policy.seat_count',
    'claim.seat_no > policy.seat_count',
  ),
  violations(
    'what is booked is not counted',
    '      or counts.booked <> (select count(*) from told where told.booked_at is not null)\n',
    '',
  ),
  transfers(
    'what was never sold is handed on',
    'former.booked_at is null\n      or former.booked_at',
    'former.booked_at',
  ),
  transfers(
    'it was sold at another time',
    '\n      or former.booked_at is distinct from handed.booked_at\n',
    '\n',
  ),
  transfers(
    'more comes than was given',
    'former.freed @> handed.seats and handed.seats @> former.freed',
    'handed.seats @> former.freed',
  ),
  transfers(
    'more is given than comes',
    'former.freed @> handed.seats and handed.seats @> former.freed',
    'former.freed @> handed.seats',
  ),
  transfers(
    'any entry before it will do',
    "former.version = handed.version - 1 and former.kind = 'transfer'",
    "former.version < handed.version and former.kind = 'transfer'",
  ),
]

const HISTORY: readonly Mutant[] = [
  history(
    'a seat is taken twice unseen',
    '    and turn.until_before > turn.at\n',
    '    and false\n',
  ),
  history('a seat that had run out was somebody’s', '    and turn.until_before > turn.at\n', ''),
  history(
    'a seat is given back that was not taken',
    '(turn.taken_before is not true or turn.owner_before <> turn.hold_id)',
    'turn.owner_before <> turn.hold_id',
  ),
  history(
    'a seat is given back that another one has',
    '(turn.taken_before is not true or turn.owner_before <> turn.hold_id)',
    'turn.taken_before is not true',
  ),
  history('a hold is begun twice unseen', 'then p_step <> 0\n', 'then false\n'),
  history(
    'any entry begins a chain',
    "when p_step = 0 then p_kind <> 'transfer'",
    'when p_step = 0 then false',
  ),
  history(
    'what was not sold is cancelled',
    "when p_kind in ('cancel', 'swap', 'transfer', 'amend') then p_booked_before is null",
    "when p_kind in ('swap', 'transfer', 'amend') then p_booked_before is null",
  ),
  history(
    'a hold is lifted like a block',
    "when p_kind in ('unblock', 'describe') then p_origin <> 'block'",
    "when p_kind = 'describe' then p_origin <> 'block'",
  ),
  history(
    'a change that moves the end is not seen',
    '(step.until <> step.until_before or not step.seats_before @> step.freed)',
    'not step.seats_before @> step.freed',
  ),
  history(
    'a swap that takes more is not seen',
    'cardinality(step.seats) <> cardinality(step.seats_before)\n        or not',
    'not',
  ),
  history(
    'a release that gives back other seats is not seen',
    `step.kind in ('release', 'cancel', 'unblock')
      and not (step.seats_before @> step.seats and step.seats_before @> step.freed)`,
    "step.kind in ('release', 'cancel', 'unblock')\n      and not step.seats_before @> step.seats",
  ),
  history('blocks count for their holder', "\n      and step.origin <> 'block'\n", '\n'),
  history(
    'all who are called the same are one holder',
    "partition by coalesce(moved.owner, ''), moved.holder",
    'partition by moved.holder',
  ),
]

const TERMS: readonly Mutant[] = [
  change(
    'two changes are made at once',
    '  where policy.show_id = p_show_id\n  for update;\n  if not found then',
    '  where policy.show_id = p_show_id;\n  if not found then',
  ),
  change(
    'another request under a key is that one',
    'if v_fingerprint is distinct from p_fingerprint then',
    'if false then',
  ),
  change(
    'a refusal is not remembered of a key',
    'from rowlock.refusals as seen\n    where seen.show_id = p_show_id\n',
    'from rowlock.refusals as seen\n    where false\n',
  ),
  change(
    'a change is not written down',
    '  perform rowlock.note_act(\n    p_actor, null, case',
    '  perform jsonb_build_array(\n    p_actor, null, case',
  ),
  change('holds that have ended are counted', '    and chain.until > moment.now\n', ''),
  change(
    'a hold lives longer than its show allows',
    'v_policy.hold_seconds > v_policy.hold_seconds_max\n    or',
    'false\n    or',
  ),
  change(
    'sales end before they begin',
    '\n    or v_policy.sales_from >= v_policy.sales_until\n',
    '\n',
  ),
  change('what is cancelled is cancelled anew', 'coalesce(v_policy.cancelled_at, v_now)', 'v_now'),
  change('a plan of many shows grows', 'if v_plan.venue_id is not null then', 'if false then'),
  change(
    'whoever saw another plan adds seats',
    'if v_plan.seat_count <> p_expected_count then',
    'if false then',
  ),
]

/** Mistakes in what guards, and checks, and in what housekeeping does. */
export const AROUND_SHOWS: readonly Mutant[] = [
  ...foundBy(['db/guards', 'auth/audit'], GUARDS),
  ...foundBy(['db/reset', 'cli/housekeeping'], RESETS),
  ...foundBy(['feed/webhooks/positions', 'feed/webhooks/deliveries'], RESTORES),
  ...foundBy(['db/history-violations'], [...CHECKS, ...HISTORY]),
  ...foundBy(['db/change-show', 'db/views'], TERMS),
  mutant(
    'block_seats',
    'taken seats are blocked',
    'if p_at.in_the_way is not null then',
    'if false then',
  ),
  mutant('block_seats', 'a block ends', "'infinity', null)", "p_at.now + interval '1 hour', null)"),
  mutant(
    'block_seats',
    'nobody is told which seats are in the way',
    "rowlock.refused('seats_unavailable', p_at.in_the_way)",
    "rowlock.refused('seats_unavailable', null)",
  ),
  ...foundBy(
    ['engine/warm-up'],
    [
      warmUp('a sale is not made ready', "(3, 'confirm', null), ", ''),
      warmUp(
        'what is written is not made ready',
        '  return rowlock.write(v_decided);',
        "  return '{}'::rowlock.outcome[];",
      ),
      warmUp(
        'batches of servers are not made ready',
        `  perform rowlock.apply_batch('[{"n": 0, "show_id": 0}]', true, v_now);\n`,
        '',
      ),
    ],
  ),
]
