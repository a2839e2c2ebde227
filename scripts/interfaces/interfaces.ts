import { isKeyed, isWrite } from '../../src/protocol/operations/index.ts'
import { docOf, type OperationFacts, operationsBy } from './operation-facts.ts'

const HEAD = '// Made from src/protocol/operations by `npm run interfaces`: change it there.\n'

/** Writes the interface of the engine: `engine.holdSeats(request, show, body)`. */
export function engineInterface(): string {
  const operations = operationsBy('engine')
  const methods = operations.map((operation) => {
    const { id, spec, params, body, query, answer } = operation
    const first = isWrite(spec) ? ['request: WriteRequest'] : spec.isOwned ? ['caller: Caller'] : []
    const last = isWrite(spec)
      ? typed('body', spec.isFile === true ? `${body} | PlanUpload` : body)
      : typed('query', query)
    const result = isWrite(spec)
      ? `Answer<${answer}>`
      : spec.isTagged === true && spec.isExport !== true
        ? `Tagged<${answer}>`
        : answer
    const parameters = [...first, ...params.map((name) => `${name}: string`), ...last]
    return `  ${docOf(operation, true)}\n  ${id}(${parameters.join(', ')}): Promise<${result}>\n`
  })
  const types = namesOf(operations, ({ body, query, answer }) => [body, query, answer])
  return `${HEAD}import type { Answer, Caller, WriteRequest } from '../calls/index.ts'
import type { ${types} } from '../protocol/index.ts'
import type { PlanUpload } from './plan-upload.ts'
import type { Tagged } from './tagged.ts'

/** Every operation of the contract that the engine carries out. */
export interface EngineOperations {
${methods.join('\n')}}
`
}

/** Writes the interface of access: `access.createUser(request, body)`. */
export function accessInterface(): string {
  const operations = operationsBy('access')
  const methods = operations.map((operation) => {
    const { id, spec, params, body, query, answer } = operation
    const last = isWrite(spec) ? typed('body', body) : typed('query', query)
    const parameters = [
      'request: AccessRequest',
      ...params.map((name) => `${name}: string`),
      ...last,
    ]
    const result = isKeyed(spec) ? `Answer<${answer}>` : answer
    return `  ${docOf(operation, true)}\n  ${id}(${parameters.join(', ')}): Promise<${result}>\n`
  })
  const types = namesOf(operations, ({ body, query, answer }) => [body, query, answer])
  return `${HEAD}import type { Answer } from '../calls/index.ts'
import type { ${types} } from '../protocol/index.ts'
import type { AccessRequest } from './access-request.ts'

/** Every operation of the contract that access carries out. */
export interface AccessOperations {
${methods.join('\n')}}
`
}

/** Writes what the SDK offers, and where each method calls: `client.holdSeats(show, body)`. */
export function clientInterface(): string {
  const operations = operationsBy('engine', 'access', 'server')
  const methods = operations.map((operation) => {
    const { id, params, answer, item } = operation
    const parameters = [...params.map((name) => `${name}: string`), ...clientTail(operation)]
    const result = item === null ? `Promise<${answer}>` : `Pages<${item}>`
    return `  ${docOf(operation, false)}\n  ${id}(${parameters.join(', ')}): ${result}\n`
  })
  const endpoints = operations.map(
    (operation) => `  ${operation.id}: '${callOf(operation)} ${operation.spec.path}',`,
  )
  const types = namesOf(operations, ({ body, query, answer, item }) => [
    body,
    query,
    item ?? answer,
  ])
  return `${HEAD}import type { ${types} } from '../protocol/index.ts'
import type { CallOptions, Input, Pages, Query, WriteOptions } from './call-options.ts'

/** Every operation of the API under its \`operationId\`. */
export interface ClientOperations {
${methods.join('\n')}}

/**
 * Endpoint of each method. \`list\` is a GET that comes in pages, \`whole\` one of these that is
 * asked nothing, \`ask\` a GET that is asked for one answer, \`act\` a POST that needs to be told
 * nothing; the others are methods of HTTP.
 */
export const ENDPOINTS = {
${endpoints.join('\n')}
} as const satisfies Record<keyof ClientOperations, string>
`
}

function callOf({ spec, body, query, item }: OperationFacts): string {
  if (!isWrite(spec) && item === null) return query === null ? 'get' : 'ask'
  if (!isWrite(spec)) return spec.query === undefined ? 'whole' : 'list'
  return spec.method === 'POST' && body === null ? 'act' : spec.method.toLowerCase()
}

function clientTail({ spec, body, query }: OperationFacts): string[] {
  if (!isWrite(spec)) {
    const asked = query === null ? [] : [`query?: Query<typeof ${query}>`]
    return [...asked, 'options?: CallOptions']
  }
  const mark = spec.bodyOptional === true ? '?' : ''
  const said = body === null ? [] : [`body${mark}: Input<typeof ${body}>`]
  return [...said, 'options?: WriteOptions']
}

function typed(name: string, type: string | null): string[] {
  return type === null ? [] : [`${name}: ${type}`]
}

function namesOf(
  operations: readonly OperationFacts[],
  pick: (operation: OperationFacts) => (string | null)[],
): string {
  const names = new Set(operations.flatMap(pick).filter((name) => name !== null))
  return [...names].sort().join(', ')
}

/** The engine's functions for its operations, each from the file of its name. */
export function engineOperations(): string {
  const lines = operationsBy('engine').map(({ id }) => {
    const file = id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    return `export { ${id} } from './${file}.ts'\n`
  })
  return HEAD + lines.sort().join('')
}
