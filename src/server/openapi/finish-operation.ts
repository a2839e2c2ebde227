import { describeRow, POLICY } from '../../auth/index.ts'
import type { OperationAbout } from '../operation.ts'
import { header, parameter } from './document-parts.ts'
import type { Media, OperationObject, Response, Schema } from './document-types.ts'
import { problemResponses, refusalsOf } from './problem-responses.ts'

/** Completes one operation from what its route says; its body's schema goes to `bodies`. */
export function finishOperation(operation: OperationObject, bodies: Record<string, Schema>): void {
  const about = operation['x-about'] as OperationAbout
  delete operation['x-about']
  const known = [{ bearer: [] }, { cookie: [] }]
  operation.security = POLICY[about.operation].anonymous ? [{}, ...known] : known
  operation.description = describe(about)
  operation.parameters ??= []
  if (about.isWrite) operation.parameters.push(parameter('IdempotencyKey'))
  if (about.isTagged) operation.parameters.push(parameter('IfNoneMatch'))
  if (operation.requestBody !== undefined) finishBody(operation, about, bodies)
  finishAnswers(operation, about)
  if (about.operation === 'getPlan') describeExports(operation)
  if (about.operation === 'streamShow') describeStream(operation)
  const refusals = refusalsOf(about, operation.requestBody !== undefined)
  Object.assign(operation.responses, problemResponses(refusals))
}

function describe({ description, operation }: OperationAbout): string {
  const row = POLICY[operation]
  const isForAll = row.anonymous && typeof row.partner !== 'string'
  const who = isForAll ? '' : describeNeed(row.anonymous, describeRow(row), row.partner)
  return [description, who].filter((part) => part !== '').join('\n\n')
}

function describeNeed(isOpen: boolean, who: string, scope: boolean | string): string {
  return isOpen ? `An API key needs the scope \`${scope}\`.` : `Needs ${who}.`
}

/** Generators of clients name types after components, so every body is one. */
function finishBody(
  { requestBody }: OperationObject,
  about: OperationAbout,
  bodies: Record<string, Schema>,
): void {
  const media = requestBody?.content['application/json']
  if (requestBody === undefined || media === undefined) return
  const name = `${about.operation[0]?.toUpperCase()}${about.operation.slice(1)}Body`
  bodies[name] = media.schema
  const json: Media = { schema: { $ref: `#/components/schemas/${name}` } }
  const examples = Object.entries(about.examples).map(([name, value]) => [name, { value }])
  if (examples.length > 0) json.examples = Object.fromEntries(examples)
  requestBody.content = { 'application/json': json }
  requestBody.required = !about.bodyOptional
  if (about.operation === 'createPlan') {
    const value = 'label,row,seat,category\nA1,A,1,standard\nA2,A,2,standard\n'
    requestBody.content['text/csv'] = { schema: { type: 'string' }, examples: { csv: { value } } }
  }
}

function finishAnswers(operation: OperationObject, about: OperationAbout): void {
  const isCreation = operation.responses[201] !== undefined
  for (const [status, response] of Object.entries(operation.responses)) {
    response.description = describeAnswer(status, isCreation)
    response.headers = headersOf(status, about)
    if (Object.keys(response.headers).length === 0) delete response.headers
    if (status === '304') delete response.content
    for (const media of Object.values(response.content ?? {})) {
      media.schema = withoutText(media.schema)
    }
  }
}

function describeAnswer(status: string, isCreation: boolean): string {
  if (status === '201') return 'Made.'
  if (status === '304') return 'Nothing changed since the answer with that tag.'
  return isCreation ? 'It was there already; nothing changed.' : 'Done.'
}

function headersOf(status: string, about: OperationAbout): NonNullable<Response['headers']> {
  return {
    ...(status === '201' && about.isLocated && { Location: header('Location') }),
    ...(about.isTagged && { ETag: header('ETag') }),
    ...(about.isWrite && { 'Idempotency-Replayed': header('IdempotencyReplayed') }),
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

const STREAM = `event: snapshot
id: 41
data: {"show":"avengers-2026-7pm","version":41,"asOf":"2026-12-01T18:00:00.000Z",\
"statuses":"aahbx","holds":[[2,1796148600000]]}

event: change
id: 42
data: {"version":42,"asOf":"2026-12-01T18:00:01.250Z","changes":[[0,"h",1796148601250]]}

`

/** What the schemas describe is the data of the events, so the example shows the events. */
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
