/** Source of the clients in other languages: `openapi.json`, as operations and types. */

/** A JSON schema, as far as the document uses it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly (string | number | boolean | null)[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly description?: string
}

interface Parameter {
  readonly in: string
  readonly name: string
  readonly required?: boolean
  readonly schema: Schema
  readonly description?: string
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>

interface DocumentedOperation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

/** An OpenAPI document. */
export interface ApiDocument {
  readonly info: { readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly parameters: Readonly<Record<string, Parameter>>
  }
}

/** One method of a client. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly text: string
  readonly pathNames: readonly string[]
  readonly query: readonly Parameter[]
  /** Null for reads. */
  readonly body: { readonly schema: Schema; readonly isRequired: boolean } | null
  readonly answer: Schema
  /** Schema of a list's items; null where the answer is no list. */
  readonly item: Schema | null
}

/** Pages, files and the stream are not called as they are: clients follow them by hand. */
const LEFT_OUT = { operations: ['streamShow'], query: ['cursor', 'format', 'bom'] }

/** The operations that clients have, in the order of the document. */
export function operationsOf(document: ApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => !LEFT_OUT.operations.includes(operationId))
      .map(([method, operation]) => operationOf(document, path, method, operation)),
  )
}

function operationOf(
  document: ApiDocument,
  path: string,
  method: string,
  operation: DocumentedOperation,
): Operation {
  const { operationId: id, summary, description, requestBody } = operation
  const parameters = (operation.parameters ?? []).map((each) => {
    return '$ref' in each ? (document.components.parameters[nameOf(each.$ref)] as Parameter) : each
  })
  const answer = answerOf(operation)
  const body = requestBody?.content['application/json']?.schema
  return {
    id,
    method: method.toUpperCase(),
    path,
    text: [`${summary}.`, ...(description ? [description] : [])].join('\n\n'),
    pathNames: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    query: parameters.filter((each) => each.in === 'query' && !LEFT_OUT.query.includes(each.name)),
    body: body === undefined ? null : { schema: body, isRequired: requestBody?.required === true },
    answer,
    item: itemOf(document, answer),
  }
}

function answerOf({ operationId, responses }: DocumentedOperation): Schema {
  for (const [status, { content }] of Object.entries(responses)) {
    const schema = content?.['application/json']?.schema
    if (status.startsWith('2') && schema !== undefined) return schema
  }
  throw new Error(`${operationId} has no answer`)
}

function itemOf(document: ApiDocument, { $ref }: Schema): Schema | null {
  const { properties = {} } = document.components.schemas[nameOf($ref ?? '')] ?? {}
  const isList = Object.keys(properties).toSorted().join() === 'items,next'
  return isList ? (properties.items?.items ?? null) : null
}

/** The last part of a reference. */
export function nameOf(reference: string): string {
  return reference.split('/').at(-1) ?? ''
}

/** Writes a name as Python does. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** Text in lines that fit beside an indent, paragraph by paragraph. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = ['']
    for (const word of paragraph.split(' ')) {
      const last = lines.at(-1) ?? ''
      if (last !== '' && last.length + 1 + word.length > width) lines.push(word)
      else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
    }
    return lines
  })
}
