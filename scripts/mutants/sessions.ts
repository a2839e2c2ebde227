import { foundBy, type Mutant, mutant } from './mutant.ts'

const of =
  (file: string) =>
  (name: string, find: string, replace: string): Mutant =>
    mutant(file, name, find, replace)

const sessions = of('people_sessions')
const tokens = of('people_tokens')
const factors = of('people_second_factor')

/** Mistakes in the one place that says whether a session counts. */
const LIFE: readonly Mutant[] = [
  sessions('an ended session counts', 'select (p_session).ended_at is null', 'select true'),
  sessions('a session counts for ever', 'and (p_session).expires_at > p_now', 'and true'),
  sessions('a session may lie idle', 'and (p_session).idle_until > p_now', 'and true'),
]

const BEGINNINGS: readonly Mutant[] = [
  sessions(
    'the staff sign in for a month',
    "else interval '12 hours' end",
    "else interval '30 days' end",
  ),
  sessions(
    'a session that was replaced by its access token goes on',
    'where pair.hash = v_replaces or pair.access_hash = v_replaces',
    'where pair.hash = v_replaces',
  ),
  sessions(
    'a session too many',
    'offset rowlock.sessions_max()',
    'offset rowlock.sessions_max() + 1',
  ),
  sessions(
    'the session that was used last makes room',
    'order by live.idle_until desc, (live',
    'order by live.idle_until, (live',
  ),
  sessions(
    'sessions that have ended take up room',
    'where live.user_id = p_user.user_id\n        and rowlock.is_live(live, v_now)\n',
    'where live.user_id = p_user.user_id\n',
  ),
  sessions(
    'who is disabled signs in by password',
    '    and known.disabled_at is null\n    and known.password_hash in',
    '    and known.password_hash in',
  ),
  sessions(
    'a password that was replaced meanwhile signs in',
    'and known.password_hash in (p_password_hash, p_new_hash)',
    'and known.password_hash is not null',
  ),
  sessions(
    'a link that was used signs in',
    '    or (v_link.used_at is not null and v_link.session_id is distinct from p_session_id)\n',
    '',
  ),
  sessions('a link that has ended signs in', ' or v_link.expires_at <= rowlock.clock()\n', '\n'),
  sessions(
    'a link takes the place of a second factor',
    '    or (v_link.used_at is null and not rowlock.use_second_factor(v_user.user_id, p_second))\n',
    '',
  ),
  sessions(
    'whoever signs in by password may replace it without telling it',
    "session.began_by = 'link' and known",
    'known',
  ),
  sessions(
    'a link replaces a password that is newer',
    "session.began_by = 'link' and known.password_changed_at < session.created_at",
    "session.began_by = 'link'",
  ),
]

const ENDS: readonly Mutant[] = [
  sessions(
    'anybody ends a session whose id they know',
    'where session.session_id = p_session_id\n        and session.user_id = p_user_id\n    ) then',
    'where session.session_id = p_session_id\n    ) then',
  ),
  sessions(
    'links outlive signing out everywhere',
    '    perform rowlock.drop_links(p_user_id);\n',
    '',
  ),
  sessions(
    'sessions that have ended are listed',
    'where session.user_id = p_user_id\n    and rowlock.is_live(session, clock.now)\n',
    'where session.user_id = p_user_id\n',
  ),
  sessions(
    'an end that was one already is written down',
    'if p_session_id is null or v_ended > 0 then',
    'if true then',
  ),
  sessions(
    'sessions go only when they would have run out, too',
    'least(session.ended_at, session.expires_at, session.idle_until) < v_before',
    'greatest(session.ended_at, session.expires_at, session.idle_until) < v_before',
  ),
]

