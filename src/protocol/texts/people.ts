import type { FieldTexts } from './shared.ts'

const PROOF = 'What a passkey signed, if you have one: see `createPasskeyChallenge`.'

/** Users, sessions, API keys and the audit log. */
export const PEOPLE: FieldTexts = {
  CreateUserBody: {
    name: 'The name of the person.',
    email: 'The address to sign in with. One user has it, without regard to case.',
    phone: 'Telephone number.',
  },
  ChangeUserBody: {
    name: 'The new name of the person.',
    email: 'The new address to sign in with.',
    disabled: 'Whether the user is kept from signing in. True ends all sessions of the user.',
  },
  ChangeMeBody: {
    name: 'Your new name.',
    email: 'Your new address to sign in with.',
    passkey: PROOF,
  },
  ChangePasswordBody: {
    current: 'Your current password. Leave it out if you have none.',
    password: 'The new one.',
    passkey: PROOF,
  },
  User: {
    id: 'The id of the user: `user_` and 32 hexadecimal digits.',
    name: 'The name of the person.',
    email: 'The address to sign in with. Null if there are only sign-in links.',
    hasPassword: 'Whether there is a password to sign in with.',
    disabledAt: 'When the user was disabled, in UTC. Null while the user is not.',
  },
  ListUsersQuery: {
    email: 'Only the user with this address, without regard to case.',
    role: 'Only users with this role.',
  },
  SignInLink: {
    user: 'The id of the user whom it signs in.',
    token: 'Signs in once: pass it as `link` to `createSession`.',
    path: "Append it to the dashboard's address to make the link.",
    expiresAt: 'When the link stops working, in UTC.',
  },
  CreateSessionBody: {
    email: 'The address of the user, with `password`.',
    password: 'The password of the user.',
    link: 'The token of a sign-in link, instead of e-mail and password.',
    passkey: `${PROOF} It may stand alone, without e-mail, password or link.`,
    cookies: 'Send the tokens as cookies that no script can read, not in the answer.',
  },
  RefreshSessionBody: { refreshToken: 'The newest one. By default, that of the cookie.' },
  Session: {
    id: 'The id of the session: `session_` and 32 hexadecimal digits.',
    user: 'Who is signed in.',
    expiresAt: 'When the session ends at the latest, in UTC. A week without use ends it, too.',
    accessToken: 'Send it as `Authorization: Bearer …`. Null if cookies carry it.',
    accessSeconds: 'How long the access token works, in seconds.',
  },
  ChangedPassword: { session: 'This session, with new tokens.' },
  ActiveSession: {
    id: 'The id of the session: `session_` and 32 hexadecimal digits.',
    beganBy: 'What it was signed in with.',
    expiresAt: 'When the session ends at the latest, in UTC. A week without use ends it, too.',
  },
  BeginSecondFactorBody: { password: 'Your password, once more.', passkey: PROOF },
  ConfirmSecondFactorBody: { code: 'A code that the authenticator app shows.' },
  RecoveryCodes: {
    recoveryCodes: 'Each signs you in once instead of a code. You see them only now.',
  },
  RemoveSecondFactorBody: { password: 'Your password, once more.', passkey: PROOF },
  BeginPasskeyBody: { password: 'Your password, once more.', passkey: PROOF },
  ConfirmPasskeyBody: { credential: 'What `navigator.credentials.create()` gave.' },
  NewPasskey: { passkey: 'The new passkey.' },
  RemovePasskeyBody: { password: 'Your password, once more.', passkey: PROOF },
  ApiKey: {
    id: 'The id of the key: `key_` and 32 hexadecimal digits.',
    name: 'What the key is called in lists.',
    prefix: 'The visible beginning of its newest secret.',
    secrets: 'The secrets that work.',
    'secrets.prefix': 'The visible beginning of the secret.',
    'secrets.expiresAt': 'When the secret stops working, in UTC. Null: with the key.',
    createdBy: 'Who created it: `user_…`, or `operator` for the operator key.',
    expiresAt: 'When the key stops working, in UTC. Null: never by itself.',
    revokedAt: 'When it was revoked, in UTC. Null while it was not.',
  },
  ApiKeyWithSecret: { secret: 'What authenticates. You see it only now: we keep only its hash.' },
  CreateApiKeyBody: {
    name: 'What to call the key in lists.',
    shows: 'Keys of the only shows it is for. All shows by default.',
    expiresAt: 'When it stops working. Never, by default.',
  },
  ChangeApiKeyBody: { name: 'What to call the key from now on.' },
  Me: {
    role: 'The role of the caller.',
    user: 'The user whose session it is. Null for everyone else.',
    key: 'The API key that asks. Null for everyone else.',
    session: 'The session that asks. Null without one.',
    'session.id': 'The id of the session: `session_` and 32 hexadecimal digits.',
    'session.expiresAt':
      'When the session ends at the latest, in UTC. A week without use ends it, too.',
  },
  AuditEntry: {
    id: 'The number of the entry. Later entries have higher ones.',
    at: 'When it happened, in UTC.',
    action: 'The name of the operation, or of what the service did by itself.',
    requestId: 'Finds the request in the log. Null if the service acted by itself.',
    details: 'Details that depend on the action. Null if there are none.',
  },
  ListAuditQuery: {
    actor: 'Only what this caller did, as `actor` names it.',
    action: 'Only acts with this name.',
  },
}
