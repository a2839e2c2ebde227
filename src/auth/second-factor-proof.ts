import { Secret, TOTP } from 'otpauth'
import { type PasskeyAssertion, Refusal, type SecondFactorKind } from '../protocol/index.ts'
import { type AccessAnswer, type AccessContext, requireDone } from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { attemptSignIn } from './attempts.ts'
import { type PasskeyProof, provePasskey } from './passkey-proof.ts'
import { recoveryHashOf } from './recovery-codes.ts'

/** The codes of an app as the database has them. */
export interface Factor {
  /** Hexadecimal. */
  readonly secret: string
  readonly isConfirmed: boolean
  /** The database's time, in milliseconds since 1970. */
  readonly now: number
}

/** Second factors of a user, one of which they have to prove. */
export interface Factors {
  readonly secondFactor: Factor | null
  readonly hasPasskeys: boolean
}

/** Proof that the database uses up: the step of a code, a recovery code's hash, or a passkey. */
export type Proof =
  | { readonly step: number }
  | { readonly recoveryHash: string }
  | { readonly passkey: PasskeyProof }

/** Code or passkey that somebody sends to prove their second factor. */
export interface SentProof {
  readonly code?: string | undefined
  readonly passkey?: PasskeyAssertion | undefined
}

const PERIOD_SECONDS = 30
/** Steps before and after the present one, for clocks that are a little off (RFC 6238, 5.2). */
const WINDOW = 1
const CODE = /^\d{6}$/

/** Makes the parameters with which an authenticator is set up. */
export function totpOf(secret: Buffer, label: string): TOTP {
  return new TOTP({
    issuer: 'Rowlock',
    label,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
    period: PERIOD_SECONDS,
  })
}

/** The step of a code that is right just now, or null. */
export function stepOf({ secret, now: timestamp }: Factor, code: string): number | null {
  if (!CODE.test(code)) return null
  const totp = totpOf(Buffer.from(secret, 'hex'), '')
  const delta = totp.validate({ token: code, timestamp, window: WINDOW })
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta
}

/** Names the second factors of somebody who has these. */
function kindsOf({ secondFactor, hasPasskeys }: Factors): SecondFactorKind[] {
  return [
    ...(secondFactor?.isConfirmed ? (['app'] as const) : []),
    ...(hasPasskeys ? (['passkey'] as const) : []),
  ]
}

/**
 * Takes the proof of the second factor, for the database to use up: null where there is none to
 * prove. Refusals: `second_factor_required` where no proof was sent, `passkeys_unavailable`.
 */
export async function proveFactor(
  context: AccessContext,
  request: AccessRequest,
  owned: Factors | null,
  { code, passkey }: SentProof,
): Promise<Proof | null | 'wrong'> {
  const factors = owned === null ? [] : kindsOf(owned)
  if (owned === null || factors.length === 0) return null
  if (passkey !== undefined) {
    const proven = await provePasskey(context, request, passkey)
    return proven === null ? 'wrong' : { passkey: proven }
  }
  if (code === undefined) throw new Refusal('second_factor_required', { factors })
  if (!/^[\d\s]*$/.test(code)) return { recoveryHash: recoveryHashOf(code).toString('hex') }
  if (!owned.secondFactor?.isConfirmed) return 'wrong'
  const step = stepOf(owned.secondFactor, code.replace(/\s/g, ''))
  return step === null ? 'wrong' : { step }
}

/**
 * Does what takes a second factor of who asks, where they have one. Each try counts as one to sign
 * in. Refusals: those of `use`, `second_factor_required`, `credentials_wrong`, `rate_limited`,
 * `passkeys_unavailable`.
 */
export async function withProof<Done extends AccessAnswer>(
  context: AccessContext,
  request: AccessRequest,
  userId: string,
  owned: Factors,
  sent: SentProof,
  use: (proof: Proof | null) => Promise<Done>,
): Promise<Done> {
  if (kindsOf(owned).length === 0) return done(await use(null))
  const attempt = await attemptSignIn(context, request, userId)
  const prove = async () => {
    const proof = await proveFactor(context, request, owned, sent)
    return proof === 'wrong' ? null : use(proof)
  }
  const answer = await prove().catch(async (error) => {
    await attempt.forgive()
    throw error
  })
  if (answer === null || answer.code === 'credentials_wrong') {
    await attempt.fail()
    throw new Refusal('credentials_wrong', { detail: wrongProof(sent) })
  }
  await attempt.forgive()
  return done(answer)
}

function done<Done extends AccessAnswer>(answer: Done): Done {
  requireDone(answer)
  return answer
}

function wrongProof({ passkey }: SentProof): string {
  return passkey === undefined
    ? 'The code is wrong or was already used.'
    : 'The passkey is not yours, or its challenge has expired or was already used.'
}

/**
 * A proof as a function takes it that servers of the version before call without one: nothing to
 * prove is not the same as not asked, or a factor that was confirmed meanwhile would not count.
 */
export function toAsked(proof: Proof | null): string {
  return JSON.stringify(proof ?? {})
}

/** A proof as the database takes it. */
export function toJson(proof: Proof | null): string | null {
  return proof === null ? null : JSON.stringify(proof)
}
