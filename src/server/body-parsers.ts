import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../protocol/index.ts'

/**
 * Reads JSON bodies, and nothing else. Bytes that are not UTF-8 are refused, because they would
 * come out as other labels than were sent; `__proto__` and `constructor.prototype` are refused
 * wherever they stand. No bytes are no body, whatever the media type says.
 */
export function addJsonParser(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      if (body.length === 0) return done(null, undefined)
      if (!isUtf8(body)) return done(notUtf8())
      parseJson(request, withoutByteOrderMark(body.toString('utf8')), done)
    },
  )
}

/** Takes a CSV file as the body of `createPlan`, in this scope only. */
export function addCsvParser(app: FastifyInstance, bytesMax: number): void {
  app.addContentTypeParser<Buffer>(
    'text/csv',
    { parseAs: 'buffer', bodyLimit: bytesMax },
    (_request, body, done) => {
      if (!isUtf8(body)) return done(notUtf8())
      done(null, { format: 'csv', source: body.toString('utf8') })
    },
  )
}

function notUtf8(): Refusal {
  return new Refusal('invalid_request', {
    mistakes: [{ path: '', message: 'the body must be UTF-8' }],
  })
}

function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

/**
 * Whether JSON is nested deeper than any document we know. What is recursive further on would
 * run out of stack; this is not recursive.
 */
export function isNestedDeeper(value: unknown, depthMax: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > depthMax) return true
    const next: unknown[] = []
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue
      for (const child of Object.values(item)) {
        if (typeof child === 'object' && child !== null) next.push(child)
      }
    }
    level = next
  }
  return false
}
