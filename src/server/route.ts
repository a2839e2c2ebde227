import type {
  FastifyReply,
  FastifyRequest,
  FastifySchemaCompiler,
  preValidationHookHandler,
} from 'fastify'
import { z } from 'zod'
import type { AccessRequest, Identity } from '../auth/index.ts'
import type { WriteRequest } from '../calls/index.ts'
import { type ErrorCode, LIMITS, Refusal } from '../protocol/index.ts'
import {
  isWrite,
  type OPERATIONS,
  type OperationId,
  type OperationSpec,
  PATH_PARAMETERS,
  type PathParameter,
  specOf,
} from '../protocol/operations/index.ts'
import { type BodyBounds, bodyBoundsOf } from './limits/body-bounds.ts'
import { clientAddress } from './limits/client-address.ts'
import { siteOf } from './passkey-site.ts'
import type { App } from './routes/app.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Operation that a route serves; set on the routes of the API only. */
    operation?: OperationId
    /** Null where there is no body, or one that is not read here. */
    bounds?: BodyBounds | null
  }
  interface FastifyInstance {
    /** The only names that requests may be for; null where any will do. */
    hosts: readonly string[] | null
  }
  interface FastifyRequest {
    /** Set before the handlers of the API's operations run. */
    identity: Identity
    idempotencyKey: string | null
    /** Name by which the caller is counted: a key, a user or an address. Empty where nothing is. */
    client: string
    /** Those of the route, which Fastify makes an object for at every look. Set like the others. */
    bounds: BodyBounds | null
    /** The code of the refusal that was answered, for the log. */
    refusalCode: ErrorCode | null
  }
}

type Spec<Id extends OperationId> = (typeof OPERATIONS)[Id]
type Output<Part> = Part extends z.ZodType ? z.output<Part> : unknown
type ParamsOf<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [Key in Name]: string } & ParamsOf<Rest>
  : unknown
type QueryOf<Id extends OperationId> =
  Spec<Id> extends { query: infer Query } ? Output<Query> : unknown
type BodyOf<Id extends OperationId> = Spec<Id> extends { body: infer Body } ? Output<Body> : unknown
type Values<Table> = Table[keyof Table]
type AnswerOf<Id extends OperationId> =
  | (Spec<Id>['answers'] extends infer Table ? Output<Values<Table>> : never)
  | (Spec<Id> extends { isText: true } | { isExport: true } ? string | Buffer : never)
  | (Spec<Id> extends { isTagged: true } ? null : never)
  | (Spec<Id> extends { by: 'feed' } ? unknown : never)

/** A request for an operation, as its row of the contract types it. */
export type RequestOf<Id extends OperationId> = FastifyRequest<{
  Params: ParamsOf<Spec<Id>['path']>
  Querystring: QueryOf<Id>
  Body: BodyOf<Id>
}>

/** Function that carries an operation out: the part of a route that is written by hand. */
export type Handler<Id extends OperationId> = (
  request: RequestOf<Id>,
  reply: FastifyReply,
) => AnswerOf<Id> | Promise<AnswerOf<Id>>

/** Options of a route besides its row of the contract. */
interface RouteOptions {
  /** False when a HEAD is not answered like a GET without its body. True unless told otherwise. */
  readonly exposeHeadRoute?: boolean
  /** For bodies that are checked where they are read. */
  readonly validatorCompiler?: FastifySchemaCompiler<unknown>
}

const NoQuery = z.strictObject({})
const NotModified = z.null().describe('The caller has it already.')

/** Serves an operation: method, path and schemas are those of the contract. */
export function route<Id extends OperationId>(
  app: App,
  id: Id,
  handler: Handler<Id>,
  options: RouteOptions = {},
): void {
  const spec = specOf(id)
  const isFile = spec.isFile === true
  const bounds = spec.body === undefined || isFile ? null : bodyBoundsOf(spec.body)
  app.route({
    method: spec.method,
    url: spec.path.replace(/\{(\w+)\}/g, ':$1'),
    schema: schemaOf(spec),
    config: { operation: id, bounds },
    // Whoever sells waits for the answer, and packing it takes longer than all else here.
    ...(isWrite(spec) && { compress: false }),
    bodyLimit: bounds?.bytesMax ?? (isFile ? LIMITS.planBytesMax : LIMITS.bodyBytesMax),
    preValidation: [
      ...(spec.bodyOptional === true ? [missingBodyIsEmpty] : []),
      ...(bounds === null ? [] : [refuseTooMuch(bounds)]),
    ],
    handler: handler as never,
    ...options,
  })
}

/** Makes the schema that Fastify validates by, and serializes by. */
function schemaOf({ path, query, body, answers, isTagged, isText, isExport }: OperationSpec) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as PathParameter)
  const params = Object.fromEntries(names.map((name) => [name, PATH_PARAMETERS[name]]))
  const response = Object.entries(answers).map(([status, answer]) => [
    status,
    isText === true || isExport === true ? z.union([answer, z.string()]) : answer,
  ])
  return {
    querystring: query ?? NoQuery,
    ...(names.length > 0 && { params: z.object(params) }),
    ...(body && { body }),
    response: { ...Object.fromEntries(response), ...(isTagged === true && { 304: NotModified }) },
  }
}

/** Validation would look at every element first, and only then count them. */
function refuseTooMuch({ tooMuchIn }: BodyBounds): preValidationHookHandler {
  return (request, _reply, done) => {
    const mistakes = tooMuchIn(request.body)
    if (mistakes.length === 0) done()
    else done(new Refusal('invalid_request', { mistakes: mistakes.slice(0, 20) }))
  }
}

const missingBodyIsEmpty: preValidationHookHandler = (request, _reply, done) => {
  request.body ??= request.body === undefined ? {} : request.body
  done()
}

/** Reads what accompanies a write to the engine. */
export function writeOf(request: {
  identity: Identity
  idempotencyKey: string | null
}): WriteRequest {
  return { caller: request.identity.caller, idempotencyKey: request.idempotencyKey }
}

/** Reads what accompanies every question about people, sessions and keys. */
export function accessRequestOf(
  request: Pick<
    FastifyRequest,
    'identity' | 'idempotencyKey' | 'id' | 'ip' | 'headers' | 'host' | 'server'
  >,
): AccessRequest {
  return {
    identity: request.identity,
    address: clientAddress(request),
    traceId: request.id,
    idempotencyKey: request.idempotencyKey,
    agent: request.headers['user-agent'] ?? null,
    site: () => siteOf(request.host, request.server.hosts),
  }
}
