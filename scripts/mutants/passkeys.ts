import { foundBy, type Mutant, mutant } from './mutant.ts'

/** Tests that find them, the quickest first: they ask SQL without a server in between. */
const TESTS = [
  'auth/passkey-rules',
  'auth/second-factor-races',
  'auth/passkey-sign-in',
  'auth/passkeys',
]

const passkeys = (name: string, find: string, replace: string): Mutant =>
  mutant('people_passkeys', name, find, replace)

const PROOF = 'if not rowlock.use_second_factor(p_user_id, p_proof) then'
const LIMIT = 'if rowlock.count_passkeys(p_user_id) >= rowlock.passkeys_max() then'

const CHALLENGES: readonly Mutant[] = [
  passkeys('a challenge never ends', '    and known.expires_at > rowlock.clock();\n', ';\n'),
  passkeys('a challenge lives an hour', "select interval '5 minutes'", "select interval '1 hour'"),
  passkeys(
    'a challenge is good in every session',
    '    and known.session_id is not distinct from p_session_id\n',
    '',
  ),
  passkeys(
    'a challenge is good more than once',
    '  delete from rowlock.passkey_challenges as known\n  where known.hash = p_hash\n',
    '  perform from rowlock.passkey_challenges as known\n  where known.hash = p_hash\n',
  ),
  passkeys('challenges that have ended pile up', 'where ended.expires_at <= v_now', 'where false'),
  passkeys(
    'challenges of others are swept away',
    'where ended.expires_at <= v_now',
    'where ended.hash <> p_hash',
  ),
]

const USES: readonly Mutant[] = [
  passkeys(
    'a passkey proves its owner without a challenge',
    "if not rowlock.use_challenge(decode(p_passkey ->> 'challengeHash', 'hex'), null) then",
    'if false then',
  ),
  passkeys(
    'a passkey proves everybody',
    "'credentialId', 'hex')\n    and passkey.user_id = p_user_id\n",
    "'credentialId', 'hex')\n",
  ),
  passkeys(
    'a counter may stand still',
    'if v_counter <= v_passkey.counter and',
    'if v_counter < v_passkey.counter and',
  ),
  passkeys(
    'a counter may go back',
    'if v_counter <= v_passkey.counter and',
    'if v_counter = v_passkey.counter and',
  ),
  passkeys(
    'a counter may begin again',
    '(v_counter > 0 or v_passkey.counter > 0)',
    'v_counter > 0',
  ),
  passkeys(
    'a passkey that counts nothing works once',
    ' and (v_counter > 0 or v_passkey.counter > 0) then',
    ' then',
  ),
  passkeys('a counter is not kept', 'set counter = v_counter,', 'set counter = counter,'),
  passkeys('a use is not kept', '      used_at = rowlock.clock()\n', '      used_at = used_at\n'),
  passkeys(
    'a copy is not written down',
    "    perform rowlock.note_act(\n      rowlock.public_id('user', p_user_id), null,",
    "    perform jsonb_build_array(\n      rowlock.public_id('user', p_user_id), null,",
  ),
]

const BEGINNINGS: readonly Mutant[] = [
  passkeys(
    'whoever knows the password brings a passkey of their own',
    `${PROOF}\n    return '{"code": "credentials_wrong"}';\n  end if;\n  ${LIMIT}`,
    LIMIT,
  ),
  passkeys(
    'more than ten may be begun',
    `return '{"code": "credentials_wrong"}';\n  end if;\n  ${LIMIT}`,
    `return '{"code": "credentials_wrong"}';\n  end if;\n  if false then`,
  ),
  passkeys(
    'to begin again takes a second proof',
    'if exists (select from rowlock.passkey_challenges as known where known.hash = p_hash) then',
    'if false then',
  ),
  passkeys(
    'a passkey is begun while the first is confirmed',
    '  perform rowlock.lock_user(p_user_id);\n  if exists (',
    '  if exists (',
  ),
  passkeys(
    'anybody confirms what this session began',
    'perform rowlock.add_challenge(p_hash, p_session_id);',
    'perform rowlock.add_challenge(p_hash, null);',
  ),
]

