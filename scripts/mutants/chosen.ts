import { equivalent, foundBy, type Mutant, mutant } from './mutant.ts'

/** Tests of what is given to whoever asks by quantity, the quickest first. */
const TESTS = [
  'model/seat-bits',
  'model/choices',
  'engine/round-tables',
  'engine/best-seats',
  'model/orphans',
  'model/lines',
  'model/best-available',
  'model/general-admission',
]

const of =
  (file: string) =>
  (name: string, find: string, replace: string): Mutant =>
    mutant(file, name, find, replace)

const bits = of('23_seat_bits')
const lines = of('25_lines')
const best = of('best_seats')
const orphans = of('new_orphans')
const plan = of('index_plan')
const choose = of('choose_seats')

const BITS: readonly Mutant[] = [
  bits(
    'seats of other shows are taken',
    'where claim.show_id = p_show_id\n      and claim.until',
    'where claim.until',
  ),
  bits('what has ended is taken', '      and claim.until > p_now\n', ''),
  bits('a word is read from its end', '31 - claim.seat_no % 32', 'claim.seat_no % 32'),
  bits(
    'the last seat is never marked',
    'between 0 and length(p_bits) - 1',
    'between 0 and length(p_bits) - 2',
  ),
  bits('a neighbour before is nobody', '~ ((p_free & p_joined) >> 1) & ', ''),
  bits('a neighbour behind is nobody', ' & ~ (p_joined & (p_free << 1))\n', '\n'),
  bits('who sits in another row is a neighbour', '~ ((p_free & p_joined) >> 1)', '~ (p_free >> 1)'),
  bits(
    'seats that are alone already count',
    'p_joined)\n    & ~ rowlock.alone(p_free, p_joined)\n',
    'p_joined)\n',
  ),
  bits(
    'a stretch covers its first seats only',
    'p_starts | (p_starts >> v_step)',
    'p_starts | (p_starts >> 1)',
  ),
  bits('nobody is left alone before a group', '    & ~ (v_before & ~ (v_before >> 1))\n', ''),
  bits(
    'nobody is left alone behind a group',
    '\n    & ~ ((v_after & ~ (v_after << 1)) << p_quantity - 1);',
    ';',
  ),
  bits(
    'who is alone behind a group is looked for one seat too far',
    '<< p_quantity - 1);',
    '<< p_quantity);',
  ),
  bits(
    'the last free seats are never enough',
    'bit_count(p_bits) < p_quantity',
    'bit_count(p_bits) <= p_quantity',
  ),
  bits('the seat behind is given', 'v_from - 2)', 'v_from - 1)'),
]

const LINES: readonly Mutant[] = [
  lines(
    'a table is a row',
    `    continue when p_line.is_round
      and (v_i = 1 and v_is_free[v_count] or v_i = v_count and v_is_free[1]);
`,
    '',
  ),
  lines(
    'the last seat of a table has no neighbour at its first',
    ' or v_i = v_count and v_is_free[1]);',
    ');',
  ),
  lines('the next seat is nobody’s neighbour', ' or v_is_free[v_i + 1];', ';'),
  lines('seats that are to go are free', ' and v_seat_no <> all (p_gone)\n', '\n'),
  lines(
    'seats of a line that are alone already count',
    `rowlock.without(
    rowlock.alone_in_line(p_line, p_free, p_gone), rowlock.alone_in_line(p_line, p_free, '{}')
  )`,
    'rowlock.alone_in_line(p_line, p_free, p_gone)',
  ),
  lines(
    'nobody sits across the ends of a table',
    'when v_line.is_round then v_count\n',
    'when v_line.is_round then v_count - p_size + 1\n',
  ),
  lines(
    'the last seats of a line are never given',
    'else v_count - p_size + 1',
    'else v_count - p_size',
  ),
  lines(
    'the first line that has seats is good enough',
    '* p_size > p_to_beat[2];',
    '* p_size >= 0;',
  ),
  lines('who is left alone at a line does not count', 'v_rank[1] := 1;', 'v_rank[1] := 0;'),
  lines(
    'who is left alone in a row does not count beside a line',
    'bit_count(rowlock.new_orphans(p_group, p_free, p_joined)) > 0',
    'false',
  ),
  lines(
    'a line gives accessible seats to anybody',
    'count_among(v_group, p_accessible_seats) not between p_min and p_max;',
    'count_among(v_group, p_accessible_seats) < 0;',
  ),
  lines(
    'a companion of a line sits apart',
    '      continue when not rowlock.has_pair(v_group, p_accessible_seats, p_companion_seats);\n',
    '',
  ),
  lines(
    'a companion sits on one side only',
    `      or get_bit(p_companion_seats, p_group[i]) = 1
        and get_bit(p_accessible_seats, p_group[i + 1]) = 1
`,
    '',
  ),
  lines('the longest line is the shortest', 'coalesce(max(', 'coalesce(min('),
]

