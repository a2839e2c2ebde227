import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer, Tagged } from '../engine/index.ts'

type ReplyHead = { [Key in 'code' | 'header']: (...values: never[]) => unknown }
type Head = Pick<FastifyReply, 'code' | 'header'>

/** The value of a write that changes something which was there before: 200. */
export function changed<Value>(reply: ReplyHead, answer: Answer<Value>): Value {
  if (answer.replayed) (reply as Head).header('idempotency-replayed', 'true')
  return answer.value
}

/**
 * The value of a write that makes something: 201, and where it is if it has an address; 200 when it
 * was there before. A replay answers as the first time, so that a client which lost that answer
 * need not care.
 */
export function created<Value>(
  reply: ReplyHead,
  answer: Answer<Value>,
  locationOf?: (value: Value) => string,
): Value {
  if (answer.changed || answer.replayed) {
    const head = reply as Head
    head.code(201)
    if (locationOf !== undefined) head.header('location', locationOf(answer.value))
  }
  return changed(reply, answer)
}

/** The value of a read, or nothing with status 304 when the caller has it already. */
export function tagged<Value>(
  request: Pick<FastifyRequest, 'headers'>,
  reply: ReplyHead,
  answer: Tagged<Value>,
  cacheControl = 'no-cache',
): Value | null {
  const head = reply as Head
  head.header('etag', answer.etag)
  head.header('cache-control', cacheControl)
  if (!matches(request.headers['if-none-match'], answer.etag)) return answer.read()
  head.code(304)
  // Null would be written as JSON, and leave a length behind that is not that of the answer.
  return undefined as unknown as null
}

/**
 * Tells whether an `If-None-Match` names the tag: a list or `*`, compared weakly (RFC 9110,
 * 13.1.2).
 */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header === etag) return true
  const opaque = withoutWeakness(etag)
  return header.split(',').some((part) => {
    const tag = part.trim()
    return tag === '*' || withoutWeakness(tag) === opaque
  })
}

function withoutWeakness(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag
}

/** Says that the answer depends on a header of the request, beside those that others named. */
export function varyBy(
  reply: { getHeader(name: string): unknown; header(name: string, value: string): unknown },
  name: string,
): void {
  const named = String(reply.getHeader('vary') ?? '')
  const names = named.split(',').map((one) => one.trim().toLowerCase())
  if (names.includes(name)) return
  reply.header('vary', named === '' ? name : `${named}, ${name}`)
}