const TOKENS: readonly Mutant[] = [
  tokens(
    'a token that was taken back refreshes',
    ' or v_pair.revoked_at is not null then',
    ' then',
  ),
  tokens(
    'a used token gives the next one for ever',
    '\n    and v_pair.used_at + rowlock.refresh_grace() >= v_now;',
    ';',
  ),
  tokens(
    'a used token gives the next one though somebody has gone on',
    '    and pair.used_at is null\n',
    '',
  ),
  tokens(
    'a used token gives the next one though that was taken back',
    '    and pair.revoked_at is null\n',
    '',
  ),
  tokens(
    'nobody knows that a pair was handed out twice',
    'set replayed_at = coalesce(pair.replayed_at, v_now)',
    'set replayed_at = pair.replayed_at',
  ),
  tokens(
    'a stolen token ends nothing',
    'set ended_at = v_now\n',
    'set ended_at = session.ended_at\n',
  ),
  tokens('a stolen token is not written down', "'refresh_reused',", "'refreshSession',"),
  tokens(
    'whoever goes on is idle',
    'set idle_until = v_now + rowlock.idle_life()',
    'set idle_until = session.idle_until',
  ),
  tokens('two refresh at once', '  )\n  for update;\n  -- The clock', '  );\n  -- The clock'),
  tokens(
    'who is disabled refreshes',
    'where known.user_id = v_session.user_id\n        and known.disabled_at is null\n',
    'where known.user_id = v_session.user_id\n',
  ),
  tokens('an access token works for ever', '        and pair.access_until > v_now\n', ''),
  tokens(
    'an access token outlives its session',
    '        and rowlock.is_live(session, v_now)\n',
    '',
  ),
  tokens(
    'who is disabled goes on',
    '        and rowlock.is_live(session, v_now)\n        and known.disabled_at is null\n',
    '        and rowlock.is_live(session, v_now)\n',
  ),
  tokens(
    'servers remember an access token until its session ends',
    'rowlock.ms(least(pair.access_until, session.expires_at))',
    'rowlock.ms(session.expires_at)',
  ),
  tokens(
    'servers remember an access token longer than its session',
    'rowlock.ms(least(pair.access_until, session.expires_at))',
    'rowlock.ms(pair.access_until)',
  ),
]

const FACTORS: readonly Mutant[] = [
  factors(
    'a code works twice',
    "factor.last_step < (p_proof ->> 'step')::bigint",
    "factor.last_step <= (p_proof ->> 'step')::bigint",
  ),
  factors(
    'a recovery code works twice',
    "'hex')\n    and recovery.used_at is null;\n  return found;",
    "'hex');\n  return found;",
  ),
  factors(
    'a recovery code works for anybody',
    'where recovery.user_id = p_user_id\n    and recovery.hash',
    'where recovery.hash',
  ),
  factors(
    'an app counts before it is confirmed',
    'where factor.user_id = p_user_id\n      and factor.confirmed_at is not null\n  )\n$$;',
    'where factor.user_id = p_user_id\n  )\n$$;',
  ),
  factors(
    'an app is begun without a proof',
    `  if not rowlock.use_second_factor(p_user_id, p_proof) then
    return '{"code": "credentials_wrong"}';
  end if;
  insert`,
    '  insert',
  ),
  factors(
    'an app replaces another one',
    `  if v_factor.confirmed_at is not null then
    return '{"code": "second_factor_exists"}';
  end if;
  if v_factor.secret = p_secret`,
    '  if v_factor.secret = p_secret',
  ),
  factors(
    'an app that was replaced meanwhile counts',
    'if v_factor.secret is distinct from p_secret then',
    'if false then',
  ),
  factors(
    'recovery codes of before go on',
    `  delete from rowlock.recovery_codes as known
  where known.user_id = p_user_id;
  insert`,
    '  insert',
  ),
  factors(
    'passkeys stay where an operator takes everything away',
    `  delete from rowlock.passkeys as passkey
  where passkey.user_id = p_user_id;
`,
    '',
  ),
  factors(
    'an app is taken away without a proof',
    `    if not rowlock.use_second_factor(p_user_id, p_proof) then
      return '{"code": "credentials_wrong"}';
    end if;
`,
    '',
  ),
  factors('a link that was used tells of factors', '    and link.used_at is null\n', ''),
  factors(
    'a link that has ended tells of factors',
    '\n    and link.expires_at > rowlock.clock()\n',
    '\n',
  ),
]

/** Mistakes in which sessions, tokens and second factors count. */
export const SESSIONS: readonly Mutant[] = [
  ...foundBy(['auth/sessions'], LIFE),
  ...foundBy(
    [
      'auth/session-rules',
      'auth/sessions',
      'auth/stolen-sessions',
      'auth/users',
      'auth/second-factor',
      'auth/second-factor-races',
      'auth/tokens',
    ],
    [...BEGINNINGS, ...ENDS, ...TOKENS],
  ),
  ...foundBy(
    ['auth/factor-rules', 'auth/second-factor', 'auth/second-factor-races', 'auth/passkey-rules'],
    FACTORS,
  ),
]
