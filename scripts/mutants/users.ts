import { foundBy, type Mutant, mutant } from './mutant.ts'

const users = (name: string, find: string, replace: string): Mutant =>
  mutant('people_users', name, find, replace)

const WHO = `(v_new.role, v_new.disabled_at, v_new.email_key)
    is distinct from (v_old.role, v_old.disabled_at, v_old.email_key)`

const CHANGES: readonly Mutant[] = [
  users(
    'another e-mail takes no second factor',
    `is taken.
    if p_proof is not null and not rowlock.use_second_factor(p_user_id, p_proof) then`,
    `is taken.
    if false then`,
  ),
  users(
    'another password takes no second factor',
    `    end if;
    if p_proof is not null and not rowlock.use_second_factor(p_user_id, p_proof) then`,
    `    end if;
    if false then`,
  ),
  users(
    'whoever registers has a proven e-mail',
    "case when (p_user ->> 'verified')::boolean then v_now end",
    'v_now',
  ),
  users('a session ends itself', '      and session.session_id is distinct from p_but\n', ''),
  users(
    'sessions that had run out are counted',
    '\n  where ended.expires_at > v_now\n    and ended.idle_until > v_now;',
    ';',
  ),
  users(
    'another role leaves the sessions of before',
    'if v_new.role <> v_old.role or (v_new.disabled_at',
    'if (v_new.disabled_at',
  ),
  users(
    'a link to a former e-mail works',
    WHO,
    '(v_new.role, v_new.disabled_at) is distinct from (v_old.role, v_old.disabled_at)',
  ),
  users(
    'a link from before a role works',
    WHO,
    '(v_new.disabled_at, v_new.email_key) is distinct from (v_old.disabled_at, v_old.email_key)',
  ),
  users(
    'a link from before being disabled works',
    WHO,
    '(v_new.role, v_new.email_key) is distinct from (v_old.role, v_old.email_key)',
  ),
  users(
    'whoever registered an e-mail first keeps it with a role',
    'v_old.password_hash is not null and v_new.email_verified_at is null;',
    'false;',
  ),
  users(
    'whoever gets a role loses their password',
    'v_old.password_hash is not null and v_new.email_verified_at is null;',
    'v_old.password_hash is not null;',
  ),
  users(
    'the factor of a stranger stays with their e-mail',
    '    perform rowlock.remove_second_factor(p_user_id);\n    insert',
    '    insert',
  ),
  users(
    'what people say of themselves is proven',
    "case when p_action = 'changeUser' then p_now end",
    'p_now',
  ),
  users(
    'who is disabled is disabled anew',
    "when (p_changes ->> 'disabled')::boolean then coalesce(p_user.disabled_at, p_now)",
    "when (p_changes ->> 'disabled')::boolean then p_now",
  ),
]

const OPERATORS: readonly Mutant[] = [
  users(
    'two operators demote each other at once',
    "  perform from rowlock.locks as known where known.name = 'operators' for update;\n",
    '',
  ),
  users(
    'an operator who is disabled is one who stays',
    '        and other.disabled_at is null\n',
    '',
  ),
  users(
    'the one who goes is one who stays',
    '\n        and other.user_id <> p_old.user_id\n',
    '\n',
  ),
  users(
    'the last operator may be disabled',
    "(p_new.role <> 'operator' or p_new.disabled_at is not null)",
    "p_new.role <> 'operator'",
  ),
]

const PASSWORDS: readonly Mutant[] = [
  users(
    'whoever was slower replaces the new password',
    'if v_hash is distinct from p_old_hash then',
    'if false then',
  ),
  users(
    'other sessions outlive a password',
    'v_ended := rowlock.end_sessions(p_user_id, p_session_id);',
    'v_ended := 0;',
  ),
  users(
    'links outlive a password',
    '    perform rowlock.drop_links(p_user_id);\n    update rowlock.refresh_tokens',
    '    update rowlock.refresh_tokens',
  ),
  users(
    'whoever stole a refresh token goes on with it',
    'set revoked_at = v_now,',
    'set revoked_at = pair.revoked_at,',
  ),
  users(
    'other access tokens of the session go on',
    'when pair.access_hash = p_access_hash and pair.replayed_at is null',
    'when pair.replayed_at is null',
  ),
  users(
    'an access token that was handed out twice goes on',
    'when pair.access_hash = p_access_hash and pair.replayed_at is null',
    'when pair.access_hash = p_access_hash',
  ),
  users(
    'a user who is disabled changes their password',
    '    and known.disabled_at is null\n  for update;',
    '  for update;',
  ),
]

const LISTS: readonly Mutant[] = [
  users(
    'a page begins with the last of the one before',
    'known.user_id > p_after)',
    'known.user_id >= p_after)',
  ),
  users(
    'any e-mail will do',
    '\n      and (p_email_key is null or known.email_key = p_email_key)\n',
    '\n',
  ),
  users('any role will do', '\n      and (p_role is null or known.role = p_role)\n', '\n'),
]

/** Mistakes in who people are, and in what another role, e-mail or password ends. */
export const USERS: readonly Mutant[] = foundBy(
  [
    'auth/session-rules',
    'auth/users',
    'auth/people-claims',
    'auth/stolen-sessions',
    'auth/sessions',
    'auth/second-factor',
    'security/at-once',
  ],
  [...CHANGES, ...OPERATORS, ...PASSWORDS, ...LISTS],
)
