import { hash } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { Refusal } from '../protocol/index.ts'

/** A second factor as the database has it. */
export interface Factor {
  /** Hexadecimal. */
  readonly secret: string
  readonly isConfirmed: boolean
  /** The database's time, in milliseconds since 1970. */
  readonly now: number
}

/** Proof that the database uses up: the step of a code, or a recovery code by its hash. */
export type Proof = { readonly step: number } | { readonly recoveryHash: string }

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

/** Case, blanks and hyphens of a recovery code are for people. */
export function recoveryHashOf(code: string): Buffer {
  return hash('sha256', code.toUpperCase().replace(/[\s-]/g, ''), 'buffer')
}

/**
 * Takes the proof of the second factor, for the database to use up: null where there is none to
 * prove. Refusal: `second_factor_required` where no code was sent.
 */
export function proveFactor(
  factor: Factor | null,
  code: string | undefined,
): Proof | null | 'wrong' {
  if (factor === null || !factor.isConfirmed) return null
  if (code === undefined) throw new Refusal('second_factor_required')
  if (!/^[\d\s]*$/.test(code)) return { recoveryHash: recoveryHashOf(code).toString('hex') }
  const step = stepOf(factor, code.replace(/\s/g, ''))
  return step === null ? 'wrong' : { step }
}
