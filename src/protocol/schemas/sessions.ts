import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { credential, User } from './people.ts'
import { proof } from './second-factor.ts'
import { ids, listOf, text } from './text.ts'

/**
 * E-mail and password, the token of a link, or a passkey alone. With `cookies` no token is in the
 * answer.
 */
export const CreateSessionBody = z
  .strictObject({
    email: text(LIMITS.emailLengthMax).optional(),
    password: credential.optional(),
    link: credential.optional(),
    ...proof,
    cookies: z.boolean().optional(),
  })
  .refine(
    ({ email, password, link, passkey }) => {
      if (link !== undefined) return email === undefined && password === undefined
      if (email === undefined && password === undefined) return passkey !== undefined
      return email !== undefined && password !== undefined
    },
    { message: 'must have either email and password, or link, or passkey alone' },
  )
export type CreateSessionBody = z.infer<typeof CreateSessionBody>

/** Without a token the cookie counts. */
export const RefreshSessionBody = z.strictObject({ refreshToken: credential.optional() })
export type RefreshSessionBody = z.infer<typeof RefreshSessionBody>

/** For operations that need to be told nothing. */
export const EmptyBody = z.strictObject({})
export type EmptyBody = z.infer<typeof EmptyBody>

/** Both tokens are null where they travel as cookies. `accessSeconds`: life of the access token. */
export const Session = z
  .strictObject({
    id: ids.session,
    user: User,
    expiresAt: z.string(),
    accessToken: z.string().nullable(),
    accessSeconds: z.int(),
    refreshToken: z
      .string()
      .nullable()
      .describe('Renews the session, once, and gives the next. Null if cookies carry it.'),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

/** Number of sessions that ended. */
export const EndedSessions = z.strictObject({ ended: z.int() }).meta({ id: 'EndedSessions' })
export type EndedSessions = z.infer<typeof EndedSessions>

/** The other sessions have ended; this one goes on with these tokens, or with new cookies. */
export const ChangedPassword = z
  .strictObject({ ended: z.int(), session: Session })
  .meta({ id: 'ChangedPassword' })
export type ChangedPassword = z.infer<typeof ChangedPassword>

/** Device on which a user is signed in. */
export const ActiveSession = z
  .strictObject({
    id: ids.session,
    current: z.boolean().describe('Whether it is the one that asks.'),
    agent: z.string().nullable().describe('The `User-Agent` that signed in.'),
    beganBy: z.enum(['password', 'link', 'passkey']),
    createdAt: z.string(),
    usedAt: z.string().describe('When it was renewed last, in UTC.'),
    expiresAt: z.string(),
  })
  .meta({ id: 'ActiveSession' })
export type ActiveSession = z.infer<typeof ActiveSession>

/** The live sessions of one person, the one that was used last first. */
export const SessionList = listOf(ActiveSession).meta({ id: 'SessionList' })
export type SessionList = z.infer<typeof SessionList>
