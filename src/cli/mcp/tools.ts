/**
 * Operations of the API as tools for a language model. Their texts and schemas are those of
 * `openapi.json`; which there are is chosen by hand, because a model that is offered everything
 * chooses badly.
 */
import { readFile } from 'node:fs/promises'
import type { OperationId } from '../../protocol/operations/index.ts'

const READS = [
  'listShows',
  'getShow',
  'getAvailability',
  'listSeats',
  'listHolds',
  'getHold',
  'listBookings',
  'getBooking',
  'findBookings',
  'getReport',
  'listJournal',
  'listVenues',
] as const satisfies readonly OperationId[]

const WRITES = [
  'holdSeats',
  'extendHold',
  'releaseHold',
  'confirmHold',
  'cancelBooking',
  'swapSeats',
  'blockSeats',
  'unblockSeats',
] as const satisfies readonly OperationId[]

/** An operation that is a tool. */
export type ToolName = (typeof READS)[number] | (typeof WRITES)[number]

/** Description of a tool for clients of the protocol. */
export interface ToolDescription {
  readonly name: ToolName
  readonly description: string
  readonly inputSchema: Schema
  readonly annotations: {
    readonly title: string
    readonly readOnlyHint: boolean
    readonly destructiveHint: boolean
  }
}

/** A tool, and how its arguments become a call. */
export interface Tool extends ToolDescription {
  /** Arguments that are part of the path, in order. */
  readonly inPath: readonly string[]
  /** Place of the other arguments, query or body; false where there are none. */
  readonly isAsked: boolean
  readonly isWrite: boolean
}

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly maximum?: number
  readonly description?: string
  readonly $defs?: Readonly<Record<string, Schema>>
}

interface Parameter {
  readonly in: string
  readonly name: string
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> }
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly parameters: Readonly<Record<string, Parameter>>
  }
}

const FILE = new URL('openapi.json', import.meta.resolve('#package.json'))
/** Items of a page: more of them would fill what a model can keep in mind. */
export const LIMIT_MAX = 200
/** Files are for spreadsheets. */
const LEFT_OUT = ['format', 'bom']

/** The tools there are; those that change something only where that is allowed. */
export async function readTools(allowsWrites: boolean): Promise<Tool[]> {
  const document = JSON.parse(await readFile(FILE, 'utf8')) as Document
  const operations = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((each) => [each.operationId, { ...each, path }] as const),
    ),
  )
  const names: readonly ToolName[] = allowsWrites ? [...READS, ...WRITES] : READS
  return names.map((name) => {
    const operation = operations.get(name)
    if (operation === undefined) throw new Error(`${name} is not described`)
    return toolOf(document, name, operation)
  })
}

function toolOf(document: Document, name: ToolName, operation: Operation & { path: string }): Tool {
  const { summary, description, path, requestBody } = operation
  const isWrite = (WRITES as readonly string[]).includes(name)
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter)
  const parameters = (operation.parameters ?? [])
    .map((each) => ('$ref' in each ? parameterOf(document, each.$ref) : each))
    .filter((each) => ['path', 'query'].includes(each.in) && !LEFT_OUT.includes(each.name))
  const body = bodyOf(document, requestBody?.content['application/json']?.schema)
  const asked = parameters.filter((each) => each.in === 'query')
  const text = description ? `${summary}. ${description}` : `${summary}.`
  const properties = {
    ...Object.fromEntries(parameters.map((each) => [each.name, schemaOf(each)])),
    ...body.properties,
    ...(isWrite && { idempotencyKey: IDEMPOTENCY_KEY }),
  }
  const required = parameters.filter((each) => each.required === true).map((each) => each.name)
  return {
    name,
    description: text,
    inputSchema: withDefinitions(document, {
      type: 'object',
      properties,
      required: [...required, ...(body.required ?? [])],
      additionalProperties: false,
    }),
    annotations: {
      title: summary,
      readOnlyHint: !isWrite,
      destructiveHint: name === 'cancelBooking' || name === 'releaseHold',
    },
    inPath,
    isAsked: asked.length > 0 || Object.keys(body.properties ?? {}).length > 0,
    isWrite,
  }
}

const IDEMPOTENCY_KEY: Schema = {
  type: 'string',
  description:
    'Only to repeat a call that failed with no_answer: the key which that failure told. It is ' +
    'then done once in all.',
}

function schemaOf({ name, schema, description }: Parameter): Schema {
  const bounded = name === 'limit' ? { ...schema, maximum: LIMIT_MAX } : schema
  return description === undefined ? bounded : { ...bounded, description }
}

function parameterOf({ components }: Document, reference: string): Parameter {
  return components.parameters[nameOf(reference)] as Parameter
}

function bodyOf({ components }: Document, schema: Schema = {}): Schema {
  return schema.$ref === undefined ? schema : (components.schemas[nameOf(schema.$ref)] ?? {})
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}

/** A schema on its own: what it refers to comes along. */
function withDefinitions({ components }: Document, schema: Schema): Schema {
  const definitions: Record<string, Schema> = {}
  const localize = (part: Schema): Schema => {
    const text = JSON.stringify(part).replaceAll('#/components/schemas/', '#/$defs/')
    for (const [, name = ''] of text.matchAll(/"#\/\$defs\/(\w+)"/g)) {
      if (name in definitions) continue
      // Before it is looked into: schemas may refer to themselves.
      definitions[name] = {}
      definitions[name] = localize(components.schemas[name] ?? {})
    }
    return JSON.parse(text) as Schema
  }
  const own = localize(schema)
  return Object.keys(definitions).length === 0 ? own : { ...own, $defs: definitions }
}
