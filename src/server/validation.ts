import { isDeepStrictEqual } from 'node:util'
import type { FastifyBaseLogger, FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { z } from 'zod'
import { mistakesOf, Refusal } from '../protocol/index.ts'

/** Checks what comes in. What is wrong is answered as `invalid_request`, with a path for each. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (value) => {
    const result = z.safeParse(schema, value)
    if (result.success) return { value: result.data }
    // Fastify hands a missing body on as null.
    const isMissing = httpPart === 'body' && value === null
    const mistakes = isMissing
      ? [{ path: '', message: 'a JSON body is required' }]
      : mistakesOf(result.error.issues)
    return { error: new Refusal('invalid_request', { mistakes }) }
  }

/**
 * Paths that a hot sale asks for: their answers are made field by field, from entries and pictures.
 */
const HOT = /^\/v1\/shows\/:show\/(holds|bookings|blocks|availability|statuses|seats)/
/** One answer in so many is checked while a sale is hot: checking costs more than writing. */
const CHECKED_EVERY = 64

/**
 * Writes what goes out, checked against its schema. A difference is a mistake of ours: it is
 * logged and the answer sent all the same, or with `isStrict` it is thrown. What a hot sale asks
 * for is checked now and then; with `isStrict` always, and nothing may be left out of it.
 */
export function createSerializerCompiler(
  isStrict: boolean,
  log: FastifyBaseLogger | undefined,
): FastifySerializerCompiler<z.ZodType> {
  return ({ schema, method, url }) => {
    const write = (value: unknown) => {
      const result = z.safeEncode(schema, value)
      if (result.success) return JSON.stringify(result.data)
      if (isStrict) throw result.error
      log?.error({ method, url, issues: result.error.issues }, 'answer differs from its schema')
      return JSON.stringify(value)
    }
    if (!HOT.test(url)) return write
    let count = 0
    return (value: unknown) => {
      if (!isStrict) return count++ % CHECKED_EVERY === 0 ? write(value) : JSON.stringify(value)
      const text = write(value)
      if (isDeepStrictEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))) return text
      throw new Error(`${method} ${url} answers what its schema does not have`)
    }
  }
}
