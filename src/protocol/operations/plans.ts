import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import {
  ChangePlanBody,
  CreatedPlan,
  CreatePlanBody,
  GetPlanQuery,
  ListPlansQuery,
  PLAN_SIDES,
  Plan,
  PlanList,
  text,
} from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { CATALOGUE, EVERYBODY } from './roles.ts'

/** Fields of the query that a file sent as it is has no room for. */
const CreatePlanQuery = z.strictObject({
  name: text(LIMITS.titleLengthMax)
    .optional()
    .describe('The name of the plan, where the body has no room for it.'),
  ignoreUnknownColumns: z
    .enum(['true', 'false'])
    .optional()
    .describe('`text/csv`: ignore unknown columns, with a warning.'),
  focalPoint: z.enum(PLAN_SIDES).optional().describe('`text/csv`: the side of the stage.'),
})

/** Seating plans, in and out. */
export const PLAN_OPERATIONS = {
  createPlan: {
    method: 'POST',
    path: '/v1/venues/{venue}/plans',
    tag: 'Plans',
    summary: 'Create a plan',
    description:
      'From a grid, our own JSON, CSV, a pretix seating plan or a seats.io drawing. `source` is ' +
      'the document itself; if you leave out its format, it is detected. You can also send a ' +
      'CSV file as it is, as `text/csv`. All or nothing: a refusal lists every mistake and ' +
      'where it is. The answer says what was understood, and warns of anything that may not be ' +
      'intended.',
    by: 'engine',
    roles: CATALOGUE,
    query: CreatePlanQuery,
    body: CreatePlanBody,
    isFile: true,
    units: 20,
    answers: { 200: CreatedPlan, 201: CreatedPlan },
    refusals: ['venue_unknown', 'plan_invalid', 'venue_retired'],
    examples: { example: { name: 'Screen 1', source: { rows: 'A-J', seatsPerRow: 12 } } },
  },
  listPlans: {
    method: 'GET',
    path: '/v1/venues/{venue}/plans',
    tag: 'Plans',
    summary: 'List the plans of a venue',
    description: 'In the order in which they were created. Retired ones only if you ask for them.',
    by: 'engine',
    roles: EVERYBODY,
    query: ListPlansQuery,
    answers: { 200: PlanList },
    refusals: ['venue_unknown'],
  },
  changePlan: {
    method: 'PATCH',
    path: '/v1/plans/{plan}',
    tag: 'Plans',
    summary: 'Rename a plan, or retire it',
    description:
      'A retired plan takes no new shows; its existing shows carry on. Its seats never change: ' +
      'to change them, create another plan.',
    by: 'engine',
    roles: CATALOGUE,
    body: ChangePlanBody,
    answers: { 200: Plan },
    refusals: ['plan_unknown'],
    examples: { rename: { name: 'Screen 1, until 2026' }, retire: { retired: true } },
  },
  getPlan: {
    method: 'GET',
    path: '/v1/plans/{plan}',
    tag: 'Plans',
    summary: 'Get a plan, or export it',
    description:
      'Without a format: a summary of the plan. With one: the whole plan as a file, for callers ' +
      'with credentials. `rowlock` loses nothing; `csv` and `pretix` lose what those formats ' +
      'cannot express. In `csv`, cells that a spreadsheet would run as formulas begin with ' +
      "`'`, which our importer removes again.",
    by: 'engine',
    roles: EVERYBODY,
    query: GetPlanQuery,
    units: 2,
    exportUnits: 100,
    answers: { 200: Plan },
    isTagged: true,
    isExport: true,
    refusals: ['plan_unknown'],
  },
} as const satisfies OperationTable
