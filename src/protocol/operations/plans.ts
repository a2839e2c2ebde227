import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { CreatePlanBody, GetPlanQuery, Plan, text } from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { CATALOGUE, EVERYBODY } from './roles.ts'

/** What a file that is sent as it is has no room for. */
const CreatePlanQuery = z.strictObject({
  name: text(LIMITS.titleLengthMax)
    .optional()
    .describe('The name of the plan, where the body has no room for it.'),
})

/** Seating plans, in and out. */
export const PLAN_OPERATIONS = {
  createPlan: {
    method: 'POST',
    path: '/v1/venues/{venue}/plans',
    tag: 'Plans',
    summary: 'Create a plan',
    description:
      'From a grid, our own JSON, CSV, a pretix seating plan or a seats.io drawing: ' +
      '`source` is the document itself, and its format is recognised when it is left ' +
      'out. A CSV file may also be sent as it is, as `text/csv`. All or nothing: the ' +
      'mistakes of a document are answered with their places in it.',
    by: 'engine',
    roles: CATALOGUE,
    query: CreatePlanQuery,
    body: CreatePlanBody,
    isFile: true,
    answers: { 200: Plan, 201: Plan },
    refusals: ['venue_unknown', 'plan_invalid'],
    examples: { example: { name: 'Screen 1', source: { rows: 'A-J', seatsPerRow: 12 } } },
  },
  getPlan: {
    method: 'GET',
    path: '/v1/plans/{plan}',
    tag: 'Plans',
    summary: 'Get a plan, or export it',
    description:
      'Without a format: what the plan is made of, in numbers. With one: the whole plan as a ' +
      'file, for callers who say who they are. `rowlock` loses nothing; `csv` and `pretix` ' +
      'lose what those formats cannot say.',
    by: 'engine',
    roles: EVERYBODY,
    query: GetPlanQuery,
    answers: { 200: Plan },
    isTagged: true,
    isExport: true,
    refusals: ['plan_unknown'],
  },
} as const satisfies OperationTable
