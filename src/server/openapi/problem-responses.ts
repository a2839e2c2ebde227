import { ERRORS, type ErrorCode } from '../../protocol/index.ts'
import { isKeyed, isWrite, type OperationSpec } from '../../protocol/operations/index.ts'
import { errorPage } from '../problem.ts'
import { header } from './document-parts.ts'
import type { Media, Response } from './document-types.ts'
import { RECORDED } from './recorded.ts'

/**
 * Commands that could become a sale by a late duplicate: their refusals are remembered under the
 * key.
 */
const SALES: readonly OperationSpec['command'][] = ['book', 'swap', 'confirm']
const REMEMBERED = [403, 404, 409, 422] as const

/** Every code that an operation can be refused with, in order of precedence. */
export function refusalsOf(spec: OperationSpec): ErrorCode[] {
  const own = new Set<ErrorCode>([
    ...spec.refusals,
    'unauthenticated',
    'rate_limited',
    'invalid_request',
  ])
  if (isKeyed(spec)) own.add('idempotency_key_invalid').add('idempotency_key_reused')
  if (isWrite(spec)) own.add('csrf_refused')
  if (isNarrow(spec)) own.add('forbidden')
  if (spec.body) own.add('unsupported_media_type').add('body_too_large').add('malformed_json')
  own.add('busy').add('unavailable').add('internal')
  if (isWrite(spec)) own.add('outcome_unknown').add('storage_full')
  return (Object.keys(ERRORS) as ErrorCode[]).filter((code) => own.has(code))
}

/** Tells whether somebody who is known may lack the right, or a key the scope or the show. */
function isNarrow({ roles: { anonymous: _, ...known }, path, ofAnyShow }: OperationSpec): boolean {
  const isOfShow = path.includes('{show}') && ofAnyShow !== true
  return isOfShow || Object.values(known).some((right) => right !== true)
}

/** One response for each status, with an example for each of its codes. */
export function problemResponses(spec: OperationSpec): Record<string, Response> {
  const responses: Record<string, Response> = {}
  for (const code of refusalsOf(spec)) {
    const { status, title } = ERRORS[code]
    const line = `\`${code}\`: ${title}`
    const response = responses[status]
    if (response === undefined) {
      responses[status] = newResponse(status, line, code)
    } else {
      response.description += `\n\n${line}`
      Object.assign(mediaOf(response).examples ?? {}, exampleOf(code))
    }
  }
  if (!SALES.includes(spec.command)) return responses
  for (const status of REMEMBERED) {
    const response = responses[status]
    if (response) response.headers = { 'Idempotency-Replayed': header('IdempotencyReplayed') }
  }
  return responses
}

function newResponse(status: number, description: string, code: ErrorCode): Response {
  return {
    description,
    ...((status === 503 || status === 429) && { headers: { 'Retry-After': header('RetryAfter') } }),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: exampleOf(code),
      },
    },
  }
}

function mediaOf(response: Response): Media {
  return response.content?.['application/problem+json'] as Media
}

function exampleOf(code: ErrorCode): NonNullable<Media['examples']> {
  const { status, title } = ERRORS[code]
  const recorded = RECORDED.refusals[code]
  const value = recorded ?? { type: errorPage(code), title, status, code }
  return { [code]: { value } }
}
