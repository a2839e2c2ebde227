import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** Headers of a delivery, as Standard Webhooks 1.0 has them. */
export interface SignedHeaders {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/**
 * Signs the very bytes that are sent, with each secret (`whsec_…`). The time is that of the
 * attempt: a retry carries its own.
 */
export function sign(
  id: string,
  body: Buffer,
  secrets: readonly string[],
  at: number,
): SignedHeaders {
  const timestamp = String(Math.floor(at / 1000))
  const signatures = secrets.map((secret) => {
    const signed = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body)
    return `v1,${signed.digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}

/** Making a key of a secret takes longer than signing with it. */
const KEYS_KEPT_MAX = 1_000
const keys = new Map<string, KeyObject>()

function keyOf(secret: string): KeyObject {
  const kept = keys.get(secret)
  if (kept !== undefined) return kept
  if (keys.size >= KEYS_KEPT_MAX) keys.clear()
  const key = createSecretKey(Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
  keys.set(secret, key)
  return key
}