const BEST: readonly Mutant[] = [
  best(
    'among equals the one that was seen first',
    '(v_sum, v_no) < (v_best, v_start)',
    'v_sum < v_best',
  ),
  best(
    'the search stops at the first seat that is no nearer than the average',
    '* p_quantity > v_best;',
    '> v_best / p_quantity - 1;',
  ),
  best(
    'a sum has one seat too few',
    'p_sums[v_no + 1 + p_quantity] -',
    'p_sums[v_no + p_quantity] -',
  ),
  best(
    'a group has any number of accessible seats',
    'not between p_accessible_min and p_accessible_max;',
    '< 0;',
  ),
  best(
    'somebody is left alone where it could be helped',
    'rowlock.without_orphans(p_starts, p_free, p_joined, p_quantity), p_sums',
    'p_starts, p_sums',
  ),
  best(
    'whoever needs no accessible seat gets one',
    'v_starts[1] := p_match & ~ p_accessible_seats;',
    'v_starts[1] := p_match;',
  ),
  best('a group has no accessible seat', 'greatest(1, least(', 'greatest(0, least('),
  equivalent(
    'a pair is only looked for among seats that are side by side anyway',
    best(
      'companions come without whom they are for',
      'p_joined & (\n      (p_accessible_seats',
      '(\n      (p_accessible_seats',
    ),
  ),
  best(
    'one of a party sits alone',
    'if cardinality(v_group) = p_quantity - 1 and p_quantity > 3',
    'if false',
  ),
  best(
    'three are torn apart like four',
    'p_quantity - 1 and p_quantity > 3',
    'p_quantity - 1 and p_quantity > 2',
  ),
  best(
    'a second group is chosen as if the first were not there',
    '      p_free := rowlock.mark(p_free, v_group, 0);\n',
    '',
  ),
  best(
    'companions’ seats are given before those with a restricted view',
    'v_match := p_match & ~ p_companion_seats;',
    'v_match := p_match & ~ p_restricted_seats;',
  ),
  best(
    'a restricted view is as good as any',
    'v_match bit varying := p_match & ~ p_companion_seats & ~ p_restricted_seats;',
    'v_match bit varying := p_match & ~ p_companion_seats;',
  ),
  best(
    'lines come as they are numbered',
    'order by rowlock.distance_of(line, p_sums), line.line_no',
    'order by line.line_no',
  ),
  best(
    'the rest of a party may have accessible seats',
    'rowlock.mark(p_match, v_seats, 0) & ~ p_accessible_seats,',
    'rowlock.mark(p_match, v_seats, 0),',
  ),
]

