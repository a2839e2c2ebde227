import { z } from 'zod'
import {
  isWrite,
  OPERATION_IDS,
  type OperationId,
  type OperationSpec,
  specOf,
} from '../../src/protocol/operations/index.ts'
import * as schemas from '../../src/protocol/schemas/index.ts'

/** An operation as the interfaces speak of it: parameters and types by name. */
export interface OperationFacts {
  readonly id: OperationId
  readonly spec: OperationSpec
  /** Names in the path, in order. */
  readonly params: readonly string[]
  /** Null also where the body has nothing to say. */
  readonly body: string | null
  readonly query: string | null
  readonly answer: string
  /** Type of a list's items; null where the answer is no list. */
  readonly item: string | null
}

const NAMES = new Map<unknown, string>(
  Object.entries(schemas).map(([name, value]) => [value, name]),
)

/** The facts of the operations that somebody carries out, in the order of the contract. */
export function operationsBy(...doers: readonly OperationSpec['by'][]): OperationFacts[] {
  return OPERATION_IDS.filter((id) => doers.includes(specOf(id).by)).map(factsOf)
}

function factsOf(id: OperationId): OperationFacts {
  const spec = specOf(id)
  const answer = Object.values(spec.answers)[0] as z.ZodType
  const isSilent = spec.body === undefined || spec.body === schemas.EmptyBody
  return {
    id,
    spec,
    params: [...spec.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string),
    body: isSilent ? null : nameOf(id, spec.body),
    query: takesQuery(spec) ? nameOf(id, spec.query) : null,
    answer: nameOf(id, answer),
    item: isWrite(spec) ? null : itemOf(id, answer),
  }
}

/** The query of a write, or for a file, is its handler's. */
function takesQuery(spec: OperationSpec): boolean {
  return spec.query !== undefined && !isWrite(spec) && spec.isExport !== true
}

function itemOf(id: OperationId, answer: z.ZodType): string | null {
  if (!(answer instanceof z.ZodObject) || !('next' in answer.shape)) return null
  const { items } = answer.shape
  return items instanceof z.ZodArray ? nameOf(id, items.element) : null
}

function nameOf(id: OperationId, schema: unknown): string {
  const name = NAMES.get(schema)
  if (name === undefined)
    throw new Error(`${id} uses a schema that protocol/schemas does not export`)
  return name
}

/** The doc comment of a method, from the texts that the API reference shows. */
export function docOf({ spec }: OperationFacts, refusals: boolean): string {
  const { summary, description, refusals: codes } = spec
  const told =
    refusals && codes.length > 0
      ? `Refusals: ${codes.map((code) => `\`${code}\``).join(', ')}.`
      : ''
  const text = [`${summary}.`, description ?? '', told].filter((part) => part !== '').join('\n\n')
  const lines = wrap(text)
  if (lines.length === 1 && (lines[0] as string).length < WIDTH - 4) return `/** ${lines[0]} */`
  return `/**\n${lines.map((line) => `   * ${line}`.trimEnd()).join('\n')}\n   */`
}

const WIDTH = 92

function wrap(text: string): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = ['']
    for (const word of paragraph.split(' ')) {
      const last = lines.at(-1) as string
      if (last !== '' && last.length + word.length + 1 > WIDTH) lines.push(word)
      else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
    }
    return lines
  })
}