const CONFIRMATIONS: readonly Mutant[] = [
  passkeys(
    'a passkey counts without its challenge',
    'if not rowlock.use_challenge(v_hash, p_session_id) then',
    'if false then',
  ),
  passkeys(
    'more than ten are kept',
    `return '{"code": "passkey_invalid"}';\n  end if;\n  ${LIMIT}`,
    `return '{"code": "passkey_invalid"}';\n  end if;\n  if false then`,
  ),
  passkeys(
    'two are confirmed at once',
    '  perform rowlock.lock_user(p_user_id);\n  v_now := rowlock.clock();\n',
    '  v_now := rowlock.clock();\n',
  ),
  passkeys(
    'sessions without a second factor live on',
    'v_is_first := not rowlock.has_second_factor(p_user_id);',
    'v_is_first := false;',
  ),
  passkeys(
    'every new passkey ends all other sessions',
    'v_is_first := not rowlock.has_second_factor(p_user_id);',
    'v_is_first := true;',
  ),
  passkeys(
    'the first passkey is the first second factor',
    'v_is_first := not rowlock.has_second_factor(p_user_id);',
    'v_is_first := not rowlock.has_passkeys(p_user_id);',
  ),
  passkeys(
    'the session that confirmed ends, too',
    'v_ended := rowlock.end_sessions(p_user_id, p_session_id);',
    'v_ended := rowlock.end_sessions(p_user_id, null);',
  ),
  passkeys(
    'links from before the first factor work',
    '    perform rowlock.drop_links(p_user_id);\n',
    '',
  ),
  passkeys(
    'every new passkey replaces the recovery codes',
    '  v_has_codes := not exists (\n',
    '  v_has_codes := true or not exists (\n',
  ),
  passkeys(
    'used recovery codes are as good as new ones',
    '      and recovery.used_at is null\n  );',
    '  );',
  ),
  passkeys(
    'what was added is not written down',
    "p_actor, p_trace, 'confirmPasskey',",
    "p_actor, p_trace, 'beginPasskey',",
  ),
]

const REPEATS: readonly Mutant[] = [
  passkeys('a passkey belongs to whoever sends it', 'p_known.user_id <> p_user_id or ', ''),
  passkeys(
    'whoever has the passkey gets recovery codes',
    ' or p_known.challenge_hash <> p_hash\n',
    '\n',
  ),
  passkeys('a passkey in use gives new recovery codes', '    or p_known.used_at is not null\n', ''),
  passkeys(
    'a lost answer is told for ever',
    '    or p_known.created_at <= p_now - rowlock.challenge_life()\n',
    '',
  ),
  passkeys(
    'a lost answer replaces codes from before the passkey',
    'coalesce(bool_and(recovery.created_at = p_known.created_at), false)',
    'true',
  ),
  passkeys(
    'a lost answer replaces codes of which one was used',
    'coalesce(bool_and(recovery.used_at is null), false)',
    'true',
  ),
  passkeys(
    'a lost answer tells codes that nobody kept',
    '    perform rowlock.keep_recovery_codes(p_user_id, p_recovery_hashes, p_known.created_at);',
    '    null;',
  ),
]

const ENDS: readonly Mutant[] = [
  passkeys(
    'anybody removes a passkey whose id they know',
    'where passkey.passkey_id = p_passkey_id\n    and passkey.user_id = p_user_id;',
    'where passkey.passkey_id = p_passkey_id;',
  ),
  passkeys(
    'a passkey is removed without a proof',
    `${PROOF}\n    return '{"code": "credentials_wrong"}';\n  end if;\n  delete`,
    'delete',
  ),
  passkeys(
    'two are removed at once',
    '  perform rowlock.lock_user(p_user_id);\n  select passkey.* into v_passkey\n',
    '  select passkey.* into v_passkey\n',
  ),
  passkeys(
    'recovery codes outlive the last factor',
    '  perform rowlock.drop_idle_recovery_codes(p_user_id);\n',
    '',
  ),
  passkeys(
    'what was removed is not written down',
    "p_actor, p_trace, 'removePasskey',",
    "p_actor, p_trace, 'beginPasskey',",
  ),
]

const SIGN_INS: readonly Mutant[] = [
  passkeys(
    'who holds a passkey need not be checked',
    "    or (p_proof -> 'passkey' ->> 'isVerified')::boolean is not true\n",
    '',
  ),
  passkeys('who is disabled signs in', 'where known.disabled_at is null\n    and', 'where'),
  passkeys(
    'a passkey signs in without being used up',
    "or rowlock.use_passkey(v_user.user_id, p_proof -> 'passkey')",
    'or true',
  ),
  passkeys(
    'a lost answer of a sign-in is not told again',
    'rowlock.is_begun(v_user.user_id, p_begin)\n',
    'false\n',
  ),
  passkeys(
    'a passkey alone signs in as with a password',
    "begin_session(v_user, 'passkey', p_trace, p_begin)",
    "begin_session(v_user, 'password', p_trace, p_begin)",
  ),
]

const RACES: readonly Mutant[] = [
  mutant(
    'people_second_factor',
    'confirming a factor locks nobody',
    'where known.user_id = p_user_id for update\n',
    'where known.user_id = p_user_id\n',
  ),
  mutant(
    'people_second_factor',
    'sessions from before the app live on',
    '  if not rowlock.has_second_factor(p_user_id) then\n    v_ended :=',
    '  if false then\n    v_ended :=',
  ),
]

/** Mistakes in what makes a passkey a second factor. */
export const PASSKEYS: readonly Mutant[] = foundBy(TESTS, [
  ...CHALLENGES,
  ...USES,
  ...BEGINNINGS,
  ...CONFIRMATIONS,
  ...REPEATS,
  ...ENDS,
  ...SIGN_INS,
  ...RACES,
])
