import { randomBytes } from 'node:crypto'
import { type PasskeyAssertion, type PasskeyAttestation, Refusal } from '../protocol/index.ts'
import { type AccessContext, ask } from './access-context.ts'
import type { AccessRequest, PasskeySite } from './access-request.ts'
import { hashOf } from './secret-tokens.ts'

/** Proof by a passkey, for the database to use up. Bytes are hexadecimal. */
export interface PasskeyProof {
  readonly credentialId: string
  readonly challengeHash: string
  readonly counter: number
  /** True where it has checked who is there, by PIN, fingerprint or face. */
  readonly isVerified: boolean
}

/** A passkey that a browser has made, as the database keeps it. Bytes are hexadecimal. */
export interface MadePasskey {
  readonly credentialId: string
  readonly publicKey: string
  readonly challengeHash: string
  readonly counter: number
  readonly host: string
  readonly isSynced: boolean
}

const CHALLENGE_BYTES = 32
/** ES256, EdDSA and RS256: what authenticators have. */
export const ALGORITHMS = [-7, -8, -257]
const PUBLIC_KEY = 'public-key'

/** Parts that are the same in all that browsers send. */
const sent = (id: string) =>
  ({ id, rawId: id, type: PUBLIC_KEY, clientExtensionResults: {} }) as const

/** 256 random bits, in base64url. */
export function newChallenge(): string {
  return randomBytes(CHALLENGE_BYTES).toString('base64url')
}

/** Site of the page that asks. Refusal: `passkeys_unavailable`. */
export function siteOf({ site }: AccessRequest): PasskeySite {
  if (site === undefined) throw new Refusal('passkeys_unavailable')
  return site()
}

/**
 * The library has 25 packages that only passkeys need: 27 MB and 180 ms, which nobody pays for
 * whose people have none.
 */
function load() {
  return import('@simplewebauthn/server')
}

/**
 * Checks what a passkey has signed, but for what the database decides: whether the challenge is
 * good, whose passkey it is, and whether its counter went up. Null where something is wrong.
 * Refusal: `passkeys_unavailable`.
 */
export async function provePasskey(
  context: AccessContext,
  request: AccessRequest,
  { id, response }: PasskeyAssertion,
): Promise<PasskeyProof | null> {
  const { host, origins } = siteOf(request)
  const credentialId = Buffer.from(id, 'base64url')
  const stored = await ask<{ userId: string; publicKey: string }>(context, 'passkey_of', [
    credentialId,
  ])
  if (stored === null) return null
  const { userHandle, ...signed } = response
  if (userHandle && userHandle !== userHandleOf(stored.userId)) return null
  const { verifyAuthenticationResponse } = await load()
  const seen = seesChallenge()
  const verify = verifyAuthenticationResponse({
    response: { ...sent(id), response: signed },
    expectedChallenge: seen.take,
    expectedOrigin: [...origins],
    expectedRPID: host,
    requireUserVerification: false,
    // A counter of before says nothing of other servers: the database compares.
    credential: { id, publicKey: Buffer.from(stored.publicKey, 'hex'), counter: 0 },
  })
  const answer = await orNull(verify)
  if (!answer?.verified) return null
  const { newCounter: counter, userVerified: isVerified } = answer.authenticationInfo
  return {
    credentialId: credentialId.toString('hex'),
    challengeHash: hashOf(seen.challenge).toString('hex'),
    counter,
    isVerified,
  }
}

/**
 * Checks a passkey that a browser has made, but for its challenge. Null where something is wrong.
 * Refusal: `passkeys_unavailable`.
 */
export async function readPasskey(
  request: AccessRequest,
  { id, response }: PasskeyAttestation,
): Promise<MadePasskey | null> {
  const { host, origins } = siteOf(request)
  if (await hasCertificates(response.attestationObject)) return null
  const { verifyRegistrationResponse } = await load()
  const seen = seesChallenge()
  const verify = verifyRegistrationResponse({
    response: { ...sent(id), response },
    expectedChallenge: seen.take,
    expectedOrigin: [...origins],
    expectedRPID: host,
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  })
  const answer = await orNull(verify)
  if (!answer?.verified) return null
  const { credential, credentialBackedUp } = answer.registrationInfo
  return {
    credentialId: Buffer.from(credential.id, 'base64url').toString('hex'),
    publicKey: Buffer.from(credential.publicKey).toString('hex'),
    challengeHash: hashOf(seen.challenge).toString('hex'),
    counter: credential.counter,
    host,
    isSynced: credentialBackedUp,
  }
}

/**
 * Nobody asked for an attestation, so none with certificates is looked at: the library would fetch
 * lists of revoked ones from the addresses that are in them.
 */
async function hasCertificates(attestationObject: string): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  try {
    const decoded = decodeAttestationObject(Buffer.from(attestationObject, 'base64url'))
    const format = decoded.get('fmt')
    const isSelf = format === 'packed' && decoded.get('attStmt').get('x5c') === undefined
    return format !== 'none' && !isSelf
  } catch {
    return true
  }
}

/** Name that a passkey has for its owner: the bytes of the user's UUID. */
export function userHandleOf(userId: string): string {
  return Buffer.from(userId.replaceAll('-', ''), 'hex').toString('base64url')
}

/** Takes the challenge that was signed, whichever it is: it is looked up where it is used up. */
function seesChallenge() {
  const seen = {
    challenge: '',
    take: (challenge: string) => {
      seen.challenge = challenge
      return true
    },
  }
  return seen
}

/** The library throws whatever it finds wrong, also about what it cannot read. */
function orNull<Value>(promise: Promise<Value>): Promise<Value | null> {
  return promise.catch(() => null)
}
