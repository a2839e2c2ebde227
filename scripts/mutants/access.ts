import { type Mutant, mutant } from './mutant.ts'

const REACHES =
  'if v_entry.owner is null or v_entry.owner = p_command.owner or p_command.box_office then'

/** Mistakes in whose a hold is, who may sell, and how much one address may hold. */
export const ACCESS: readonly Mutant[] = [
  mutant('21_journal', 'strangers reach every hold', REACHES, 'if true then'),
  mutant(
    '21_journal',
    'the box office reaches only what has no owner',
    REACHES,
    'if v_entry.owner is null or v_entry.owner = p_command.owner then',
  ),
  mutant(
    'apply_known',
    'strangers reach every hold',
    'and (hold.owner is null or hold.owner = command.owner or command.box_office)',
    'and true',
  ),
  mutant(
    'apply_known',
    'everybody sells',
    "(command.seller or policy.confirm_by = 'holder')",
    'true',
  ),
  mutant('apply_known', 'an owner is forgotten', '        hold.owner\n', '        null\n'),
  mutant(
    'apply_new',
    'everybody sells',
    "and (command.kind = 'hold' or command.seller or policy.confirm_by = 'holder')",
    'and true',
  ),
  mutant('apply_new', 'an owner is forgotten', '        usual.owner\n', '        null\n'),
  mutant(
    'confirm_hold',
    'everybody sells',
    "if v_code is distinct from 'hold_unknown' and rowlock.needs_seller(p_command, p_policy) then",
    'if false then',
  ),
  mutant(
    'confirm_hold',
    'who sells nothing learns that a hold is there',
    "if v_code is distinct from 'hold_unknown' and rowlock",
    'if rowlock',
  ),
  mutant(
    'confirm_hold',
    'reacquiring looks at the holder of somebody else',
    'p_hold.owner, p_hold.holder',
    'p_command.owner, p_hold.holder',
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
    '    and first.owner is not distinct from p_owner\n',
    '',
  ),
  mutant(
    '22_terms',
    'one seat less for an address',
    'if v_has + p_more <= p_command.held_seats_max then',
    'if v_has + p_more < p_command.held_seats_max then',
  ),
  mutant('22_terms', 'bookings stay in the budget', 'and newest.booked_at is null', 'and true'),
  mutant(
    '22_terms',
    'what an address held counts for ever',
    'where newest.until > p_now\n',
    'where true\n',
  ),
  mutant(
    'apply',
    'a batch passes the budget',
    'v_usual := rowlock.within_budget(v_usual, v_now);',
    'null;',
  ),
  mutant(
    'apply',
    'what an address holds already does not count in a batch',
    'when numbered.is_bound and numbered.place = 1 then (',
    'when false then (',
  ),
]