const ORPHANS: readonly Mutant[] = [
  orphans(
    'what a change gives back is a wall',
    "  if p_command.kind = 'change' then\n    p_places",
    '  if false then\n    p_places',
  ),
  orphans('what has ended is a wall', ' and v_place.until > p_now then', ' then'),
  equivalent(
    'each seat that is asked for here has a key: with_sides() names them there, too',
    orphans(
      'whoever has another seat is a wall',
      'if p_keys[v_i] = v_base + v_near and v_place',
      'if v_place',
    ),
  ),
  orphans(
    'seats that the engine chose count as free',
    'rowlock.mark(v_free, rowlock.without(p_seats, p_command.seats), 0), p_joined\n    ),',
    'v_free, p_joined\n    ),',
  ),
  orphans('nobody is alone at a line', 'and line.seats && p_seats', 'and false'),
  orphans(
    'whoever is alone at a line of another plan counts',
    'where line.plan_id = p_plan_id\n      and',
    'where',
  ),
  orphans(
    'nothing else is left only where all else is worse',
    'jsonb_array_length(p_at.orphans) <= cardinality(',
    'jsonb_array_length(p_at.orphans) < cardinality(',
  ),
  orphans(
    'something else is always left',
    'return v_best is null\n    or jsonb_array_length(p_at.orphans) <= cardinality(',
    'return jsonb_array_length(p_at.orphans) < 0 * cardinality(',
  ),
  orphans(
    'a wheelchair place can be exchanged for any seat',
    "'accessible', rowlock.count_among(p_command.seats, v_house.accessible)",
    "'accessible', 0",
  ),
]

const PLANS: readonly Mutant[] = [
  plan(
    'whoever stands is left alone',
    '          and coalesce(seat.section <> all (v_standing), true)\n',
    '',
  ),
  plan(
    'seats of lines have neighbours by number',
    '          and seat.seat_no <> all (v_in_lines)\n',
    '',
  ),
  plan(
    'how far back a seat is does not count',
    '\n            + (seat.y - v_focus_y) * (seat.y - v_focus_y)\n',
    '\n',
  ),
  plan('sums are rounded', 'round(1e9 * seen.distance', '(1.1 * seen.distance'),
  plan(
    'the nearest comes last',
    'order by seat.distance, seat.seat_no)',
    'order by seat.distance desc, seat.seat_no)',
  ),
  plan('a part begins one word too late', 'order by word.no), -1', 'order by word.no), -2'),
  plan(
    'all sections stand',
    "part.kind = 'section' and part.key = any (v_standing)",
    "part.kind = 'section'",
  ),
  plan(
    'a companion’s seat with a restricted view is nobody’s in particular',
    "when seat.companion then 'companion'\n",
    "when seat.companion and not seat.restricted_view then 'companion'\n",
  ),
]

const CHOICES: readonly Mutant[] = [
  choose(
    'what commands before it gave back is not free',
    '      p_house.free := rowlock.mark(p_house.free, v_entry.freed, 1);\n',
    '',
  ),
  choose(
    'entries of other shows count',
    '    if v_entry.show_id = p_show_id then\n',
    '    if true then\n',
  ),
  choose(
    'seats that are named are given once more',
    'rowlock.mark(p_house.free, v_named, 0);',
    'p_house.free;',
  ),
  choose(
    'general admission is given to whoever wants to sit',
    'else coalesce(~ bit_or(part.seats) filter (where part.standing), p_free)',
    'else p_free',
  ),
  choose('any category will do', "when p_best ->> 'category' is not null then", 'when false then'),
  choose(
    'one place is there for two',
    'v_places := rowlock.mark(p_free, p_seats, 0) & v_places;',
    'v_places := p_free & v_places;',
  ),
  choose(
    'the first places are given back first',
    'order by seat.seat_no desc\n',
    'order by seat.seat_no\n',
  ),
]

/** Mistakes in what seats are chosen, and in whom a choice leaves alone. */
export const CHOSEN: readonly Mutant[] = foundBy(TESTS, [
  ...BITS,
  ...LINES,
  ...BEST,
  ...ORPHANS,
  ...PLANS,
  ...CHOICES,
])
