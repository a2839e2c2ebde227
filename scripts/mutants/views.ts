import { type Mutant, viewMutant } from './mutant.ts'

const view =
  (file: string, tests: readonly string[]) =>
  (name: string, find: string, replace: string): Mutant =>
    viewMutant(file, name, find, replace, tests)

const chains = view('chains', ['db/views'])
const people = view('people', [
  'auth/users',
  'auth/factor-rules',
  'auth/second-factor',
  'auth/passkeys',
  'auth/api-keys',
])
const statuses = view('seat_statuses', ['db/views'])
const counts = view('show_counts', ['db/views'])
const times = view('show_times', ['db/views'])
const grants = view('zz_grants', ['db/server-roles'])

/** Mistakes in what views show, and in who may see it. */
export const VIEWS: readonly Mutant[] = [
  chains('a hold is what it was at first', 'order by entry.step desc\n', 'order by entry.step\n'),
  chains('every entry is a hold', '\nwhere first.step = 0;', ';'),
  chains('whoever changed it last began it', 'first.actor as begun_by', 'newest.actor as begun_by'),
  chains('it began when it changed last', 'first.at as begun_at', 'newest.at as begun_at'),
  people(
    'everybody has a password',
    'known.password_hash is not null as has_password',
    'true as has_password',
  ),
  people(
    'every e-mail is proven',
    'known.email_verified_at is not null as email_verified',
    'known.email is not null as email_verified',
  ),
  people(
    'an app counts before it is confirmed',
    '\n        and app.confirmed_at is not null\n',
    '\n',
  ),
  people(
    'a passkey of anybody is everybody’s',
    'select from rowlock.passkeys as passkey\n      where passkey.user_id = known.user_id\n',
    'select from rowlock.passkeys as passkey\n',
  ),
  people(
    'passkeys alone are no second factor',
    'factor.has_app or factor.has_passkeys',
    'factor.has_app',
  ),
  people(
    'the oldest secret comes first',
    'order by secret.expires_at desc nulls first',
    'order by secret.expires_at nulls last',
  ),
  statuses('what has ended is held', '\n  and claim.until > (select rowlock.clock());', ';'),
  statuses(
    'what is blocked is held',
    "when claim.until = 'infinity' then 'blocked'\n",
    "when claim.until < '-infinity' then 'blocked'\n",
  ),
  statuses(
    'seats of other shows are taken',
    'on claim.show_id = show.show_id\n  and claim',
    'on claim',
  ),
  statuses(
    'seats that are not sold yet are seen',
    '\n  and seat.seat_no < policy.seat_count\n',
    '\n',
  ),
  statuses(
    'what is sold is blocked',
    "when claim.booked_at is not null then 'booked'\n",
    "when claim.booked_at is null then 'booked'\n",
  ),
  counts('what has ended is counted', '\n    and claim.until > (select rowlock.clock())\n', '\n'),
  counts(
    'blocks are held',
    "filter (where claim.booked_at is null and claim.until < 'infinity') as held",
    'filter (where claim.booked_at is null) as held',
  ),
  counts(
    'sales are blocks',
    "filter (where claim.booked_at is null and claim.until = 'infinity')",
    "filter (where claim.until = 'infinity')",
  ),
  counts(
    'seats of other shows are counted',
    'where claim.show_id = policy.show_id\n    and',
    'where',
  ),
  times(
    'a show is as old as its first entry',
    'order by entry.version desc\n',
    'order by entry.version\n',
  ),
  times('time runs back', 'greatest(rowlock.clock(), newest.at) as now', 'rowlock.clock() as now'),
  times('another show moves on', 'where entry.show_id = policy.show_id\n', ''),
  grants('servers read who people are', '         rowlock.users,\n', ''),
  grants('servers read secrets of webhooks', '         rowlock.webhook_secrets,\n', ''),
  grants('servers read a view of all people', '         rowlock.people_with_email,\n', ''),
  grants(
    'servers reset shows',
    '         rowlock.apply(json),\n',
    '         rowlock.apply(json),\n         rowlock.reset_show(bigint, text),\n',
  ),
  grants(
    'every server calls what those of before call',
    '    continue when not v_role.shared;\n',
    '',
  ),
]
