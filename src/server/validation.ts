import type { FastifyBaseLogger, FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { z } from 'zod'
import { type Mistake, Refusal } from '../protocol/index.ts'

/** What somebody who sent a hundred thousand wrong seats will read. */
const MISTAKES_MAX = 20
const PATH_LENGTH_MAX = 200

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

function mistakesOf(issues: readonly z.core.$ZodIssue[]): Mistake[] {
  const mistakes: Mistake[] = []
  for (const issue of issues) {
    if (mistakes.length >= MISTAKES_MAX) break
    mistakes.push(...mistakesOfIssue(issue))
  }
  return mistakes.slice(0, MISTAKES_MAX)
}

function mistakesOfIssue(issue: z.core.$ZodIssue): Mistake[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, MISTAKES_MAX)
      .map((key) => ({ path: pathOf([...issue.path, key]), message: 'is not known here' }))
  }
  return [{ path: pathOf(issue.path), message: messageOf(issue) }]
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return 'is required'
  }
  if (issue.code === 'invalid_union') {
    const forms = issue.errors.flatMap((issues) => issues.slice(0, 1).map(({ message }) => message))
    const [first = issue.message, ...others] = forms
    return [first, ...others.map((form) => form.replace('Invalid input: ', ''))].join('; or ')
  }
  return issue.message
}

/** `['seats', 3, 'label']` → `seats[3].label` */
function pathOf(keys: readonly PropertyKey[]): string {
  const text = keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`
    return path === '' ? String(key) : `${path}.${String(key)}`
  }, '')
  return text.length <= PATH_LENGTH_MAX ? text : `${text.slice(0, PATH_LENGTH_MAX)}…`
}
