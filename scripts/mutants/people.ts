import { foundBy, type Mutant, mutant } from './mutant.ts'

const of =
  (file: string) =>
  (name: string, find: string, replace: string): Mutant =>
    mutant(file, name, find, replace)

const attempts = of('people_attempts')
const audit = of('people_audit')
const before = of('people_before')
const keys = of('people_keys')
const links = of('people_links')
const secrets = of('people_secrets')

const ATTEMPTS: readonly Mutant[] = foundBy(
  ['auth/attempts', 'auth/audit', 'auth/people-claims'],
  [
    attempts(
      'a network has one try more',
      "('sign-in:user-network', 10, 900)",
      "('sign-in:user-network', 11, 900)",
    ),
    attempts(
      'a known device tries for ever',
      "('sign-in:device', 10,",
      "('sign-in:device', 10000,",
    ),
    attempts(
      'an address registers as many as it likes',
      "('register:address', 20,",
      "('register:address', 20000,",
    ),
    attempts('e-mails are guessed for ever', "('email:user', 10,", "('email:user', 10000,"),
    attempts(
      'one try more',
      'if v_row.count >= v_attempt.max then',
      'if v_row.count > v_attempt.max then',
    ),
    attempts(
      'a window never ends',
      'case when known.until <= v_now then 0 else known.count end',
      'known.count',
    ),
    attempts(
      'every try begins the window anew',
      'case when known.until <= v_now then excluded.until else known.until end',
      'excluded.until',
    ),
    attempts(
      'a try counts twice',
      'set count = known.count + 1\n',
      'set count = known.count + 2\n',
    ),
    attempts('who has to wait waits too short', 'v_wait := greatest(', 'v_wait := least('),
    attempts('counts of others are swept away', 'where ended.until <= v_now', 'where true'),
    attempts('counts that have ended pile up', 'where ended.until <= v_now', 'where false'),
    attempts('a good try forgives all', 'set count = known.count - 1', 'set count = 0'),
    attempts(
      'good tries count',
      'where known.bucket = any (p_buckets)\n    and known.count > 0',
      'where false',
    ),
  ],
)

const AUDIT: readonly Mutant[] = foundBy(
  ['auth/audit', 'cli/housekeeping'],
  [
    audit('the log can be rewritten', 'before update or truncate on', 'before truncate on'),
    audit('the log can be emptied', 'before update or truncate on', 'before update on'),
    audit(
      'the log can be cut short',
      "- interval '90 days' then",
      "- interval '90 days' and false then",
    ),
    audit(
      'entries are kept for nine days',
      "old.at > rowlock.clock() - interval '90 days'",
      "old.at > rowlock.clock() - interval '9 days'",
    ),
    audit('nothing ever goes', 'return old;', 'return null;'),
    audit(
      'more goes than was asked for',
      "greatest(p_keep, interval '90 days')",
      "interval '90 days'",
    ),
    audit(
      'entries do not say by which request',
      'p_subject, p_trace, p_details)',
      'p_subject, null, p_details)',
    ),
    audit(
      'who failed to sign in is not written down',
      '  perform rowlock.note_act(\n',
      '  perform jsonb_build_array(\n',
    ),
  ],
)

const BEFORE: readonly Mutant[] = foundBy(
  ['auth/servers-before'],
  [
    before(
      'every server gets a key of its own',
      "where signing.created_at > v_now - interval '30 days'",
      'where false',
    ),
    before(
      'a key signs for ever',
      "where signing.created_at > v_now - interval '30 days'",
      'where true',
    ),
    before(
      'two servers make a key at once',
      "  perform from rowlock.locks as known where known.name = 'signing_keys' for update;\n",
      '',
    ),
    before(
      'the oldest key signs',
      'order by signing.created_at desc,',
      'order by signing.created_at,',
    ),
    before(
      'a token refreshes for ever',
      ' or v_pair.used_at + rowlock.refresh_grace() < v_now\n',
      '\n',
    ),
    before(
      'a token that was taken back refreshes',
      'v_session.session_id is null or v_pair.revoked_at is not null\n',
      'v_session.session_id is null\n',
    ),
    before(
      'a token of which a server of today made the next refreshes',
      'or v_pair.successor is not null or',
      'or',
    ),
    before('a link that was used asks for codes', '    and link.used_at is null\n', ''),
    before(
      'a link that has ended asks for codes',
      '\n    and link.expires_at > rowlock.clock()\n',
      '\n',
    ),
  ],
)

