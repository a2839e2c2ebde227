import type { z } from 'zod'
import { LIMITS } from '../protocol/index.ts'
import { joinPath, type MistakeList, refusePlan } from './mistakes.ts'

/** JSON text → value; a value that was parsed already passes unchanged. Refusal: `plan_invalid`. */
export function readDocument(source: unknown): unknown {
  if (typeof source !== 'string') return source
  if (source.length > LIMITS.planBytesMax) {
    refusePlan('$', `The file is larger than ${LIMITS.planBytesMax} bytes.`)
  }
  try {
    return JSON.parse(source.replace(/^\uFEFF/u, ''))
  } catch (error) {
    return refusePlan('$', `This is not JSON: ${(error as Error).message.toWellFormed()}`)
  }
}

/** One object by its schema, or null after its mistakes were noted under `path`. */
export function readOne<T>(
  mistakes: MistakeList,
  schema: z.ZodType<T>,
  value: unknown,
  path: string,
): T | null {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues) noteIssue(mistakes, issue, path)
  return null
}

/**
 * Each element of a list by its schema. It stops once the mistakes are full: a file of millions of
 * wrong elements must not become millions of messages, which is what a schema of the whole does.
 */
export function readEach<T>(
  mistakes: MistakeList,
  schema: z.ZodType<T>,
  values: readonly unknown[],
  path: string,
  use: (element: T, path: string, index: number) => void,
  countMax: number = LIMITS.seatsPerPlanMax,
): void {
  if (values.length > countMax) {
    mistakes.add(path, `At most ${countMax} elements, not ${values.length}.`)
    return
  }
  for (let index = 0; index < values.length && !mistakes.isFull(); index += 1) {
    const at = joinPath(path, index)
    const element = readOne(mistakes, schema, values[index], at)
    if (element !== null) use(element, at, index)
  }
}

function noteIssue(mistakes: MistakeList, issue: z.core.$ZodIssue, path: string): void {
  const at = issue.path.reduce<string>(joinPath, path)
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys.slice(0, 50)) {
      mistakes.add(joinPath(at, key), 'This field is not known here.')
    }
  } else {
    mistakes.add(at, `${issue.message.toWellFormed()}.`)
  }
}
