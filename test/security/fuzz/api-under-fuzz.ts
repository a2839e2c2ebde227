import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** A JSON Schema, as far as values are made from it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly default?: unknown
  readonly example?: unknown
}

/** A documented parameter of a path or a query. */
export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema: Schema
}

/** One documented answer: bodies by media type, codes of its refusals, headers it may have. */
export interface DocumentedAnswer {
  readonly bodies: ReadonlyMap<string, ValidateFunction>
  readonly codes: ReadonlySet<string>
  readonly headers: readonly string[]
}

/** One operation, as the document tells it. Nothing here knows any operation by its name. */
export interface ApiOperation {
  readonly id: string
  readonly method: string
  /** With `{braces}` around its parameters. */
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: ApiBody | null
  readonly answers: ReadonlyMap<number, DocumentedAnswer>
}

/** Body that an operation takes. */
export interface ApiBody {
  readonly required: boolean
  readonly schema: Schema
  readonly examples: readonly unknown[]
  readonly otherTypes: Readonly<Record<string, readonly unknown[]>>
  readonly isValid: ValidateFunction
}

/** The whole document, ready to make requests from and to judge answers by. */
export interface ApiUnderFuzz {
  readonly operations: readonly ApiOperation[]
  /** Finds what a reference stands for. */
  resolve(schema: Schema): Schema
}

interface Media {
  schema?: Schema
  examples?: Record<string, { value: unknown }>
}

interface RawOperation {
  operationId: string
  parameters?: (Parameter & { $ref?: string })[]
  requestBody?: { required?: boolean; content: Record<string, Media> }
  responses: Record<string, { headers?: object; content?: Record<string, Media> }>
}

interface RawDocument {
  paths: Record<string, Record<string, RawOperation>>
}

const ID = 'api'
const escapeKey = (key: string) =>
  encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))
const pointer = (...keys: string[]) => `${ID}#/${keys.map(escapeKey).join('/')}`

/** Compiles every schema of an OpenAPI 3.1 document. */
export function readApi(document: unknown): ApiUnderFuzz {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false })
  addFormats.default(ajv)
  ajv.addSchema(document as object, ID)
  const compile = (...keys: string[]) => ajv.compile({ $ref: pointer(...keys) })
  const { paths } = document as RawDocument
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => readOperation(path, method, raw, compile)),
  )
  return { operations, resolve: (schema) => resolve(document, schema) }
}

type Compile = (...keys: string[]) => ValidateFunction

function readOperation(
  path: string,
  method: string,
  raw: RawOperation,
  compile: Compile,
): ApiOperation {
  const at = ['paths', path, method]
  const answers = Object.keys(raw.responses).map((status): [number, DocumentedAnswer] => [
    Number(status),
    readAnswer(raw, status, at, compile),
  ])
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    parameters: (raw.parameters ?? []).filter(({ $ref }) => $ref === undefined),
    body: readBody(raw, at, compile),
    answers: new Map(answers),
  }
}

function readBody(raw: RawOperation, at: string[], compile: Compile): ApiBody | null {
  const { requestBody } = raw
  const json = requestBody?.content['application/json']
  if (requestBody === undefined || json === undefined) return null
  const others = Object.entries(requestBody.content).filter(([type]) => !type.includes('json'))
  const valuesOf = (media: Media) => Object.values(media.examples ?? {}).map(({ value }) => value)
  return {
    required: requestBody.required === true,
    schema: json.schema ?? {},
    examples: valuesOf(json),
    otherTypes: Object.fromEntries(others.map(([type, media]) => [type, valuesOf(media)])),
    isValid: compile(...at, 'requestBody', 'content', 'application/json', 'schema'),
  }
}

function readAnswer(
  raw: RawOperation,
  status: string,
  at: string[],
  compile: Compile,
): DocumentedAnswer {
  const { headers = {}, content = {} } = raw.responses[status] ?? {}
  const bodies = Object.keys(content).map((type): [string, ValidateFunction] => [
    type,
    compile(...at, 'responses', status, 'content', type, 'schema'),
  ])
  const codes = Object.keys(content['application/problem+json']?.examples ?? {})
  return {
    bodies: new Map(bodies),
    codes: new Set(codes),
    headers: Object.keys(headers).map((name) => name.toLowerCase()),
  }
}

function resolve(document: unknown, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const keys = schema.$ref.slice(2).split('/')
  let found: unknown = document
  for (const key of keys) found = (found as Record<string, unknown>)[key]
  return resolve(document, found as Schema)
}
