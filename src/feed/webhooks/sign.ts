import { createHmac } from 'node:crypto'

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
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    const signed = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body)
    return `v1,${signed.digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}
