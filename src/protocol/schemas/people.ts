import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { ids, instant, listOf, page, showKey, text } from './text.ts'

/** The roles that people have. An API key is a partner, and whoever sends nothing is anonymous. */
export const USER_ROLES = ['user', 'box_office', 'operator'] as const
export type UserRole = (typeof USER_ROLES)[number]

/** Everybody whom an answer can be for. */
export const ROLES = ['anonymous', 'user', 'partner', 'box_office', 'operator'] as const
export type Role = (typeof ROLES)[number]

/** Uses of an API key. */
export const SCOPES = ['sell', 'amend', 'block', 'journal', 'catalogue', 'webhooks'] as const
export type Scope = (typeof SCOPES)[number]

/** Kinds of second factors: codes of an app, and passkeys. */
export const SECOND_FACTORS = ['app', 'passkey'] as const
export type SecondFactorKind = (typeof SECOND_FACTORS)[number]

/** Name of a person or a key. */
export const properName = text(LIMITS.nameLengthMax).refine((value) => value.trim() !== '', {
  message: 'must not be blank',
})
/** An e-mail address. */
export const email = text(LIMITS.emailLengthMax).regex(/^[^\s@]+@[^\s@]+$/, {
  message: 'must be an e-mail address',
})
/** A telephone number. */
export const phone = text(LIMITS.phoneLengthMax).regex(/^[+0-9][0-9 ()./-]+$/, {
  message: 'must be a telephone number',
})
/** Text sent as a password, or as the token of a link. */
export const credential = text(LIMITS.credentialLengthMax)

/** A person. Only an operator may leave the password out or give another role than `user`. */
export const CreateUserBody = z.strictObject({
  name: properName,
  email,
  phone: phone.optional(),
  password: credential
    .optional()
    .describe(`${LIMITS.passwordLengthMin} to ${LIMITS.passwordLengthMax} characters.`),
  role: z.enum(USER_ROLES).optional(),
})
export type CreateUserBody = z.infer<typeof CreateUserBody>

/** Only what changes. Another role, and disabling, end the user's sessions. */
export const ChangeUserBody = z
  .strictObject({
    name: properName,
    email,
    phone: phone.nullable(),
    role: z.enum(USER_ROLES),
    disabled: z.boolean(),
  })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, { message: 'names nothing to change' })
export type ChangeUserBody = z.infer<typeof ChangeUserBody>

/** A person as answered. Without an e-mail, or a password, there are only sign-in links. */
export const User = z
  .strictObject({
    id: ids.user,
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    role: z.enum(USER_ROLES),
    hasPassword: z.boolean(),
    emailVerified: z
      .boolean()
      .describe('Whether one of the staff gave the address, or its owner came by a sign-in link.'),
    secondFactor: z.boolean().describe('Whether signing in takes a second factor as well.'),
    secondFactors: z
      .array(z.enum(SECOND_FACTORS))
      .describe('What can be the second factor: codes of an `app`, a `passkey`.'),
    createdAt: z.string(),
    disabledAt: z.string().nullable(),
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof User>

/** A page of users, in the order of their ids. */
export const UserList = listOf(User).meta({ id: 'UserList' })
export type UserList = z.infer<typeof UserList>

/** `email` finds one user, without case. */
export const ListUsersQuery = z.strictObject({
  ...page,
  email: text(LIMITS.emailLengthMax).optional(),
  role: z.enum(USER_ROLES).optional(),
})
export type ListUsersQuery = z.infer<typeof ListUsersQuery>

/** A link signs its user in once. `path` is what follows the address of the dashboard. */
export const SignInLink = z
  .strictObject({
    user: ids.user,
    token: z.string(),
    path: z.string(),
    expiresAt: z.string(),
  })
  .meta({ id: 'SignInLink' })
export type SignInLink = z.infer<typeof SignInLink>

/** A user after a change. */
export const ChangedUser = User.extend({
  signInLink: SignInLink.nullable().describe(
    'Created if you gave a role to an unverified e-mail address, which cleared the password.',
  ),
}).meta({ id: 'ChangedUser' })
export type ChangedUser = z.infer<typeof ChangedUser>

/** A key of a partner system. `prefix` is the visible beginning of its newest secret. */
export const ApiKey = z
  .strictObject({
    id: ids.key,
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    shows: z.array(z.string()).nullable().describe('The only shows it is for; null: all.'),
    secrets: z.array(
      z.strictObject({
        prefix: z.string(),
        createdAt: z.string(),
        expiresAt: z.string().nullable(),
      }),
    ),
    createdAt: z.string(),
    createdBy: z.string(),
    expiresAt: z.string().nullable(),
    lastUsedAt: z
      .string()
      .nullable()
      .describe('When it was used last, to the minute, in UTC. Null: never.'),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof ApiKey>

/** `secret` is shown this once: we keep only its hash. */
export const ApiKeyWithSecret = ApiKey.extend({ secret: z.string() }).meta({
  id: 'ApiKeyWithSecret',
})
export type ApiKeyWithSecret = z.infer<typeof ApiKeyWithSecret>

/** A page of API keys, in the order of their ids. */
export const ApiKeyList = listOf(ApiKey).meta({ id: 'ApiKeyList' })
export type ApiKeyList = z.infer<typeof ApiKeyList>

/** API keys have no filters, only pages. */
export const ListApiKeysQuery = z.strictObject(page)
export type ListApiKeysQuery = z.infer<typeof ListApiKeysQuery>

/** Without `shows` the key is for all of them. */
export const CreateApiKeyBody = z.strictObject({
  name: properName,
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .max(SCOPES.length)
    .refine((scopes) => new Set(scopes).size === scopes.length, { message: 'names one twice' }),
  shows: z.array(showKey).min(1).max(LIMITS.showsPerKeyMax).optional(),
  expiresAt: instant.optional(),
})
export type CreateApiKeyBody = z.infer<typeof CreateApiKeyBody>

/** The name of a key. What it may do cannot change: whoever needs more gets another key. */
export const ChangeApiKeyBody = z.strictObject({ name: properName })
export type ChangeApiKeyBody = z.infer<typeof ChangeApiKeyBody>

/** Seconds for which the secrets that there are go on working beside the new one. */
export const RotateApiKeyBody = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(LIMITS.overlapSecondsMax)
    .default(LIMITS.overlapSecondsDefault),
})
export type RotateApiKeyBody = z.infer<typeof RotateApiKeyBody>

/** The caller: a person with a session, a key, or the operator key (then all are null). */
export const Me = z
  .strictObject({
    role: z.enum(ROLES),
    actor: z.string().describe('As the journal names the caller.'),
    user: User.nullable(),
    key: ApiKey.nullable(),
    session: z.strictObject({ id: ids.session, expiresAt: z.string() }).nullable(),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

/** One administrative act. `action` is the operation's name, or what the service did by itself. */
export const AuditEntry = z
  .strictObject({
    id: z.int(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    subject: z.string().nullable().describe('The user, key or venue it is about.'),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>

/** A page of administrative acts, newest first. */
export const AuditLog = listOf(AuditEntry).meta({ id: 'AuditLog' })
export type AuditLog = z.infer<typeof AuditLog>

/** Both filters are exact. */
export const ListAuditQuery = z.strictObject({
  ...page,
  actor: text(200).optional(),
  action: text(100).optional(),
})
export type ListAuditQuery = z.infer<typeof ListAuditQuery>
