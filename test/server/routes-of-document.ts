import { readFileSync } from 'node:fs'

/** One operation of the API, as far as tests need to call it. */
export interface RouteOfApi {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** With `{braces}` around its parameters. */
  readonly path: string
  readonly queryNames: readonly string[]
  readonly hasBody: boolean
  readonly bodyRequired: boolean
  /** An example body that the reference gives. */
  readonly example: Record<string, unknown>
  readonly statuses: readonly string[]
}

interface DocumentedOperation {
  operationId: string
  parameters?: { in?: string; name?: string }[]
  requestBody?: {
    required: boolean
    content: Record<string, { examples?: Record<string, { value: Record<string, unknown> }> }>
  }
  responses: Record<string, unknown>
}

/** Every operation that the API's description names, so that no new one is forgotten. */
export function readRoutes(): RouteOfApi[] {
  const text = readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')
  const { paths } = JSON.parse(text) as {
    paths: Record<string, Record<string, DocumentedOperation>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => toRoute(path, method, operation)),
  )
}

function toRoute(path: string, method: string, operation: DocumentedOperation): RouteOfApi {
  const { operationId, parameters = [], requestBody, responses } = operation
  const examples = requestBody?.content['application/json']?.examples ?? {}
  return {
    id: operationId,
    method: method.toUpperCase() as RouteOfApi['method'],
    path,
    queryNames: parameters.filter((each) => each.in === 'query').map(({ name = '' }) => name),
    hasBody: requestBody !== undefined,
    bodyRequired: requestBody?.required === true,
    example: Object.values(examples)[0]?.value ?? {},
    statuses: Object.keys(responses),
  }
}

/** The path with its parameters filled in. */
export function fill(path: string, values: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`no value for ${name}`)
    return encodeURIComponent(value)
  })
}