const KEYS: readonly Mutant[] = foundBy(
  ['auth/api-keys', 'auth/session-rules', 'auth/audit'],
  [
    keys(
      'a revoked key opens',
      '      and known.revoked_at is null\n      and (known.expires_at',
      '      and (known.expires_at',
    ),
    keys(
      'a key opens for ever',
      '\n      and (known.expires_at is null or known.expires_at > v_now);',
      ';',
    ),
    keys(
      'a secret that was replaced opens for ever',
      '\n    and (secret.expires_at is null or secret.expires_at > v_now);',
      ';',
    ),
    keys(
      'a revoked key gets another secret',
      '    and known.revoked_at is null\n  for update;',
      '  for update;',
    ),
    keys(
      'a longer overlap lengthens the life of a secret',
      'least(secret.expires_at, v_now + p_overlap)',
      'v_now + p_overlap',
    ),
    keys(
      'a rotation ends the secrets of all keys',
      'v_now + p_overlap)\n  where secret.key_id = p_key_id;',
      'v_now + p_overlap);',
    ),
    keys('a key is revoked anew', 'if v_revoked_at is not null then', 'if false then'),
    keys(
      'the same name is written down as a change',
      "if v_name = p_changes ->> 'name' then",
      'if false then',
    ),
    keys(
      'every use is written',
      "stale.last_used_at <= v_now - interval '1 minute'",
      'stale.last_used_at <= v_now',
    ),
    keys(
      'servers remember a secret until its key ends',
      'rowlock.ms(least(v_key.expires_at, v_expires_at))',
      'rowlock.ms(v_key.expires_at)',
    ),
    keys('that a key was revoked is not written down', "'revokeApiKey',", "'changeApiKey',"),
  ],
)

const LINKS: readonly Mutant[] = foundBy(
  ['auth/session-rules', 'auth/bootstrap', 'auth/sessions', 'auth/stolen-sessions', 'auth/audit'],
  [
    links('a link lives for a day', "interval '30 minutes'", "interval '1 day'"),
    links('links of everybody go', 'where link.user_id = p_user_id\n    and', 'where'),
    links('a used link is forgotten with its session', '\n    and link.used_at is null\n', '\n'),
    links(
      'whoever has a password runs the system',
      "where known.role = 'operator'\n      and known.disabled_at",
      'where known.disabled_at',
    ),
    links(
      'an operator who is disabled runs the system',
      '      and known.disabled_at is null\n      and known.password_hash',
      '      and known.password_hash',
    ),
    links(
      'an operator without a password runs the system',
      '      and known.password_hash is not null\n',
      '',
    ),
    links(
      'an operator without an e-mail runs the system',
      '      and known.email is not null\n',
      '',
    ),
    links(
      'an operator who is disabled gets the link',
      '\n    and known.disabled_at is null\n  order by',
      '\n  order by',
    ),
    links(
      'two servers make two operators',
      "  perform from rowlock.locks as known where known.name = 'operators' for update;\n",
      '',
    ),
  ],
)

const SECRETS: readonly Mutant[] = foundBy(
  ['auth/audit'],
  [
    secrets(
      'the last server’s secret counts',
      'on conflict (name) do nothing',
      'on conflict (name) do update set value = excluded.value',
    ),
    secrets(
      'every server believes in its own',
      'return (select secret.value from rowlock.secrets as secret where secret.name = p_name);',
      'return p_value;',
    ),
    secrets('one secret is as good as another', ' where secret.name = p_name);', ' limit 1);'),
  ],
)

/** Mistakes in how often somebody may try, and what is written down of it. */
export const PEOPLE: readonly Mutant[] = [
  ...ATTEMPTS,
  ...AUDIT,
  ...BEFORE,
  ...KEYS,
  ...LINKS,
  ...SECRETS,
]
