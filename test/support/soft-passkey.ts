import {
  createHash,
  createPrivateKey,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { PasskeyAssertion, PasskeyAttestation } from '../../src/protocol/index.ts'

/** Things that an authenticator and its browser say; tests of attackers say something else. */
export interface Saying {
  /** Bytes that the browser was asked to have signed. */
  readonly challenge: string
  readonly origin: string
  readonly host: string
  readonly type: string
  /** True where a person was there, and where it was checked who. */
  readonly isPresent: boolean
  readonly isVerified: boolean
  readonly counter: number
  readonly userHandle: string | null
  /** True where the new key signs for itself, where nothing is said of the maker otherwise. */
  readonly isSelfAttested: boolean
}

type CborMap = Map<number | string, Cbor>
type Cbor = number | string | Buffer | CborMap | readonly Cbor[]

const FLAGS = { present: 1, verified: 4, attested: 64 }
/** The key of a maker, and its certificate with an address to ask whether it was revoked. */
const MAKER = {
  key:
    'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgojjnwb8Jo7/xcGHWYB7Q8hwzUwfTQxBTHQB2W5wcfFih' +
    'RANCAASaoxb/SHbvtWwu1JOHxi8cw6RZDzjrrUP5/H09Kc+rYVg0zxd7MqChcYhT1KO9WxV0yeVV7vELIkkC/pKwhB8R',
  certificate:
    'MIICATCCAaegAwIBAgIUQPpiZiApVF1GaQZoVHeZsg6dkw4wCgYIKoZIzj0EAwIwUjELMAkGA1UEBhMCR0IxEDAOBgNV' +
    'BAoMB1Jvd2xvY2sxIjAgBgNVBAsMGUF1dGhlbnRpY2F0b3IgQXR0ZXN0YXRpb24xDTALBgNVBAMMBFRlc3QwIBcNMjYx' +
    'MTI2MTAzMDU5WhgPMjEyNjExMDIxMDMwNTlaMFIxCzAJBgNVBAYTAkdCMRAwDgYDVQQKDAdSb3dsb2NrMSIwIAYDVQQL' +
    'DBlBdXRoZW50aWNhdG9yIEF0dGVzdGF0aW9uMQ0wCwYDVQQDDARUZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE' +
    'mqMW/0h277VsLtSTh8YvHMOkWQ84661D+fx9PSnPq2FYNM8XezKgoXGIU9SjvVsVdMnlVe7xCyJJAv6SsIQfEaNZMFcw' +
    'CQYDVR0TBAIwADArBgNVHR8EJDAiMCCgHqAchhpodHRwOi8vMTI3LjAuMC4xOjkvcmV2b2tlZDAdBgNVHQ4EFgQUFlsG' +
    'jkRA2pSiZHh8EGJ5TIKRC+EwCgYIKoZIzj0EAwIDSAAwRQIgJOf16hri/SDSWakPSh7aBKFpXqYMFksYaQ7ZKLT+ybYC' +
    'IQC3tKRliO+Zw0lWGCOP6mSX0Zhltqu9gtsG2y3sr/ZvVA==',
}

/**
 * A passkey in software: an ES256 key that signs what a browser has authenticators sign (WebAuthn
 * 6.3.3), with the client data that a browser would write.
 */
export class SoftPasskey {
  readonly id = randomBytes(32)
  readonly #privateKey: KeyObject
  readonly #publicKey: KeyObject
  readonly #usual: Omit<Saying, 'challenge' | 'type'>

  constructor(usual: Partial<Saying> = {}) {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#privateKey = pair.privateKey
    this.#publicKey = pair.publicKey
    this.#usual = {
      origin: 'https://tickets.example',
      host: 'tickets.example',
      isPresent: true,
      isVerified: true,
      counter: 0,
      userHandle: null,
      isSelfAttested: false,
      ...usual,
    }
  }

  /** Makes what `navigator.credentials.create()` gives. */
  make(challenge: string, other: Partial<Saying> = {}, maker?: typeof MAKER): PasskeyAttestation {
    const saying = { ...this.#usual, type: 'webauthn.create', challenge, ...other }
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, this.#coseKey()])
    const authData = Buffer.concat([authenticatorData(saying, FLAGS.attested), attested])
    const clientDataJSON = clientData(saying)
    const signer = maker ? makerKey(maker.key) : saying.isSelfAttested ? this.#privateKey : null
    const attStmt: CborMap = new Map()
    if (signer) {
      attStmt.set('alg', -7).set('sig', signature(signer, authData, clientDataJSON))
    }
    if (maker) attStmt.set('x5c', [Buffer.from(maker.certificate, 'base64')])
    const fmt = signer ? 'packed' : 'none'
    const object = new Map<string, Cbor>(Object.entries({ fmt, attStmt, authData }))
    return {
      id: this.id.toString('base64url'),
      response: {
        clientDataJSON: clientDataJSON.toString('base64url'),
        attestationObject: cbor(object).toString('base64url'),
      },
    }
  }

  /** Makes what `navigator.credentials.get()` gives. */
  sign(challenge: string, other: Partial<Saying> = {}): PasskeyAssertion {
    const saying = { ...this.#usual, type: 'webauthn.get', challenge, ...other }
    const authData = authenticatorData(saying, 0)
    const clientDataJSON = clientData(saying)
    const signed = signature(this.#privateKey, authData, clientDataJSON)
    return {
      id: this.id.toString('base64url'),
      response: {
        clientDataJSON: clientDataJSON.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signed.toString('base64url'),
        ...(saying.userHandle !== null && { userHandle: saying.userHandle }),
      },
    }
  }

  /** COSE (RFC 9052): kty EC2, alg ES256, crv P-256, x, y. */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' })
    const key = new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ])
    return cbor(key)
  }
}

/** One whose maker vouches for it, with a certificate. */
export function certified(challenge: string): PasskeyAttestation {
  return new SoftPasskey().make(challenge, {}, MAKER)
}

function makerKey(key: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' })
}

function signature(key: KeyObject, authData: Buffer, clientDataJSON: Buffer): Buffer {
  const hash = createHash('sha256').update(clientDataJSON).digest()
  return createSign('sha256').update(authData).update(hash).sign(key)
}

type Signed = Pick<Saying, 'host' | 'isPresent' | 'isVerified' | 'counter'>

function authenticatorData({ host, isPresent, isVerified, counter }: Signed, more: number): Buffer {
  const flags = (isPresent ? FLAGS.present : 0) | (isVerified ? FLAGS.verified : 0) | more
  const rest = Buffer.alloc(5)
  rest.writeUInt8(flags)
  rest.writeUInt32BE(counter, 1)
  return Buffer.concat([createHash('sha256').update(host).digest(), rest])
}

function clientData({ type, challenge, origin }: Saying): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

/** Encodes the part of CBOR (RFC 8949) that passkeys need. */
export function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') {
    const bytes = Buffer.from(value)
    return Buffer.concat([head(3, bytes.length), bytes])
  }
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (value instanceof Map) {
    const parts = [...value].flatMap(([key, part]) => [cbor(key), cbor(part)])
    return Buffer.concat([head(5, value.size), ...parts])
  }
  return Buffer.concat([head(4, value.length), ...value.map(cbor)])
}

function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size])
  if (size < 256) return Buffer.from([(kind << 5) | 24, size])
  return Buffer.from([(kind << 5) | 25, size >> 8, size & 255])
}
