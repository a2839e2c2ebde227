import type { z } from 'zod'
import { describeRow } from '../../auth/index.ts'
import { csvTable } from '../../protocol/index.ts'
import { isKeyed, type OperationSpec, specOf } from '../../protocol/operations/index.ts'
import { textOf } from '../../protocol/texts/index.ts'
import { header, parameter } from './document-parts.ts'
import type { Media, OperationObject, Response, Schema } from './document-types.ts'
import { problemResponses } from './problem-responses.ts'
import { RECORDED } from './recorded.ts'
import { samplesOf } from './samples.ts'

/** Completes one operation from its row of the contract; its body's schema goes to `bodies`. */
export function finishOperation(operation: OperationObject, bodies: Record<string, Schema>): void {
  const { operationId } = operation
  const spec = specOf(operationId)
  const known = [{ bearer: [] }, { cookie: [] }]
  operation.security = spec.roles.anonymous ? [{}, ...known] : known
  operation.description = describe(spec)
  operation.parameters ??= []
  describeQuery(operation)
  if (isKeyed(spec)) operation.parameters.push(parameter('IdempotencyKey'))
  if (spec.isTagged === true) operation.parameters.push(parameter('IfNoneMatch'))
  if (operation.requestBody !== undefined) finishBody(operation, spec, bodies)
  finishAnswers(operation, spec)
  operation['x-codeSamples'] = samplesOf(operationId, spec)
  if (spec.hasCsv === true) describeCsv(operation, spec)
  if (operationId === 'getPlan') describeExports(operation)
  if (operationId === 'streamShow') describeStream(operation)
  showAnswer(operation)
  Object.assign(operation.responses, problemResponses(spec))
}

function describe({ description = '', roles: row }: OperationSpec): string {
  const isForAll = row.anonymous && typeof row.partner !== 'string'
  const who = isForAll ? '' : describeNeed(row.anonymous, describeRow(row), row.partner)
  return [description, who].filter((part) => part !== '').join('\n\n')
}

function describeNeed(isOpen: boolean, who: string, scope: boolean | string): string {
  return isOpen ? `An API key needs the scope \`${scope}\`.` : `Needs ${who}.`
}

/** Filters and pages: fields of what the SDK calls the operation's query. */
function describeQuery({ operationId, parameters = [] }: OperationObject): void {
  for (const parameter of parameters) {
    if (!('name' in parameter)) continue
    parameter.description ??= textOf(typeName(operationId, 'Query'), parameter.name)
  }
}

function typeName(operationId: string, ending: 'Body' | 'Query'): string {
  return `${operationId[0]?.toUpperCase()}${operationId.slice(1)}${ending}`
}

/** Generators of clients name types after components, so every body is one. */
function finishBody(
  { operationId, requestBody }: OperationObject,
  { bodyOptional = false, examples: shown = {} }: OperationSpec,
  bodies: Record<string, Schema>,
): void {
  const media = requestBody?.content['application/json']
  if (requestBody === undefined || media === undefined) return
  const name = typeName(operationId, 'Body')
  bodies[name] = media.schema
  const json: Media = { schema: { $ref: `#/components/schemas/${name}` } }
  const examples = Object.entries(shown).map(([name, value]) => [name, { value }])
  if (examples.length > 0) json.examples = Object.fromEntries(examples)
  requestBody.content = { 'application/json': json }
  requestBody.required = !bodyOptional
  if (operationId === 'createPlan') {
    const value = 'label,row,seat,category\nA1,A,1,standard\nA2,A,2,standard\n'
    requestBody.content['text/csv'] = { schema: { type: 'string' }, examples: { csv: { value } } }
  }
}

function finishAnswers(operation: OperationObject, spec: OperationSpec): void {
  const isCreation = operation.responses[201] !== undefined
  for (const [status, response] of Object.entries(operation.responses)) {
    response.description = describeAnswer(status, isCreation)
    response.headers = headersOf(status, spec)
    if (Object.keys(response.headers).length === 0) delete response.headers
    if (status === '304') delete response.content
    for (const media of Object.values(response.content ?? {})) {
      media.schema = withoutText(media.schema)
    }
  }
}

/** Shows what a server answered: see `npm run answers`. */
function showAnswer({ operationId, responses }: OperationObject): void {
  const value = RECORDED.answers[operationId]
  if (value === undefined) return
  const [good] = ['201', '200'].flatMap((status) => responses[status] ?? [])
  const media = good?.content?.['application/json']
  if (media !== undefined) media.examples = { answer: { value } }
}

function describeAnswer(status: string, isCreation: boolean): string {
  if (status === '201') return 'Created.'
  if (status === '304') return 'Nothing has changed since the answer with that tag.'
  return isCreation ? 'It already existed; nothing changed.' : 'Done.'
}

function headersOf(status: string, spec: OperationSpec): NonNullable<Response['headers']> {
  return {
    ...(status === '201' && spec.isLocated !== false && { Location: header('Location') }),
    ...(spec.isTagged === true && { ETag: header('ETag') }),
    ...(isKeyed(spec) && { 'Idempotency-Replayed': header('IdempotencyReplayed') }),
  }
}

/** Handlers may also answer JSON that is text already; readers need not know. */
function withoutText(schema: Schema): Schema {
  const parts = schema.anyOf?.filter(({ type }) => type !== 'string') ?? []
  return parts.length === 1 && parts[0]?.$ref !== undefined ? parts[0] : schema
}

function describeExports({ responses }: OperationObject): void {
  const content = responses[200]?.content
  if (content === undefined) return
  const plan = content['application/json']?.schema as Schema
  const file = { type: 'object', description: 'The file, where `format` asks for one.' }
  content['application/json'] = { schema: { anyOf: [plan, file] } }
  content['text/csv'] = { schema: { type: 'string' } }
}

/** The header says which columns there are; readers find what stands in them by their names. */
function describeCsv({ responses }: OperationObject, spec: OperationSpec): void {
  const content = responses[200]?.content
  const list = spec.answers[200] as z.ZodObject<{ items: z.ZodArray<z.ZodObject> }>
  const { header } = csvTable(list.shape.items.element)
  if (content === undefined) return
  content['text/csv'] = { schema: { type: 'string' }, examples: { header: { value: header } } }
}

const STREAM = `event: snapshot
id: 41
data: {"show":"avengers-2026-7pm","version":41,"asOf":"2026-12-01T18:00:00.000Z",\
"statuses":"aahbx","holds":[[2,1796148600000]]}

event: change
id: 42
data: {"version":42,"asOf":"2026-12-01T18:00:01.250Z","changes":[[0,"h",1796148601250]]}

`

/** Describes a stream: schemas have the data of its events, so the example shows the events. */
function describeStream(operation: OperationObject): void {
  const { parameters, responses } = operation
  const response = responses[200] as Response
  const schema = response.content?.['application/json']?.schema as Schema
  response.description = 'Events, until one side ends the connection.'
  response.content = {
    'text/event-stream': { schema, examples: { events: { value: STREAM } } },
  }
  parameters?.push(parameter('LastEventId'))
}
