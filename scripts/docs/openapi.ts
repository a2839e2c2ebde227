/** An OpenAPI document, as far as pages and collections are made of it. */
export interface Document {
  readonly info: { readonly version: string; readonly description: string }
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly parameters: Readonly<Record<string, Parameter>>
  }
}

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly default?: unknown
  readonly example?: unknown
  readonly examples?: readonly unknown[]
}

export interface Parameter {
  readonly $ref?: string
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

export interface Media {
  readonly schema: Schema
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly security: readonly Readonly<Record<string, unknown>>[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> }
  readonly responses: Readonly<
    Record<string, { description: string; content?: Readonly<Record<string, Media>> }>
  >
  readonly 'x-codeSamples'?: readonly { label: string; lang: string; source: string }[]
}

/** An operation with where it is asked. */
export interface Placed {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** The operations of a tag, in the order of the document. */
export function operationsOf({ paths }: Document, tag: string): Placed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.includes(tag))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
}

/** Finds what a reference stands for. */
export function resolved<Part extends { $ref?: string }>(document: Document, part: Part): Part {
  if (part.$ref === undefined) return part
  const [kind, name = ''] = part.$ref.replace('#/components/', '').split('/')
  const table = document.components[kind as 'schemas'] as unknown as Record<string, Part>
  return table[name] ?? part
}

/** The parameters of an operation, written out. */
export function parametersOf(document: Document, { parameters = [] }: Operation): Parameter[] {
  return parameters.map((parameter) => resolved(document, parameter))
}

/** The address of a tag's page below `/docs/`. */
export function slugOfTag(tag: string): string {
  return `api/${tag.toLowerCase().replaceAll(' ', '-')}`
}
