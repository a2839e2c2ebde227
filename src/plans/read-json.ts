import type { z } from 'zod'
import { LIMITS, readJson } from '../protocol/index.ts'
import { joinPath, type MistakeList, refusePlan } from './mistakes.ts'
import type { WarningList } from './warnings.ts'

/** Fields and elements of a file: a seat of the most talkative format has about thirty. */
const BOUNDS = { partsMax: 4_000_000, depthMax: 64 }
/** Fields of one object. No format has nearly as many. */
const FIELDS_MAX = 500

/**
 * JSON text → value; a value that was parsed already passes unchanged. How much there is, and how
 * deep, is looked at before it is parsed. Refusal: `plan_invalid`.
 */
export function readDocument(source: unknown): unknown {
  if (typeof source !== 'string') return source
  if (source.length > LIMITS.planBytesMax) {
    refusePlan('$', `The file is larger than ${LIMITS.planBytesMax} bytes.`)
  }
  const reading = readJson(source.replace(/^\uFEFF/u, ''), BOUNDS)
  if (reading.fault === undefined) return reading.value
  const isSize = reading.fault === 'too_many' || reading.fault === 'too_deep'
  return refusePlan('$', isSize ? `${reading.message}.` : `This is not JSON: ${reading.message}`)
}

/** One object by its schema, or null after its mistakes were noted under `path`. */
export function readOne<T>(
  mistakes: MistakeList,
  schema: z.ZodType<T>,
  value: unknown,
  path: string,
): T | null {
  if (hasTooManyFields(value)) {
    mistakes.add(path, `More than ${FIELDS_MAX} fields.`)
    return null
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues) noteIssue(mistakes, issue, path)
  return null
}

function hasTooManyFields(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  let count = 0
  for (const _ in value) {
    count += 1
    if (count > FIELDS_MAX) return true
  }
  return false
}

/** Notes the fields of an object that its schema leaves out, by their place without the numbers. */
export function noteUnknown(
  warnings: WarningList,
  schema: z.ZodObject,
  value: unknown,
  path: string,
): void {
  if (typeof value !== 'object' || value === null || hasTooManyFields(value)) return
  for (const field of Object.keys(value)) {
    if (field in schema.shape) continue
    warnings.add('fields_ignored', joinPath(path.replace(/\[\d+\]/gu, '[]'), field))
  }
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
