import type {
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyOptions,
} from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'

/** Browsers bind passkeys to names: there are none at an address of numbers. */
const IS_NAMED = !/^[\d.]+$|:/.test(location.hostname)
const KNOWS_PASSKEYS =
  'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential

/** True where this browser can use passkeys at this address. */
export const canUsePasskeys = IS_NAMED && KNOWS_PASSKEYS

/** Sentence on why passkeys cannot be used here; null where they can. */
export function whyNoPasskeys(): string | null {
  if (!KNOWS_PASSKEYS) return 'This browser does not support passkeys. Use a newer one.'
  if (IS_NAMED) return null
  return location.hostname.startsWith('127.')
    ? `Passkeys need a name. Open http://localhost:${location.port} instead.`
    : 'Passkeys need a host name. Open this server by its name, not by its IP address.'
}

/** Asks for a passkey, and gives what it has signed. Throws a `DOMException` where it was none. */
export async function signWithPasskey(): Promise<PasskeyAssertion> {
  const challenge = await client.peek().createPasskeyChallenge()
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(challenge)
  const found = await navigator.credentials.get({ publicKey })
  return (found as PublicKeyCredential).toJSON() as PasskeyAssertion
}

/** Makes a passkey. Throws a `DOMException` where none was made. */
export async function makePasskey(options: PasskeyOptions): Promise<PasskeyAttestation> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  )
  const made = await navigator.credentials.create({ publicKey })
  return (made as PublicKeyCredential).toJSON() as PasskeyAttestation
}
