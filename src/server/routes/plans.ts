import { z } from 'zod'
import type { Engine } from '../../engine/index.ts'
import {
  CreatePlanBody,
  GetPlanQuery,
  LIMITS,
  Plan,
  type PlanExportFormat,
  Refusal,
  text,
} from '../../protocol/index.ts'
import { created } from '../answers.ts'
import { addCsvParser, isNestedDeeper } from '../body-parsers.ts'
import { operation, path, writeOf } from '../operation.ts'
import type { App } from './app.ts'

const EXPORT_TYPES: Readonly<Record<PlanExportFormat, string>> = {
  rowlock: 'application/json; charset=utf-8',
  pretix: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
}

/** No format that we read is nested nearly as deep. */
const DEPTH_MAX = 64

const CreatePlanQuery = z.strictObject({
  name: text(LIMITS.titleLengthMax)
    .optional()
    .describe('The name of the plan, where the body has no room for it.'),
})

/** Seating plans, in and out. */
export function addPlanRoutes(app: App, engine: Engine): void {
  // In a scope of its own, because no other operation takes CSV.
  app.register(async (scope) => {
    addCsvParser(scope, LIMITS.planBytesMax)
    addCreatePlan(scope, engine)
  })

  app.get(
    '/v1/plans/:plan',
    operation(
      'getPlan',
      {
        tag: 'Plans',
        summary: 'Get a plan, or export it',
        description:
          'Without a format: what the plan is made of, in numbers. With one: the whole plan as a ' +
          'file. `rowlock` loses nothing; `csv` and `pretix` lose what those formats cannot say.',
        refusals: ['plan_unknown'],
      },
      {
        params: z.object({ plan: path.plan }),
        querystring: GetPlanQuery,
        response: { 200: z.union([Plan, z.string()]) },
      },
    ),
    async (request, reply) => {
      const { format } = request.query
      if (format === undefined) return engine.getPlan(request.params.plan)
      const file = await engine.exportPlan(request.params.plan, format)
      reply.header('content-type', EXPORT_TYPES[format])
      return file
    },
  )
}

function addCreatePlan(app: App, engine: Engine): void {
  app.post(
    '/v1/venues/:venue/plans',
    {
      ...operation(
        'createPlan',
        {
          tag: 'Plans',
          summary: 'Create a plan',
          description:
            'From a grid, our own JSON, CSV, a pretix seating plan or a seats.io drawing: ' +
            '`source` is the document itself, and its format is recognised when it is left out. ' +
            'A CSV file may also be sent as it is, as `text/csv`. All or nothing: the mistakes ' +
            'of a document are answered with their places in it.',
          refusals: ['venue_unknown', 'idempotency_key_reused', 'plan_invalid'],
          examples: { example: { name: 'Screen 1', source: { rows: 'A-J', seatsPerRow: 12 } } },
        },
        {
          params: z.object({ venue: path.venue }),
          querystring: CreatePlanQuery,
          body: CreatePlanBody,
          response: { 200: Plan, 201: Plan },
        },
      ),
      bodyLimit: LIMITS.planBytesMax,
    },
    async (request, reply) => {
      const { venue } = request.params
      const name = request.body.name ?? request.query.name
      const body = name === undefined ? request.body : { ...request.body, name }
      if (isNestedDeeper(body.source, DEPTH_MAX)) throw tooDeep()
      const answer = await engine.createPlan(writeOf(request), venue, body)
      return created(reply, answer, ({ id }) => `/v1/plans/${id}`)
    },
  )
}

function tooDeep(): Refusal {
  const message = `is nested more than ${DEPTH_MAX} levels deep`
  return new Refusal('invalid_request', { mistakes: [{ path: 'source', message }] })
}
