import { LIMITS } from '../../protocol/index.ts'

/** Request headers that operations refer to. */
export const PARAMETERS = {
  IdempotencyKey: {
    in: 'header',
    name: 'Idempotency-Key',
    required: false,
    description:
      'Makes a retry safe: one effect and the same answer for the same request. Visible ASCII; ' +
      `at least ${LIMITS.idempotencyKeyLengthMinAnonymous} characters for callers without a key.`,
    schema: { type: 'string', minLength: 1, maxLength: LIMITS.idempotencyKeyLengthMax },
  },
  IfNoneMatch: {
    in: 'header',
    name: 'If-None-Match',
    required: false,
    description: 'The `ETag` of an earlier answer. If nothing has changed since, you get a 304.',
    schema: { type: 'string' },
  },
  LastEventId: {
    in: 'header',
    name: 'Last-Event-ID',
    required: false,
    description:
      'The `id` of the last event you received: the stream resumes after it. Overrides `after`.',
    schema: { type: 'string' },
  },
  WebhookId: {
    in: 'header',
    name: 'webhook-id',
    required: true,
    description: 'The `id` of the event: the same from every server and on every retry.',
    schema: { type: 'string' },
  },
  WebhookTimestamp: {
    in: 'header',
    name: 'webhook-timestamp',
    required: true,
    description: 'When this attempt was sent, in seconds since 1970.',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  WebhookSignature: {
    in: 'header',
    name: 'webhook-signature',
    required: true,
    description: 'One `v1,…` for each valid secret, separated by spaces.',
    schema: { type: 'string' },
  },
} as const

/** Answer headers that operations refer to. */
export const HEADERS = {
  Location: { description: 'The address of what was created.', schema: { type: 'string' } },
  ETag: { description: 'Changes when the content does.', schema: { type: 'string' } },
  IdempotencyReplayed: {
    description: '`true` if the answer was recorded earlier, under the same Idempotency-Key.',
    schema: { type: 'string', enum: ['true'] },
  },
  RetryAfter: {
    description: 'Seconds after which a retry makes sense.',
    schema: { type: 'integer', minimum: 1 },
  },
} as const

/** A reference to one of them. */
export function parameter(name: keyof typeof PARAMETERS): { $ref: string } {
  return { $ref: `#/components/parameters/${name}` }
}

/** A reference to one of them. */
export function header(name: keyof typeof HEADERS): { $ref: string } {
  return { $ref: `#/components/headers/${name}` }
}
