import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { credential } from './people.ts'
import { ids, listOf, text } from './text.ts'

const code = text(LIMITS.codeLengthMax)
/** Bytes of WebAuthn in its JSON form: base64url without padding. */
const bytes = (lengthMax: number) =>
  z
    .string()
    .max(lengthMax)
    .regex(/^[\w-]+$/, { message: 'must be base64url without padding' })
const credentialId = bytes(LIMITS.passkeyIdLengthMax).describe('Which passkey it is.')
const clientDataJSON = bytes(LIMITS.clientDataLengthMax).describe(
  'What the browser was asked for, and by which page.',
)
const publicKey = z.literal('public-key').describe('The kind of credential.')
const challenge = z.string().describe('256 random bits that the passkey signs.')
const timeout = z.int().describe('How long the browser may wait for the person, in milliseconds.')
const userVerification = z
  .literal('preferred')
  .describe('Passkeys check who is there (PIN, fingerprint, face) if they can.')

/**
 * A signature of a passkey: `credential.toJSON()` of `navigator.credentials.get()`. Fields that
 * browsers add as they come to know more count for nothing.
 */
export const PasskeyAssertion = z
  .object({
    id: credentialId,
    response: z
      .object({
        clientDataJSON,
        authenticatorData: bytes(LIMITS.authenticatorDataLengthMax).describe(
          'For which host it was signed, and what the passkey has checked.',
        ),
        signature: bytes(LIMITS.signatureLengthMax).describe('The signature of both.'),
        userHandle: bytes(LIMITS.passkeyIdLengthMax)
          .nullish()
          .describe('Whose the passkey says that it is.'),
      })
      .describe('What was signed.'),
  })
  .meta({ id: 'PasskeyAssertion' })
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>

/** Proof of a second factor: the passkey, where both are sent. */
export const proof = {
  code: code
    .optional()
    .describe('A code of the authenticator app, or a recovery code, if you have a second factor.'),
  passkey: PasskeyAssertion.optional(),
}

/** The password, told again; and a proof, by who has passkeys. */
export const BeginSecondFactorBody = z.strictObject({ password: credential, ...proof })
export type BeginSecondFactorBody = z.infer<typeof BeginSecondFactorBody>

/** For an authenticator app. It counts once a code of it was confirmed. */
export const NewSecondFactor = z
  .strictObject({
    secret: z.string().describe('The secret in Base32, for typing.'),
    uri: z.string().describe('The secret as `otpauth://…`, for a QR code.'),
  })
  .meta({ id: 'NewSecondFactor' })
export type NewSecondFactor = z.infer<typeof NewSecondFactor>

/** A code that the authenticator shows. */
export const ConfirmSecondFactorBody = z.strictObject({ code })
export type ConfirmSecondFactorBody = z.infer<typeof ConfirmSecondFactorBody>

/** Each signs in once in place of a code. They are shown this once: we keep only their hashes. */
export const RecoveryCodes = z
  .strictObject({ recoveryCodes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes' })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>

/** Both, once more. */
export const RemoveSecondFactorBody = z.strictObject({ password: credential, ...proof })
export type RemoveSecondFactorBody = z.infer<typeof RemoveSecondFactorBody>

/** Challenge for a passkey: pass it to `parseRequestOptionsFromJSON()`. */
export const PasskeyChallenge = z
  .strictObject({
    challenge,
    rpId: z.string().describe('The host that asks: only passkeys that were made for it answer.'),
    timeout,
    userVerification,
  })
  .meta({ id: 'PasskeyChallenge' })
export type PasskeyChallenge = z.infer<typeof PasskeyChallenge>

/** The password, told again; and a proof, by who has a second factor. */
export const BeginPasskeyBody = z.strictObject({ password: credential, ...proof })
export type BeginPasskeyBody = z.infer<typeof BeginPasskeyBody>

/** Options for a new passkey: pass them to `parseCreationOptionsFromJSON()`. */
export const PasskeyOptions = z
  .strictObject({
    challenge,
    rp: z
      .strictObject({
        id: z.string().describe('The host that the passkey will work for, and no other.'),
        name: z.string().describe('What the browser calls it.'),
      })
      .describe('Who asks for a passkey.'),
    user: z
      .strictObject({
        id: z.string().describe('Tells the accounts of one host apart.'),
        name: z.string().describe('Your e-mail address, or your name.'),
        displayName: z.string().describe('Your name.'),
      })
      .describe('Whom it is for.'),
    pubKeyCredParams: z
      .array(
        z.strictObject({
          alg: z.int().describe('Its number in the COSE registry.'),
          type: publicKey,
        }),
      )
      .describe('The algorithms that may sign.'),
    timeout,
    attestation: z.literal('none').describe('Nothing is asked about the maker.'),
    excludeCredentials: z
      .array(z.strictObject({ id: credentialId, type: publicKey }))
      .describe('The passkeys that you already have for this host.'),
    authenticatorSelection: z
      .strictObject({
        residentKey: z.literal('required').describe('It can be found without a name.'),
        requireResidentKey: z.literal(true).describe('The same, for older browsers.'),
        userVerification,
      })
      .describe('What the passkey must be able to do.'),
  })
  .meta({ id: 'PasskeyOptions' })
export type PasskeyOptions = z.infer<typeof PasskeyOptions>

/** A new passkey: `credential.toJSON()` of `navigator.credentials.create()`. */
export const PasskeyAttestation = z
  .object({
    id: credentialId,
    response: z
      .object({
        clientDataJSON,
        attestationObject: bytes(LIMITS.attestationLengthMax).describe('Its public key.'),
      })
      .describe('What the browser made.'),
  })
  .meta({ id: 'PasskeyAttestation' })
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>

/** A passkey, under a name that its owner tells it by. */
export const ConfirmPasskeyBody = z.strictObject({
  name: text(LIMITS.passkeyNameLengthMax)
    .refine((value) => value.trim() !== '', { message: 'must not be blank' })
    .describe('What you call it, such as the device that it is on.'),
  credential: PasskeyAttestation,
})
export type ConfirmPasskeyBody = z.infer<typeof ConfirmPasskeyBody>

/** A passkey of a person. */
export const Passkey = z
  .strictObject({
    id: ids.passkey.describe('The id of the passkey: `passkey_` and 32 hexadecimal digits.'),
    name: z.string().describe('What its owner calls it.'),
    host: z.string().describe('The name of the server that it works for, and no other.'),
    synced: z.boolean().describe('Whether it is copied to other devices of its owner.'),
    createdAt: z.string(),
    usedAt: z.string().nullable().describe('When it was used last, in UTC. Null: never.'),
  })
  .meta({ id: 'Passkey' })
export type Passkey = z.infer<typeof Passkey>

/** All passkeys of one person, the oldest first. */
export const PasskeyList = listOf(Passkey).meta({ id: 'PasskeyList' })
export type PasskeyList = z.infer<typeof PasskeyList>

/** The passkey, and the recovery codes that came with it. */
export const NewPasskey = z
  .strictObject({
    passkey: Passkey,
    recoveryCodes: z
      .array(z.string())
      .describe('You see them only now. Empty if you already have some.'),
  })
  .meta({ id: 'NewPasskey' })
export type NewPasskey = z.infer<typeof NewPasskey>

/** The password, and a proof of a second factor: this passkey or another, or a code. */
export const RemovePasskeyBody = z.strictObject({ password: credential, ...proof })
export type RemovePasskeyBody = z.infer<typeof RemovePasskeyBody>
