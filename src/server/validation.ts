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
 * Writes what goes out, checked against its schema. A difference is a mistake of ours: it is
 * logged and the answer sent all the same, or with `isStrict` it is thrown.
 */
export function createSerializerCompiler(
  isStrict: boolean,
  log: FastifyBaseLogger | undefined,
): FastifySerializerCompiler<z.ZodType> {
  return ({ schema, method, url }) =>
    (value) => {
      const result = z.safeEncode(schema, value)
      if (result.success) return JSON.stringify(result.data)
      if (isStrict) throw result.error
      log?.error({ method, url, issues: result.error.issues }, 'answer differs from its schema')
      return JSON.stringify(value)
    }
}
