import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchemaCompiler } from 'fastify'
import { refusalForExport } from '../../auth/index.ts'
import type { Engine, PlanFile, PlanUpload } from '../../engine/index.ts'
import { type PlanExportFormat, Refusal } from '../../protocol/index.ts'
import { changed, created, matches, tagged, varyBy } from '../answers.ts'
import { addFileParsers } from '../body-parsers.ts'
import { route, writeOf } from '../route.ts'
import { validatorCompiler } from '../validation.ts'
import type { App } from './app.ts'

const EXPORT_TYPES: Readonly<Record<PlanExportFormat, string>> = {
  rowlock: 'application/json; charset=utf-8',
  pretix: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
}

/** Seating plans, in and out. */
export function addPlanRoutes(app: App, engine: Engine): void {
  // In a scope of its own, because no other operation takes files.
  app.register(async (scope) => {
    addFileParsers(scope as unknown as FastifyInstance)
    addCreatePlan(scope, engine)
  })

  route(app, 'listPlans', ({ params, query }) => engine.listPlans(params.venue, query))

  route(app, 'changePlan', async (request, reply) =>
    changed(reply, await engine.changePlan(writeOf(request), request.params.plan, request.body)),
  )

  route(app, 'getPlan', async (request, reply) => {
    const { format } = request.query
    if (format === undefined) {
      const plan = await engine.getPlan(request.params.plan)
      // All that can change of a plan is that seats are added to it, its name, and its use.
      const changing = [plan.seatCount, plan.name, plan.retiredAt]
      const etag = `"${hash('sha256', JSON.stringify(changing)).slice(0, 16)}"`
      return tagged(request, reply, { etag, read: () => plan })
    }
    const refusal = refusalForExport(request.identity)
    if (refusal !== null) throw refusal
    const file = await engine.exportPlan(request.params.plan, format)
    // A plan that was found is called by its id, which needs no quoting.
    const name = `${request.params.plan}.${format === 'csv' ? 'csv' : 'json'}`
    reply.header('content-disposition', `attachment; filename="${name}"`)
    return sendFile(request, reply as unknown as FastifyReply, file, EXPORT_TYPES[format])
  })
}

/** Sends a file as it is kept, or unpacks it bit by bit, as fast as it is read. */
function sendFile(
  { headers }: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  { etag, gzip }: PlanFile,
  type: string,
): never {
  varyBy(reply, 'accept-encoding')
  reply.headers({ etag, 'cache-control': 'private, no-cache' })
  if (matches(headers['if-none-match'], etag)) return reply.code(304).send() as never
  reply.header('content-type', type)
  const bytes = Readable.from(slices(gzip))
  if (!/\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))) {
    return reply.send(bytes.pipe(createGunzip())) as never
  }
  reply.header('content-encoding', 'gzip').header('content-length', gzip.length)
  return reply.send(bytes) as never
}

const SLICE_BYTES = 65_536

/**
 * Cuts an answer up, so that a reader who has stopped is seen to have stopped, and keeps no copy of
 * its own.
 */
function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    yield bytes.subarray(start, start + SLICE_BYTES)
  }
}

/** The body is looked at where it is read; here it only has to be there. */
const exceptBody: FastifySchemaCompiler<unknown> = (part) => {
  if (part.httpPart !== 'body') {
    return validatorCompiler(part as Parameters<typeof validatorCompiler>[0])
  }
  return (value) => (value === null || value === undefined ? missing() : { value })
}

function missing() {
  const mistakes = [{ path: '', message: 'a JSON body is required' }]
  return { error: new Refusal('invalid_request', { mistakes }) }
}

function addCreatePlan(app: App, engine: Engine): void {
  route(
    app,
    'createPlan',
    async (request, reply) => {
      const { venue } = request.params
      const { name, focalPoint, ignoreUnknownColumns } = request.query
      const options = {
        ...(focalPoint !== undefined && { focalPoint }),
        ...(ignoreUnknownColumns !== undefined && {
          ignoreUnknownColumns: ignoreUnknownColumns === 'true',
        }),
      }
      const file = { ...(request.body as unknown as PlanUpload), name, options }
      const answer = await engine.createPlan(writeOf(request), venue, file)
      return created(reply, answer, ({ id }) => `/v1/plans/${id}`)
    },
    { validatorCompiler: exceptBody },
  )
}
