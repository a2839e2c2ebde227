import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import {
  type JsonBounds,
  type JsonFault,
  type JsonReading,
  Refusal,
  readJson,
} from '../protocol/index.ts'

/** For routes that are no operations, and take no body either. */
const BOUNDS_ELSEWHERE: JsonBounds = { partsMax: 100, depthMax: 20 }

/**
 * Reads JSON bodies, and nothing else. Bytes that are not UTF-8 are refused, because they would
 * come out as other labels than were sent; so are fields that stand twice, and `__proto__` and
 * `constructor.prototype` wherever they stand. No bytes are no body, whatever the media type says.
 */
export function addJsonParser(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    ({ bounds }, body, done) => {
      if (body.length === 0) return done(null, undefined)
      if (!isUtf8(body)) return done(notUtf8())
      const text = withoutByteOrderMark(body.toString('utf8'))
      const reading = readJson(text, bounds?.json ?? BOUNDS_ELSEWHERE)
      if (reading.fault === undefined) done(null, reading.value)
      else done(faultOf(reading))
    },
  )
}

function faultOf({ fault, message }: Extract<JsonReading, { fault: JsonFault }>): Refusal {
  if (fault === 'malformed' || fault === 'repeated') {
    return new Refusal('malformed_json', { detail: `The body cannot be read: ${message}.` })
  }
  return new Refusal('invalid_request', { mistakes: [{ path: '', message }] })
}

/** Takes the body of `createPlan` as it comes, in this scope only: it is read on another thread. */
export function addFileParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  for (const type of ['json', 'csv'] as const) {
    const media = type === 'json' ? 'application/json' : 'text/csv'
    app.addContentTypeParser<Buffer>(media, { parseAs: 'buffer' }, (_request, bytes, done) => {
      done(null, bytes.length === 0 && type === 'json' ? undefined : { bytes, type })
    })
  }
}

function notUtf8(): Refusal {
  return new Refusal('invalid_request', {
    mistakes: [{ path: '', message: 'the body must be UTF-8' }],
  })
}

function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
